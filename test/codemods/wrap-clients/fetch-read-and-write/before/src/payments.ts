const PAYMENTS = process.env['PAYMENTS_URL'] ?? 'http://localhost:9000';

export async function charge(id: string): Promise<unknown> {
  // The dashboard asks for it.
  const response = await fetch(`${PAYMENTS}/charges/${id}`);
  return response.json();
}

export const refund = (id: string): Promise<Response> => fetch(`${PAYMENTS}/charges/${id}/refunds`, { method: 'POST' });

export const remove = (id: string): Promise<Response> => fetch(`${PAYMENTS}/cards/${id}`, { method: 'DELETE' });
