const ORDERS = 'https://orders.example.com';

export const place = (order: object): Promise<Response> => fetch(`${ORDERS}/orders`, { method: 'POST', redirect: 'error', body: JSON.stringify(order) });

export const follow = (order: object): Promise<Response> => fetch(`${ORDERS}/orders`, { method: 'POST', redirect: 'follow', body: JSON.stringify(order) });
