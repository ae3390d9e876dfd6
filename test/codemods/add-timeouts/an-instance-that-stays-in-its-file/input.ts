import axios from 'axios';

const orders = axios.create({
	baseURL: 'http://orders.internal', // in the cluster
});

export const order = async (id: string) => (await orders.get(`/orders/${id}`)).data;
