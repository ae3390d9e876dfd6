import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';

@Injectable()
export class BillingService {
  constructor(private readonly http: HttpService) {}

  async invoice(id: string): Promise<unknown> {
    return (await firstValueFrom(this.http.get(`/invoices/${id}`))).data;
  }

  async health(): Promise<unknown> {
    return firstValueFrom(this.http.get('https://billing.example.com/health'));
  }
}
