export const load = (id: string) =>
  orders.find(id).catch((error: Error) => {
    throw new Error(
      error.message // as it came
    );
  });
