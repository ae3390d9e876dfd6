import 'reflect-metadata';
import { HttpModule, HttpService } from '@nestjs/axios';
import type { AxiosAdapter, AxiosInstance } from 'axios';
import { firstValueFrom, map } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byPath, callsUntilOpen, policyModule, rejection, removePolicyModules, serve, type PolicyModule, type TestPolicy, type TestServer } from './support.js';

interface Section {
  readonly axiosAdapter: (policy: TestPolicy) => AxiosAdapter;
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
const policyOf = (own: object = {}): TestPolicy => resilience.policy(`shop${String(made++)}`, resilience.HTTP, own);

/** The service that Nest would inject for a registration. */
function injected(options: Parameters<typeof HttpModule.register>[0]): HttpService {
  const [instance] = HttpModule.register(options).providers as readonly { readonly useValue: AxiosInstance }[];
  return new HttpService(instance!.useValue);
}

const hitsOf = (path: string): number => server.hits.filter(({ url }) => url === path).length;

describe('an HttpService whose registration has a policy', () => {
  const client = (own: object = {}): HttpService => injected({ baseURL: server.url, adapter: resilience.axiosAdapter(policyOf(own)) });

  it('tries reads again and writes not, by observables and by axiosRef', async () => {
    expect((await firstValueFrom(client().get<object>('/flaky-nest'))).data).toMatchObject({ number: 2 });
    expect((await client().axiosRef.get<object>('/flaky-nest')).data).toMatchObject({ number: 4 });
    await rejection(firstValueFrom(client().post('/flaky-nest-write', {})));
    expect(hitsOf('/flaky-nest-write')).toBe(1);
  });

  it('opens at 503, and not where a subscriber leaves', async () => {
    const http = client({ retries: 0 });
    const left = () =>
      new Promise<void>((done) => {
        const subscription = http.get('/hang').subscribe();
        setTimeout(() => {
          subscription.unsubscribe();
          done();
        }, 5);
      });
    expect(await callsUntilOpen(left)).toBe(null);
    expect(await callsUntilOpen(() => firstValueFrom(http.get('/404')))).toBe(null);
    expect(await callsUntilOpen(() => firstValueFrom(http.get('/503')))).toBe(5);
  });
});

describe('a call of HttpService behind a policy', () => {
  it('subscribes again for each attempt, and ends with its bound', async () => {
    const http = injected({});
    const shop = policyOf();
    expect(await shop.retry((signal) => firstValueFrom(http.get<object>(`${server.url}/flaky-call`, { signal }).pipe(map(({ data }) => data))))).toMatchObject({ number: 2 });
    expect((await rejection(policyOf({ retries: 0, attempt: 30 }).retry((signal) => firstValueFrom(http.get(`${server.url}/hang`, { signal }))))).name).toBe('TimeoutError');
    const calm = policyOf({ retries: 0 });
    expect(await callsUntilOpen(() => calm.retry((signal) => firstValueFrom(http.get(`${server.url}/404`, { signal }))))).toBe(null);
    expect(await callsUntilOpen(() => calm.retry((signal) => firstValueFrom(http.get(`${server.url}/503`, { signal }))))).toBe(5);
  });

  it('opens no more sockets over 25 calls that are tried again', async () => {
    const own = await serve(byPath);
    try {
      const http = injected({});
      const shop = policyOf({ failureRate: 0.99 });
      for (let index = 0; index < 25; index++) await shop.retry((signal) => firstValueFrom(http.get(`${own.url}/flaky`, { signal })));
      expect(own.hits).toHaveLength(50);
      expect(await own.open()).toBeLessThanOrEqual(2);
    } finally {
      await own.close();
    }
  });
});
