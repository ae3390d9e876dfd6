class TakenError extends Error {}

export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch (error) {
    if (error.code === '23505') throw new TakenError('twice');
    throw error;
  }
}
