import { Readable } from 'node:stream';
import axios, { type AxiosAdapter, type AxiosInstance } from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byPath, callsUntilOpen, policyModule, rejection, removePolicyModules, serve, type PolicyModule, type TestPolicy, type TestServer } from './support.js';

interface Section {
  readonly axiosAdapter: (policy: TestPolicy, own?: { readonly once?: boolean }) => AxiosAdapter;
}

let resilience: PolicyModule & Section;
let server: TestServer;

beforeAll(async () => {
  resilience = await policyModule<Section>('axiosAdapter');
  server = await serve(byPath);
});
afterAll(async () => {
  await server.close();
  removePolicyModules();
});

let made = 0;
const client = (own: object = {}, options: object = {}): AxiosInstance => axios.create({ baseURL: server.url, ...options, adapter: resilience.axiosAdapter(resilience.policy(`shop${String(made++)}`, resilience.HTTP, own)) });
const hitsOf = (path: string): number => server.hits.filter(({ url }) => url === path).length;

describe('an axios instance behind a policy', () => {
  it('keeps its identity, its interceptors and what it answers', async () => {
    const api = client();
    api.interceptors.request.use((config) => {
      config.headers.set('x-trace', 'on');
      return config;
    });
    api.interceptors.response.use((response) => ({ ...response, data: { ...(response.data as object), seen: true } }));
    const { data, status } = await api.get<{ path: string; seen: boolean }>('/orders');
    expect({ status, path: data.path, seen: data.seen }).toEqual({ status: 200, path: '/orders', seen: true });
    expect(server.hits.at(-1)?.headers['x-trace']).toBe('on');
    expect(Object.keys(api).sort()).toEqual(Object.keys(axios.create()).sort());
  });

  it('tries a read again, and not a write', async () => {
    const api = client();
    expect((await api.get('/flaky-read')).status).toBe(200);
    expect(hitsOf('/flaky-read')).toBe(2);
    expect((await rejection(api.post('/flaky-write', { a: 1 }))).message).toContain('503');
    expect(hitsOf('/flaky-write')).toBe(1);
  });

  it('tries a write with an idempotency key again, with its body', async () => {
    const api = client();
    expect((await api.post('/flaky-keyed', { a: 1 }, { headers: { 'Idempotency-Key': 'k1' } })).status).toBe(200);
    expect(server.hits.filter(({ url }) => url === '/flaky-keyed').map(({ body, headers }) => [body, headers['idempotency-key']])).toEqual([['{"a":1}', 'k1'], ['{"a":1}', 'k1']]);
  });

  it('leaves the retries to something else, where that is told', async () => {
    const api = axios.create({ baseURL: server.url, adapter: resilience.axiosAdapter(resilience.policy('told', resilience.HTTP), { once: true }) });
    await rejection(api.get('/503?told'));
    expect(hitsOf('/503?told')).toBe(1);
  });

  it('does not send a stream twice, though it has a key', async () => {
    await rejection(client().post('/flaky-stream', Readable.from(['{"a":1}']), { headers: { 'Idempotency-Key': 'k2' } }));
    expect(hitsOf('/flaky-stream')).toBe(1);
  });

  it('sends a write that is redirected to a refused connection once', async () => {
    expect((await rejection(client().post('/moved-write', { a: 1 }))).code).toBe('ECONNREFUSED');
    expect(hitsOf('/moved-write')).toBe(1);
  });

  it('opens at 503 and not at 404', async () => {
    const api = client({ retries: 0 });
    expect(await callsUntilOpen(() => api.get('/404'))).toBe(null);
    // A policy for each call counts nothing together.
    expect(await callsUntilOpen(() => client({ retries: 0 }).get('/503'))).toBe(null);
    expect(await callsUntilOpen(() => api.get('/503'))).toBe(5);
  });

  it('opens at 503 that is no error to the caller', async () => {
    const api = client({ retries: 0 });
    expect(await callsUntilOpen(() => api.get('/503', { validateStatus: () => true }))).toBe(5);
  });

  it('does not count what callers abort, by signal or by token', async () => {
    const api = client({ retries: 0 });
    expect(await callsUntilOpen(() => api.get('/hang', { signal: AbortSignal.timeout(5) }))).toBe(null);
    expect(
      await callsUntilOpen(() => {
        const source = axios.CancelToken.source();
        setTimeout(() => { source.cancel('enough'); }, 5);
        return api.get('/hang', { cancelToken: source.token });
      }),
    ).toBe(null);
    expect((await api.get('/orders')).status).toBe(200);
  });

  it('counts its own `timeout`, and keeps its error', async () => {
    const api = client({ retries: 0 }, { timeout: 20 });
    expect((await rejection(api.get('/hang'))).code).toBe('ECONNABORTED');
    expect(await callsUntilOpen(() => api.get('/hang'))).toBe(4);
  });

  it('waits for as long as its own `timeout` says, where that is longer than the bound of an attempt', async () => {
    const api = client({ retries: 0, attempt: 50 }, { timeout: 250 });
    const began = performance.now();
    expect((await rejection(api.get('/hang'))).code).toBe('ECONNABORTED');
    expect(performance.now() - began).toBeGreaterThan(230);
  });

  it('bounds an attempt where the client has no limit', async () => {
    expect((await rejection(client({ retries: 0, attempt: 50 }).get('/hang'))).message).toMatch(/did not answer an attempt within 50 ms/);
  });

  it('lets streams and addresses of other services pass by', async () => {
    const other = await serve(byPath);
    try {
      const api = client({ retries: 2 });
      expect((await rejection(api.get(`${other.url}/503`))).message).toContain('503');
      expect(other.hits).toHaveLength(1);
      await rejection(api.get('/503?stream', { responseType: 'stream' }));
      expect(hitsOf('/503?stream')).toBe(1);
      const { data } = await api.get<Readable>('/orders?stream', { responseType: 'stream' });
      expect((await data.toArray()).length).toBeGreaterThan(0);
      expect((await rejection(api.get(`${server.url}/503?whole`))).message).toContain('503');
      expect(hitsOf('/503?whole')).toBe(3);
    } finally {
      await other.close();
    }
  });

  it('opens no more sockets over 25 calls that are tried again', async () => {
    const own = await serve(byPath);
    try {
      const api = axios.create({ baseURL: own.url, adapter: resilience.axiosAdapter(resilience.policy('sockets', resilience.HTTP, { failureRate: 0.99 })) });
      for (let index = 0; index < 25; index++) await api.get('/flaky-sockets');
      expect(own.hits).toHaveLength(50);
      expect(await own.open()).toBeLessThanOrEqual(2);
    } finally {
      await own.close();
    }
  });
});
