import { randomUUID } from 'node:crypto';
import { stripe } from './resilience';

export const charge = (order: object): Promise<Response> =>
  stripe.once((signal) => fetch('https://api.stripe.com/v1/charges', { method: 'POST', headers: { 'Idempotency-Key': randomUUID() }, body: JSON.stringify(order), signal }));
