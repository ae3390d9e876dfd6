import { Agent } from 'node:https';
import axios from 'axios';
import { exampleIp } from './resilience';

const agent = new Agent({ keepAlive: true });

export const own = async (): Promise<string> => (await exampleIp.retry((signal) => axios.get<string>('https://ip.example.com/', { httpsAgent: agent, signal }))).data;

export const through = async (tenant: Agent): Promise<string> => (await axios.get<string>('https://ip.example.com/', { httpsAgent: tenant, timeout: 2_000 })).data;
