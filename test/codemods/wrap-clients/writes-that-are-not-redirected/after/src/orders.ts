import { exampleOrders } from './resilience';

const ORDERS = 'https://orders.example.com';

export const place = (order: object): Promise<Response> => exampleOrders.retryUnsent((signal) => fetch(`${ORDERS}/orders`, { method: 'POST', redirect: 'error', body: JSON.stringify(order), signal }));

export const follow = (order: object): Promise<Response> => exampleOrders.once((signal) => fetch(`${ORDERS}/orders`, { method: 'POST', redirect: 'follow', body: JSON.stringify(order), signal }));
