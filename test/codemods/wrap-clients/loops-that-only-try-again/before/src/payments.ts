interface Payment {
  readonly id: string;
}

const PAYMENTS = process.env['PAYMENTS_URL'] ?? 'http://127.0.0.1:4001';

/** A payment, or undefined. */
export async function payment(id: string, signal?: AbortSignal): Promise<Payment | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      // Not all have one.
      const response = await fetch(`${PAYMENTS}/payments/${id}`, { signal: signal ?? null });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`payments answered ${response.status}`);
      return (await response.json()) as Payment;
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}

export async function charge(order: string): Promise<Response> {
  let lastError: unknown;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await fetch(`${PAYMENTS}/charges`, {
        method: 'POST',
        body: JSON.stringify({ order }),
      });
    } catch (error) {
      lastError = error;
    }
  }
  throw lastError;
}
