import ky from 'ky';

export async function product(id: string): Promise<{ name: string }> {
  return await ky.get(`https://shop.example.com/products/${id}`).json<{ name: string }>();
}

export const order = (body: object, signal: AbortSignal): Promise<string> => ky.post('https://shop.example.com/orders', { json: body, signal }).text();

export const anyone = (host: string): Promise<unknown> => ky.get(`https://${host}/status`).json();
