import { retry, type Observable, timer } from 'rxjs';

export const load = (orders: Observable<string>) => orders.pipe(retry({ delay: (_error, count) => timer(Math.random() * Math.min(10_000, 200 * 2 ** (count - 1))), count: 2 }));
export const again = (orders: Observable<string>) => orders.pipe(retry({ count: 4, delay: (_error, count) => timer(Math.random() * Math.min(10_000, 200 * 2 ** (count - 1))) }));
export const fixed = (orders: Observable<string>) => orders.pipe(retry({ count: 4, delay: (_error, count) => timer(Math.random() * Math.min(10_000, 1000 * 2 ** (count - 1))) }));
