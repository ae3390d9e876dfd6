import { api } from './payments';

export const refund = (id: string): Promise<unknown> => api.post('/refunds', { id });
