import got, { HTTPError, type ExtendOptions, type Got, type HandlerFunction } from 'got';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byPath, callsUntilOpen, policyModule, rejection, removePolicyModules, serve, type PolicyModule, type TestPolicy, type TestServer } from './support.js';

interface Section {
  readonly gotHandler: (policy: TestPolicy) => HandlerFunction;
}

let resilience: PolicyModule & Section;
let server: TestServer;

beforeAll(async () => {
  resilience = await policyModule<Section>('gotHandler');
  server = await serve(byPath);
});
afterAll(async () => {
  await server.close();
  removePolicyModules();
});

let made = 0;
const policyOf = (own: object): TestPolicy => resilience.policy(`shop${String(made++)}`, resilience.HTTP, own);
const QUICK = { retry: { limit: 2, calculateDelay: ({ computedValue }: { readonly computedValue: number }) => (computedValue === 0 ? 0 : 1) } };
const client = (own: object = {}, options: ExtendOptions = QUICK): Got => got.extend({ prefixUrl: server.url, ...options, handlers: [resilience.gotHandler(policyOf(own))] });
const hitsOf = (path: string): number => server.hits.filter(({ url }) => url === path).length;
const ONCE = { retry: { limit: 0 } };

describe('a got instance behind a policy', () => {
  it('answers as before, by all its readers', async () => {
    const api = client();
    expect(await api.get('orders').json()).toMatchObject({ path: '/orders' });
    expect(server.hits.at(-1)?.headers.accept).toBe('application/json');
    expect(await api.post('orders', { json: { a: 1 } }).text()).toContain('\\"a\\":1');
    expect((await api.get('orders').buffer()).length).toBeGreaterThan(0);
    expect((await api.get('orders')).statusCode).toBe(200);
    expect(await api.get('orders', { responseType: 'json', resolveBodyOnly: true })).toMatchObject({ path: '/orders' });
  });

  it('leaves the retries to got: reads again, writes not', async () => {
    expect(await client().get('flaky-read').json()).toMatchObject({ number: 2 });
    expect(await rejection(client().post('flaky-write', { json: {} }).json())).toBeInstanceOf(HTTPError);
    expect(hitsOf('/flaky-write')).toBe(1);
    await rejection(client().get('503?three'));
    expect(hitsOf('/503?three')).toBe(3);
  });

  it('sends a write that is redirected to a refused connection once', async () => {
    await rejection(client().post('moved-write', { json: {} }));
    expect(hitsOf('/moved-write')).toBe(1);
  });

  it('opens at 503 and not at 404', async () => {
    const api = client({}, ONCE);
    expect(await callsUntilOpen(() => api.get('404'))).toBe(null);
    expect(await callsUntilOpen(() => api.get('503'))).toBe(5);
  });

  it('rejects at once where the circuit is open, by every reader', async () => {
    const api = client({}, ONCE);
    await callsUntilOpen(() => api.get('503'));
    for (const call of [() => api.get('orders'), () => api.get('orders').json(), () => api.get('orders').text(), () => api.get('orders').buffer()]) {
      expect(await rejection(Promise.race([call(), new Promise((done) => setTimeout(done, 500))]))).toMatchObject({ isBrokenCircuitError: true });
    }
  });

  it('does not count what callers abort or cancel', async () => {
    const api = client({}, ONCE);
    expect(await callsUntilOpen(() => api.get('hang', { signal: AbortSignal.timeout(5) }))).toBe(null);
    expect(
      await callsUntilOpen(() => {
        const call = api.get('hang').json();
        setTimeout(() => { call.cancel(); }, 5);
        return call;
      }),
    ).toBe(null);
    expect((await api.get('orders')).statusCode).toBe(200);
  });

  it('ends a call at its deadline and counts it, and counts the limit of got', async () => {
    const api = client({ deadline: 30, attempt: 20 }, ONCE);
    expect((await rejection(api.get('hang').json())).name).toBe('TimeoutError');
    // The next call may begin before the last one is counted.
    expect([4, 5]).toContain(await callsUntilOpen(() => api.get('hang')));
    const own = client({}, { ...ONCE, timeout: { request: 20 } });
    expect((await rejection(own.get('hang').json())).code).toBe('ETIMEDOUT');
    expect(await callsUntilOpen(() => own.get('hang'))).toBe(4);
  });

  it('lets streams pass by', async () => {
    const api = client({}, ONCE);
    const chunks = await api.stream.get('orders').toArray();
    expect(Buffer.concat(chunks as Buffer[]).toString()).toContain('/orders');
    expect(await callsUntilOpen(() => api.stream.get('503').toArray())).toBe(null);
  });

  it('stands behind what is extended from it', async () => {
    const api = client({}, ONCE).extend({ headers: { 'x-trace': 'on' } });
    expect(await callsUntilOpen(() => api.get('503'))).toBe(5);
  });

  it('opens no more sockets over 25 calls that are tried again', async () => {
    const own = await serve(byPath);
    try {
      const api = got.extend({ prefixUrl: own.url, ...QUICK, handlers: [resilience.gotHandler(policyOf({}))] });
      for (let index = 0; index < 25; index++) await api.get('flaky-sockets').json();
      expect(own.hits).toHaveLength(50);
      expect(await own.open()).toBeLessThanOrEqual(2);
    } finally {
      await own.close();
    }
  });
});

describe('a bare call of got behind a policy', () => {
  it('is one attempt of it, its reader included, and got tries again', async () => {
    const shop = policyOf({});
    expect(await shop.once((signal) => got(`${server.url}/flaky-bare`, { signal, ...QUICK }).json())).toMatchObject({ number: 2 });
    expect(await callsUntilOpen(() => shop.once((signal) => got(`${server.url}/503`, { signal, ...ONCE }).json()))).toBe(4);
    expect((await rejection(policyOf({ attempt: 30 }).once((signal) => got(`${server.url}/hang`, { signal }).json()))).name).toBe('TimeoutError');
  });
});
