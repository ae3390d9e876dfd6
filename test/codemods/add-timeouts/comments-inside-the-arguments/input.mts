export const order = (id: string) => fetch(/* where */ `http://orders.internal/${id}` /* what */, /* how */ { method: 'GET' } /* end */);
