import { HttpModule } from '@nestjs/axios';
import type { AxiosInstance } from 'axios';
import type { Pool } from 'undici';

export const billing = HttpModule.registerAsync({ useFactory: () => ({ baseURL: 'https://billing.example.com' }) });

export const order = (api: AxiosInstance): Promise<unknown> => api.get('/orders', { timeout: 1_000 });

export const find = async (pool: Pool): Promise<unknown> => (await pool.request({ path: '/find', method: 'GET', headersTimeout: 1_000, bodyTimeout: 1_000 })).body.json();
