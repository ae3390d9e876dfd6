import axios from 'axios';

export const plain = axios.create({ timeout: 1_000 });
export const tenant = (host: string) => axios.create({ baseURL: `https://${host}/api` });
export const taken = axios.create({ baseURL: 'https://files.example.com', adapter: 'fetch' });
