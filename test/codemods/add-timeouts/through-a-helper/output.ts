import { request, get } from './http.js';

export const order = (id: string) => request(`/orders/${id}`, { method: 'POST', signal: AbortSignal.timeout(10_000) });
export const orders = () => request('/orders', { signal: AbortSignal.timeout(10_000) });
export const price = (id: string) => get(`/prices/${id}`);
