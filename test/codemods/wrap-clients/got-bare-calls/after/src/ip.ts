import got from 'got';
import { exampleIp } from './resilience';

export const own = (): Promise<{ ip: string }> => exampleIp.once((signal) => got('https://ip.example.com/own', { signal }).json<{ ip: string }>());

export const download = () => got.stream('https://ip.example.com/all.csv');
