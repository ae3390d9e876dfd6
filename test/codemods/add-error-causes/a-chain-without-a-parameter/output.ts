export const load = (id: string) =>
  orders
    .find(id)
    .catch((error) => Promise.reject(new Error(`no order ${id}`, { cause: error })));
