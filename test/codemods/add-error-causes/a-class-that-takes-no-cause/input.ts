class OrderError extends Error {
  constructor(message: string, readonly status = 500) {
    super(message);
  }
}

export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch (error) {
    throw new OrderError('could not place order');
  }
}
