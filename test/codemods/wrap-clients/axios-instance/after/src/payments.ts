import axios from 'axios';
import { axiosAdapter, examplePayments } from './resilience';

/** The client of the payment provider. */
export const api = axios.create({
  baseURL: 'https://api.payments.example.com',
  timeout: 5_000, // ours
  adapter: axiosAdapter(examplePayments),
});

export async function charge(id: string): Promise<number> {
  return (await api.get<{ amount: number }>(`/charges/${id}`)).data.amount;
}
