import axios, { type AxiosInstance } from 'axios';

export class Ledger {
  private readonly http = axios.create({ baseURL: process.env['LEDGER_URL'] ?? 'http://localhost:3000' });

  private readonly audit: AxiosInstance;

  constructor() {
    this.audit = axios.create({ baseURL: 'https://audit.example.com' });
  }

  async entries(): Promise<unknown> {
    await this.audit.get('/seen');
    return (await this.http.get('/entries')).data;
  }
}
