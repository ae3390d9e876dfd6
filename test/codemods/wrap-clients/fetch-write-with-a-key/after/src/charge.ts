import { stripe } from './resilience';
export const charge = (order: { id: string }): Promise<Response> =>
  stripe.retry((signal) => fetch('https://api.stripe.com/v1/charges', {
    method: 'POST',
    headers: { 'Idempotency-Key': order.id },
    body: JSON.stringify(order),
    signal,
  }));

export const upload = (file: ReadableStream, key: string): Promise<Response> =>
  stripe.once((signal) => fetch('https://api.stripe.com/v1/files', { method: 'POST', headers: { 'Idempotency-Key': key }, body: file, signal }), { deadline: 120_000 });
