export const charge = (order: { id: string }): Promise<Response> =>
  fetch('https://api.stripe.com/v1/charges', {
    method: 'POST',
    headers: { 'Idempotency-Key': order.id },
    body: JSON.stringify(order),
  });

export const upload = (file: ReadableStream, key: string): Promise<Response> =>
  fetch('https://api.stripe.com/v1/files', { method: 'POST', headers: { 'Idempotency-Key': key }, body: file });
