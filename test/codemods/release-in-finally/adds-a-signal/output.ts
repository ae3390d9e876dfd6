export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(2000) });
