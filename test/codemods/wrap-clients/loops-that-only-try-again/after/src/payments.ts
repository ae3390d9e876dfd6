import { payments } from './resilience';

interface Payment {
  readonly id: string;
}

const PAYMENTS = process.env['PAYMENTS_URL'] ?? 'http://127.0.0.1:4001';

/** A payment, or undefined. */
export async function payment(id: string, signal?: AbortSignal): Promise<Payment | undefined> {
  // Not all have one.
  const response = await payments.retry((signal) => fetch(`${PAYMENTS}/payments/${id}`, { signal }), { signal: signal ?? null });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`payments answered ${response.status}`);
  return (await response.json()) as Payment;
}

export async function charge(order: string): Promise<Response> {
  return await payments.once((signal) => fetch(`${PAYMENTS}/charges`, {
    method: 'POST',
    body: JSON.stringify({ order }),
    signal,
  }));
}
