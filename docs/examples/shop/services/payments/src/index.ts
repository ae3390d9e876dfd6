import { readCached } from '@shop/platform';
import { charge, exchangeRate, exchangeRateBounded, refund } from './gateway.js';
import { recordCharge } from './ledger.js';
import { lookUpCharge } from './legacy-gateway.js';

export async function pay(orderId: string, cents: number): Promise<void> {
  const result = await charge(orderId, cents);
  if (result.status === 'succeeded') await recordCharge(result.id, cents);
}

export const rateOf = (currency: string): Promise<number> => readCached(`rate:${currency}`, () => exchangeRate(currency));

export { exchangeRateBounded, lookUpCharge, refund };
