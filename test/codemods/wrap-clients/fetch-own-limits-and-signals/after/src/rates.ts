import { exampleRates } from './resilience';
export const quick = (): Promise<Response> => exampleRates.retry((signal) => fetch('https://rates.example.com/latest', { signal }), { deadline: 800 });

export const cancellable = (signal: AbortSignal): Promise<Response> => exampleRates.retry((signal) => fetch('https://rates.example.com/latest', { signal }), { signal });

export const given = (init: RequestInit): Promise<Response> => exampleRates.once((signal) => fetch('https://rates.example.com/latest', { ...init, signal }), { signal: init.signal });

export const optional = (init?: RequestInit): Promise<Response> => exampleRates.once((signal) => fetch('https://rates.example.com/latest', { ...init, signal }), { signal: init?.signal });

export const busy = (signal: string): Promise<Response> => exampleRates.retry((attemptSignal) => fetch(`https://rates.example.com/${signal}`, { signal: attemptSignal }));
