import got from 'got';

export const order = (id) =>
	got(`http://orders.internal/${id}`, {
		headers: { accept: 'application/json' },
	});
