import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';

@Module({ imports: [HttpModule.register({ baseURL: 'https://billing.example.com' })] })
export class AppModule {}
