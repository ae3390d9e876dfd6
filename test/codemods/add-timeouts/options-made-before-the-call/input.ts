import axios from 'axios';

const DEFAULTS = { headers: { accept: 'application/json' } };

export const order = (id: string) => fetch(`http://orders.internal/${id}`, DEFAULTS);

export async function prices(ids: string[]) {
  const options = { method: 'POST' };
  for (const id of ids) await fetch(`http://prices.internal/${id}`, options);
}

export async function stock(id: string, proxy: { host: string; port: number } | null) {
  let config: Record<string, unknown> = { headers: { accept: 'text/plain' } };
  if (proxy !== null) config = { ...config, proxy };
  return axios.get(`http://stock.internal/${id}`, config);
}
