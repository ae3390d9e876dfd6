import axios from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';

const orders = axios.create({ baseURL: 'http://orders.internal', timeout: 2000 });

export async function loadOrder(id: string): Promise<unknown> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      return (await orders.get(`/orders/${id}`)).data;
    } catch (error) {
      if (attempt === 4) throw error;
      console.warn('orders: again', attempt);
      await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (attempt - 1)));
    }
  }
  return null;
}
