import { AppError } from './errors.js';

export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch {
    throw new AppError('could not place order');
  }
}
