const PAYMENTS_URL = process.env.PAYMENTS_URL ?? 'http://127.0.0.1:4001';

export interface Payment {
  readonly id: string;
  readonly state: string;
}

/** A payment, or undefined where there is none. */
export async function getPayment(id: string, signal?: AbortSignal): Promise<Payment | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(`${PAYMENTS_URL}/payments/${id}`, { signal });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`payments answered ${response.status}`);
      return (await response.json()) as Payment;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** Charges an order's card. */
export async function charge(order: string, amount: number): Promise<Payment> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(`${PAYMENTS_URL}/charges/${order}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ amount }),
      });
      if (!response.ok) throw new Error(`payments answered ${response.status}`);
      return (await response.json()) as Payment;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** Charges an order's card, once for each key. */
export async function chargeOnce(order: string, amount: number, key: string): Promise<Payment> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(`${PAYMENTS_URL}/charges/${order}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ amount }),
      });
      if (!response.ok) throw new Error(`payments answered ${response.status}`);
      return (await response.json()) as Payment;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
