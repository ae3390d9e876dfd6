import axios from 'axios';

/** The client of the payment provider. */
export const api = axios.create({
  baseURL: 'https://api.payments.example.com',
  timeout: 5_000, // ours
});

export async function charge(id: string): Promise<number> {
  return (await api.get<{ amount: number }>(`/charges/${id}`)).data.amount;
}
