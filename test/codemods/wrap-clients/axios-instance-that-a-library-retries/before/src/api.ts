import axios from 'axios';
import axiosRetry from 'axios-retry';

export const api = axios.create({ baseURL: 'https://api.acme.example.com' });

axiosRetry(api, { retries: 3, retryDelay: axiosRetry.exponentialDelay });
