export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch (error) {
    console.error(error);
    throw new Error('could not place order', { cause: error });
  }
}
