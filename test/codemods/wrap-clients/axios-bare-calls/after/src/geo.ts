import axios from 'axios';
import { exampleGeo } from './resilience';

export async function locate(ip: string): Promise<unknown> {
  const { data } = await exampleGeo.retry((signal) => axios.get<unknown>(`https://geo.example.com/${ip}`, { timeout: 2_000, signal }));
  return data;
}

export const report = (ip: string): Promise<unknown> => exampleGeo.once((signal) => axios.post('https://geo.example.com/reports', { ip }, { signal }));
