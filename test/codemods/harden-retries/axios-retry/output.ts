import axios from 'axios';
import axiosRetry from 'axios-retry';

export const orders = axios.create({ baseURL: 'http://orders.internal', timeout: 1000 });
axiosRetry(orders, { retries: 3, retryDelay: axiosRetry.exponentialDelay });
