const PAYMENTS = process.env['PAYMENTS_URL'] ?? 'http://127.0.0.1:4001';

export async function charge(order: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetch(`${PAYMENTS}/charges`, { method: 'POST', body: JSON.stringify({ order }) });
    } catch (error) {
      console.warn('charge failed', error);
      if (attempt === 3) throw error;
    }
  }
}

export async function page(): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(`${PAYMENTS}/payments?attempt=${attempt}`);
      if (!response.ok) throw new Error('no page');
      return response;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
