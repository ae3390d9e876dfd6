import ky, { HTTPError, type KyInstance, type Options } from 'ky';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byPath, callsUntilOpen, policyModule, rejection, removePolicyModules, serve, type PolicyModule, type TestPolicy, type TestServer } from './support.js';

interface Section {
  readonly kyFetch: (policy: TestPolicy, own?: { readonly once?: boolean; readonly attempt?: number }) => NonNullable<Options['fetch']>;
}

let resilience: PolicyModule & Section;
let server: TestServer;

beforeAll(async () => {
  resilience = await policyModule<Section>('kyFetch');
  server = await serve(byPath);
});
afterAll(async () => {
  await server.close();
  removePolicyModules();
});

let made = 0;
const policyOf = (own: object): TestPolicy => resilience.policy(`shop${String(made++)}`, resilience.HTTP, own);
/** As the codemod leaves an instance. */
const client = (own: object = {}, options: Options = { retry: 0, timeout: false }, how: Parameters<Section['kyFetch']>[1] = {}): KyInstance => ky.create({ prefixUrl: server.url, ...options, fetch: resilience.kyFetch(policyOf(own), how) });
const hitsOf = (path: string): number => server.hits.filter(({ url }) => url === path).length;

describe('a ky instance behind a policy', () => {
  it('answers as before, with its hooks', async () => {
    const api = client({}, { retry: 0, timeout: false, hooks: { beforeRequest: [(request) => { request.headers.set('x-trace', 'on'); }] } });
    expect(await api.post('orders', { json: { a: 1 }, searchParams: { q: 'x' } }).json()).toMatchObject({ path: '/orders', body: '{"a":1}' });
    expect(server.hits.at(-1)).toMatchObject({ url: '/orders?q=x' });
    expect(server.hits.at(-1)?.headers).toMatchObject({ 'x-trace': 'on', 'content-type': 'application/json' });
  });

  it('tries a read again, and not a write', async () => {
    expect(await client().get('flaky-read').json()).toMatchObject({ number: 2 });
    expect(await rejection(client().post('flaky-write', { json: { a: 1 } }))).toBeInstanceOf(HTTPError);
    expect(hitsOf('/flaky-write')).toBe(1);
  });

  it('tries a write with an idempotency key again, with its body', async () => {
    expect(await client().post('flaky-keyed', { json: { a: 1 }, headers: { 'idempotency-key': 'k' } }).json()).toMatchObject({ number: 2, body: '{"a":1}' });
  });

  it('sends a write that is redirected to a refused connection once', async () => {
    await rejection(client().post('moved-write', { json: {} }));
    expect(hitsOf('/moved-write')).toBe(1);
  });

  it('opens at 503 and not at 404', async () => {
    const api = client({ retries: 0 });
    expect(await callsUntilOpen(() => api.get('404'))).toBe(null);
    expect(await callsUntilOpen(() => api.get('503'))).toBe(6);
  });

  it('does not count what callers abort', async () => {
    const api = client({ retries: 0 });
    expect(await callsUntilOpen(() => api.get('hang', { signal: AbortSignal.timeout(5) }))).toBe(null);
    expect(await callsUntilOpen(() => api.get('hang', { timeout: 5 }))).toBe(null);
    expect((await api.get('orders')).status).toBe(200);
  });

  it('counts the bound of an attempt, its own or the policy’s', async () => {
    const api = client({ retries: 0, attempt: 20 });
    expect((await rejection(api.get('hang'))).name).toBe('TimeoutError');
    expect(await callsUntilOpen(() => api.get('hang'))).toBe(4);
    const own = client({ retries: 0, attempt: 20 }, { retry: 0, timeout: false }, { attempt: 60 });
    const began = performance.now();
    expect((await rejection(own.get('hang'))).message).toMatch(/within 60 ms/);
    expect(performance.now() - began).toBeGreaterThan(55);
    expect(await callsUntilOpen(() => own.get('hang'))).toBe(4);
  });

  it('leaves the retries to ky where it has its own, and counts each', async () => {
    const api = client({}, { retry: { limit: 3, delay: () => 1 }, timeout: false }, { once: true });
    await rejection(api.get('503?own'));
    expect(hitsOf('/503?own')).toBe(4);
    // The fourth answer is no more than was to be: from the fifth attempt on the circuit is open, also within a call.
    const own = hitsOf('/503?own');
    await rejection(api.get('503?own'));
    expect(hitsOf('/503?own')).toBe(own + 1);
  });

  it('opens no more sockets over 25 calls that are tried again', async () => {
    const own = await serve(byPath);
    try {
      const api = ky.create({ prefixUrl: own.url, retry: 0, timeout: false, fetch: resilience.kyFetch(policyOf({ failureRate: 0.99 })) });
      for (let index = 0; index < 25; index++) await api.get('flaky-sockets').json();
      expect(own.hits).toHaveLength(50);
      expect(await own.open()).toBeLessThanOrEqual(3);
    } finally {
      await own.close();
    }
  });
});

describe('a bare call of ky behind a policy', () => {
  it('is one attempt of it, its reader included, and ky tries again', async () => {
    const shop = policyOf({});
    expect(await shop.once((signal) => ky.get(`${server.url}/flaky-bare`, { signal, retry: { limit: 2, delay: () => 1 } }).json())).toMatchObject({ number: 2 });
    expect(await callsUntilOpen(() => shop.once((signal) => ky.get(`${server.url}/503`, { signal, retry: 0 }).json()))).toBe(4);
  });
});
