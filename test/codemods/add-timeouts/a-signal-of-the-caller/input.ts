export const order = (id: string, signal: AbortSignal) => fetch(`http://orders.internal/${id}`, { signal });
