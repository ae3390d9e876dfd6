import { randomUUID } from 'node:crypto';

export const charge = (order: object): Promise<Response> =>
  fetch('https://api.stripe.com/v1/charges', { method: 'POST', headers: { 'Idempotency-Key': randomUUID() }, body: JSON.stringify(order) });
