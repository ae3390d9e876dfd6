export const quick = (): Promise<Response> => fetch('https://rates.example.com/latest', { signal: AbortSignal.timeout(800) });

export const cancellable = (signal: AbortSignal): Promise<Response> => fetch('https://rates.example.com/latest', { signal });

export const given = (init: RequestInit): Promise<Response> => fetch('https://rates.example.com/latest', init);

export const optional = (init?: RequestInit): Promise<Response> => fetch('https://rates.example.com/latest', init);

export const busy = (signal: string): Promise<Response> => fetch(`https://rates.example.com/${signal}`);
