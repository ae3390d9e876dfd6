import { payments } from './resilience';
const PAYMENTS = process.env['PAYMENTS_URL'] ?? 'http://localhost:9000';

export async function charge(id: string): Promise<unknown> {
  // The dashboard asks for it.
  const response = await payments.retry((signal) => fetch(`${PAYMENTS}/charges/${id}`, { signal }));
  return response.json();
}

export const refund = (id: string): Promise<Response> => payments.once((signal) => fetch(`${PAYMENTS}/charges/${id}/refunds`, { method: 'POST', signal }));

export const remove = (id: string): Promise<Response> => payments.once((signal) => fetch(`${PAYMENTS}/cards/${id}`, { method: 'DELETE', signal }));
