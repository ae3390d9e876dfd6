import { exampleRates } from './resilience';

const MOST = 3_000;

export const latest = (): Promise<Response> => exampleRates.retry((signal) => fetch('https://rates.example.com/latest', { signal }), { deadline: 800 });

export const history = (): Promise<Response> => exampleRates.retry((signal) => fetch('https://rates.example.com/history', { signal }), { deadline: MOST });
