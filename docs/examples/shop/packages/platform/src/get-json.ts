/**
 * Hands the caller's options on to fetch. Whether a call is bounded is decided where it is made, so
 * this file is silent and the callers are judged.
 */
export async function getJson<T>(url: string, options: { signal?: AbortSignal } = {}): Promise<T> {
  const response = await fetch(url, { headers: { accept: 'application/json' }, signal: options.signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}
