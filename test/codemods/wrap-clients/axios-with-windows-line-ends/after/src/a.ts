import axios from 'axios';
import { axiosAdapter, exampleAcme } from './resilience';

export const api = axios.create({
  baseURL: 'https://api.acme.example.com',
  headers: { accept: 'application/json' },
  adapter: axiosAdapter(exampleAcme)
});
