import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { axiosAdapter, exampleBilling } from './resilience';

@Module({
  imports: [HttpModule.register({ baseURL: 'https://billing.example.com', timeout: 5_000, adapter: axiosAdapter(exampleBilling) })],
})
export class AppModule {}
