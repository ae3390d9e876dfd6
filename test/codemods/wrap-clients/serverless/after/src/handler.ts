export const handler = (): Promise<Response> => fetch('https://api.github.com/zen', { signal: AbortSignal.timeout(10_000) });
