export function load(url: string): Promise<Response> {
  return fetch(url).catch(() => load(url));
}
