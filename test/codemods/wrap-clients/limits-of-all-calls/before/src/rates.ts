const MOST = 3_000;

export const latest = (): Promise<Response> => fetch('https://rates.example.com/latest', { signal: AbortSignal.timeout(800) });

export const history = (): Promise<Response> => fetch('https://rates.example.com/history', { signal: AbortSignal.timeout(MOST) });
