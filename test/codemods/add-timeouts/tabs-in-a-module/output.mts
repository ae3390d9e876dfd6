import axios from 'axios';

export async function order(id: string) {
	return axios.get<{ net: number }>(
		`http://orders.internal/${id}`,
		{
			// who asks
			headers: { 'x-service': 'shop' },
			timeout: 10_000,
		},
	);
}
