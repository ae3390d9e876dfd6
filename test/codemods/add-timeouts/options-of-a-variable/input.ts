import { defaults } from 'orders-config';

export const order = (id: string) => fetch(`http://orders.internal/${id}`, defaults);
