class OrderError extends Error {}

export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch (error) {
    // The caller shows this.
    throw new OrderError('could not place order'); // kept
  }
}
