import got from 'got';
import { request } from 'undici';

const gateway = got.extend({
  prefixUrl: 'https://api.payments.example/v1',
  retry: { limit: 0 },
});

const boundedGateway = gateway.extend({ timeout: { request: 8_000 } });

export interface Charge {
  readonly id: string;
  readonly status: 'succeeded' | 'failed';
}

export async function charge(orderId: string, cents: number): Promise<Charge> {
  // Failure: an instance without a timeout; a stuck gateway holds the checkout request open.
  return gateway.post('charges', { json: { orderId, cents }, headers: { 'idempotency-key': orderId } }).json();
}

export async function refund(chargeId: string): Promise<Charge> {
  // Sound: the extended instance adds one.
  return boundedGateway.post('refunds', { json: { chargeId }, headers: { 'idempotency-key': chargeId } }).json();
}

export async function exchangeRate(currency: string): Promise<number> {
  // Failure: undici's own limits are five minutes each for headers and body.
  const { body } = await request(`https://api.rates.example/${currency}`);
  const { rate } = (await body.json()) as { readonly rate: number };
  return rate;
}

export async function exchangeRateBounded(currency: string): Promise<number> {
  // Sound.
  const { body } = await request(`https://api.rates.example/${currency}`, { headersTimeout: 2_000, bodyTimeout: 2_000 });
  const { rate } = (await body.json()) as { readonly rate: number };
  return rate;
}
