import ky from 'ky';
import { exampleShop } from './resilience';

export async function product(id: string): Promise<{ name: string }> {
  return await exampleShop.once((signal) => ky.get(`https://shop.example.com/products/${id}`, { signal }).json<{ name: string }>());
}

export const order = (body: object, signal: AbortSignal): Promise<string> => exampleShop.once((signal) => ky.post('https://shop.example.com/orders', { json: body, signal }).text(), { signal });

export const anyone = (host: string): Promise<unknown> => ky.get(`https://${host}/status`).json();
