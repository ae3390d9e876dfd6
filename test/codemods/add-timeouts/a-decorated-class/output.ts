import { Injectable } from '@nestjs/common';
import axios from 'axios';

@Injectable()
export class Orders {
  // one of many
  async order(@Id() id: string) {
    return axios.get(`http://orders.internal/${id}`, { timeout: 10_000 });
  }
}

declare function Id(): ParameterDecorator;
