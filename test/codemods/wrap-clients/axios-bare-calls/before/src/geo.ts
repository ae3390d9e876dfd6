import axios from 'axios';

export async function locate(ip: string): Promise<unknown> {
  const { data } = await axios.get<unknown>(`https://geo.example.com/${ip}`, { timeout: 2_000 });
  return data;
}

export const report = (ip: string): Promise<unknown> => axios.post('https://geo.example.com/reports', { ip });
