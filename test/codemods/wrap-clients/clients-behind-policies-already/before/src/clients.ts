import axios from 'axios';
import got from 'got';
import { axiosAdapter, breaker, handlerOf } from './resilience';

export const api = axios.create({ baseURL: 'https://api.acme.example.com', adapter: axiosAdapter() });
export const github = got.extend({ prefixUrl: 'https://api.github.com', handlers: [handlerOf()] });
export const bare = () => breaker.execute(({ signal }) => axios.get('https://api.acme.example.com/', { signal }));
