export async function place(order: object) {
  try {
    return await orders.insert(order);
  } catch /* whatever it was */ (error) {
    throw new Error(
      'could not place order', // shown
      { cause: error },
    );
  }
}
