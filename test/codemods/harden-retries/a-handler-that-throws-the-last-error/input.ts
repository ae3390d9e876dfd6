import axios from 'axios';

const orders = axios.create({ baseURL: 'http://orders.internal', timeout: 2000 });

export async function loadOrder(id: string): Promise<unknown> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      return (await orders.get(`/orders/${id}`)).data;
    } catch (error) {
      if (attempt === 4) throw error;
      console.warn('orders: again', attempt);
    }
  }
  return null;
}
