import { retry, type Observable } from 'rxjs';

export const load = (orders: Observable<string>) => orders.pipe(retry());
export const again = (orders: Observable<string>) => orders.pipe(retry(4));
export const fixed = (orders: Observable<string>) => orders.pipe(retry({ count: 4, delay: 1000 }));
