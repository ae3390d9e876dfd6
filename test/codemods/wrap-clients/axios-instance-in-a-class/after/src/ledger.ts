import axios, { type AxiosInstance } from 'axios';
import { axiosAdapter, exampleAudit, ledger } from './resilience';

export class Ledger {
  private readonly http = axios.create({ baseURL: process.env['LEDGER_URL'] ?? 'http://localhost:3000', adapter: axiosAdapter(ledger) });

  private readonly audit: AxiosInstance;

  constructor() {
    this.audit = axios.create({ baseURL: 'https://audit.example.com', adapter: axiosAdapter(exampleAudit) });
  }

  async entries(): Promise<unknown> {
    await this.audit.get('/seen');
    return (await this.http.get('/entries')).data;
  }
}
