export const order = (id: string) => fetch(`http://orders.internal/${id}`);
