import { request, get } from './http.js';

export const order = (id: string) => request(`/orders/${id}`, { method: 'POST' });
export const orders = () => request('/orders');
export const price = (id: string) => get(`/prices/${id}`);
