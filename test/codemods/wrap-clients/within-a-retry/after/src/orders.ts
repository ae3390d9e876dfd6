import { orders } from './resilience';
const ORDERS = 'http://orders.internal:8080';

export async function order(id: string): Promise<Response> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const response = await orders.once((signal) => fetch(`${ORDERS}/${id}`, { signal }));
      if (response.ok) return response;
    } catch (error) {
      if (attempt === 2) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
  }
  throw new Error('no order');
}
