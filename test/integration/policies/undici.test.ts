import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Agent, Pool, fetch as undiciFetch, request } from 'undici';
import { byPath, callsUntilOpen, policyModule, rejection, removePolicyModules, serve, type PolicyModule, type TestPolicy, type TestServer } from './support.js';

let resilience: PolicyModule;
let server: TestServer;

beforeAll(async () => {
  resilience = await policyModule(null);
  server = await serve(byPath);
});
afterAll(async () => {
  await server.close();
  removePolicyModules();
});

let made = 0;
const policyOf = (own: object = {}): TestPolicy => resilience.policy(`shop${String(made++)}`, resilience.HTTP, own);

describe('calls of undici behind a policy', () => {
  it('tries again at a status, which undici does not throw', async () => {
    const { statusCode, body } = await policyOf().retry((signal) => request(`${server.url}/flaky-request`, { signal }));
    expect(statusCode).toBe(200);
    expect(await body.json()).toMatchObject({ number: 2 });
  });

  it('hands out the last answer, whose body can be read', async () => {
    const { statusCode, body } = await policyOf({ retries: 1 }).retry((signal) => request(`${server.url}/503`, { signal }));
    expect(statusCode).toBe(503);
    expect(await body.json()).toMatchObject({ path: '/503' });
  });

  it('opens at 503 and not at 404', async () => {
    const shop = policyOf({ retries: 0 });
    const call = (path: string) => () => shop.retry((signal) => request(server.url + path, { signal })).then(({ body }) => body.dump());
    expect(await callsUntilOpen(call('/404'))).toBe(null);
    expect(await callsUntilOpen(call('/503'))).toBe(6);
  });

  it('bounds an attempt, and does not count what callers abort', async () => {
    const shop = policyOf({ retries: 0, attempt: 30 });
    expect((await rejection(shop.retry((signal) => request(`${server.url}/hang`, { signal })))).name).toBe('TimeoutError');
    const calm = policyOf({ retries: 0 });
    expect(await callsUntilOpen(() => calm.retry((signal) => request(`${server.url}/hang`, { signal }), { signal: AbortSignal.timeout(5) }))).toBe(null);
  });

  it.each([
    ['request', async (url: string, shop: TestPolicy, _dispatcher: Pool) => (await shop.retry((signal) => request(`${url}/flaky`, { signal }))).body.json()],
    ['fetch', async (url: string, shop: TestPolicy) => (await shop.retry((signal) => undiciFetch(`${url}/flaky`, { signal }))).json()],
    ['a pool', async (_url: string, shop: TestPolicy, pool: Pool) => (await shop.retry((signal) => pool.request({ path: '/flaky', method: 'GET', signal }))).body.json()],
  ] as const)('opens no more sockets over 25 calls that are tried again: %s', async (_name, call) => {
    const own = await serve(byPath);
    const pool = new Pool(own.url);
    try {
      const shop = policyOf({ failureRate: 0.99 });
      for (let index = 0; index < 25; index++) expect(await call(own.url, shop, pool)).toMatchObject({ path: '/flaky' });
      expect(own.hits).toHaveLength(50);
      expect(await own.open()).toBeLessThanOrEqual(4);
    } finally {
      await pool.destroy();
      await own.close();
    }
  });

  it('reaches one origin by an agent', async () => {
    const agent = new Agent();
    try {
      const { body } = await policyOf().retry((signal) => agent.request({ origin: server.url, path: '/flaky-agent', method: 'GET', signal }));
      expect(await body.json()).toMatchObject({ number: 2 });
    } finally {
      await agent.destroy();
    }
  });
});
