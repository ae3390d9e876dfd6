export const order = (id: string) => fetch(/* where */ `http://orders.internal/${id}` /* what */, /* how */ { method: 'GET', signal: AbortSignal.timeout(10_000) } /* end */);
