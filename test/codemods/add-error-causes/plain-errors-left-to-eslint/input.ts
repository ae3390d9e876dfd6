export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch (error) {
    throw new Error('could not place order');
  }
}
