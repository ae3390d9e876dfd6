import axios from 'axios';
import { catalog, getJson, inventory } from '@shop/platform';

interface Order {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
}

export async function placeOrder(sku: string, quantity: number): Promise<Order> {
  // Failure: the client comes from the shared package, which sets no timeout, and neither does the call.
  const product = await catalog.get(`/products/${sku}`);

  // Sound: the same client, bounded at the call.
  const price = await catalog.get(`/prices/${sku}`, { timeout: 1_500 });

  // Sound: this client carries its timeout from the shared package.
  await inventory.post('/reservations', { sku, quantity });

  return { id: `${product.data.id}-${price.data.version}`, sku, quantity };
}

export async function cancelOrder(id: string): Promise<void> {
  // Failure: a plain call with axios' default, which waits for ever.
  await axios.delete(`http://fulfilment.internal/orders/${id}`);

  // Sound: a signal that fires by itself.
  await axios.post('http://mail.internal/cancelled', { id }, { signal: AbortSignal.timeout(3_000) });
}

export async function customerOf(id: string): Promise<{ readonly email: string }> {
  // Failure: the wrapper would pass a signal on, and this call brings none.
  return getJson(`http://customers.internal/by-order/${id}`);
}

export async function customerOfBounded(id: string): Promise<{ readonly email: string }> {
  // Sound: the wrapper hands the signal to fetch.
  return getJson(`http://customers.internal/by-order/${id}`, { signal: AbortSignal.timeout(2_000) });
}
