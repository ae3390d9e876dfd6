export const deliver = (url: string, body: string): Promise<Response> => fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(10_000) });

export const tenant = (name: string): Promise<Response> => fetch(`https://${name}.example.com/hook`, { signal: AbortSignal.timeout(2_000) });

export const domain = (tld: string): Promise<Response> => fetch(`https://api.shop${tld}/products`, { signal: AbortSignal.timeout(2_000) });
