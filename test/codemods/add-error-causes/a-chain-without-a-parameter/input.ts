export const load = (id: string) =>
  orders
    .find(id)
    .catch(() => Promise.reject(new Error(`no order ${id}`)));
