import axios from 'axios';
import axiosRetry from 'axios-retry';
import { axiosAdapter, exampleAcme } from './resilience';

export const api = axios.create({ baseURL: 'https://api.acme.example.com', adapter: axiosAdapter(exampleAcme, { once: true }) });

axiosRetry(api, { retries: 3, retryDelay: axiosRetry.exponentialDelay });
