export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch (error) {
    for (const error of reasons()) throw new Error(error);
  }
}
