async function token(): Promise<string> {
  return process.env['TOKEN'] ?? '';
}

export const repos = async (): Promise<Response> => fetch('https://api.github.com/user/repos', { headers: { authorization: await token() } });

export function* generated(): Generator<string, Promise<Response>, string> {
  return fetch('https://api.github.com/user/' + (yield 'name'), { signal: AbortSignal.timeout(1_000) });
}
