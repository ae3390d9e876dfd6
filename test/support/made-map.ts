import type { ClientKind } from '../../src/models/types.js';
import type { FailureMap, Guard, MapDependency, MapDownstream, MapOperation, MapPackage, MapReach, MapState } from '../../src/map/types.js';

/** How a made call is guarded. `?`: the code does not tell. */
export interface MadeCall {
  readonly name?: string;
  readonly target?: string;
  readonly timeout?: boolean | '?';
  readonly retry?: boolean | '?';
  readonly breaker?: boolean | '?';
  readonly effect?: MapOperation['effect'];
  readonly within?: string;
}

export interface MadeDependency {
  readonly package: string;
  readonly to: string;
  readonly client?: string;
  readonly kind?: ClientKind;
  readonly calls?: readonly MadeCall[];
  /** `<package>#<function>`, nearest first; the last one is an entry. */
  readonly reachedBy?: readonly string[];
}

/** A map of packages with what they import, and of what they talk to, consistent in all that follows from these. */
export function madeMap(packages: Readonly<Record<string, readonly string[]>>, made: readonly MadeDependency[], workspace = 'shop'): FailureMap {
  const dependencies = made.map(dependencyOf).sort((a, b) => compare(a.package, b.package) || compare(a.client.package, b.client.package) || compare(a.downstream, b.downstream));
  const kinds = new Map<string, Set<ClientKind>>();
  for (const { downstream, client } of dependencies) kinds.set(downstream, (kinds.get(downstream) ?? new Set()).add(client.kind));
  const count = (state: MapState): number => dependencies.filter((dependency) => dependency.state === state).length;
  return {
    version: 1,
    pluginVersion: '0.1.0',
    workspace,
    packages: Object.entries(packages).sort(([a], [b]) => compare(a, b)).map(([name, dependsOn]): MapPackage => ({
      name,
      folder: `packages/${name.replace(/^@[^/]+\//, '')}`,
      dependsOn,
      dependencies: dependencies.filter((dependency) => dependency.package === name).map(({ id }) => id),
      reaches: dependencies.filter(({ reachedFrom }) => reachedFrom.includes(name)).map(({ id }) => id),
    })),
    downstreams: [...kinds].sort(([a], [b]) => compare(a, b)).map(([id, of]): MapDownstream => {
      const is = id.slice(0, id.indexOf(':')) as MapDownstream['is'];
      const name = id.slice(id.indexOf(':') + 1);
      return { id, is, label: is === 'env' ? `$${name}` : name, kinds: [...of].sort() };
    }),
    dependencies,
    totals: {
      dependencies: dependencies.length,
      operations: dependencies.reduce((sum, { operations }) => sum + operations.length, 0),
      unbounded: count('unbounded'), unprotected: count('unprotected'), unknown: count('unknown'), protected: count('protected'),
    },
    unread: [],
  };
}

function dependencyOf({ package: name, to, client = 'axios', kind = 'http', calls = [{}], reachedBy = [] }: MadeDependency): MapDependency {
  const folder = `packages/${name.replace(/^@[^/]+\//, '')}`;
  const file = `${folder}/src/${client.replace(/\W/g, '-')}.ts`;
  const operations = calls.map((call, index): MapOperation => {
    const guards = { timeout: guardOf(call.timeout, 'timeout: 10 s, of the client', file), retry: guardOf(call.retry, '3 retries by the client', file), breaker: guardOf(call.breaker, 'of cockatiel', file) };
    return { file, line: 12 + 9 * index, column: 10, name: call.name ?? `${client}.get`, target: call.target ?? null, effect: call.effect ?? 'read', ...guards, state: stateOf(guards.timeout, guards.retry, guards.breaker), within: call.within ?? 'load' };
  });
  const reach = reachedBy.map((text, steps): MapReach => {
    const [from, called] = text.split('#') as [string, string];
    return { function: called, package: from, file: `packages/${from.replace(/^@[^/]+\//, '')}/src/${called}.ts`, line: 8 + steps, steps, entry: steps === reachedBy.length - 1 };
  });
  const order: MapState[] = ['unbounded', 'unprotected', 'unknown', 'protected'];
  const worstBy = (guard: 'timeout' | 'retry' | 'breaker'): Guard => operations.toSorted((a, b) => RANK[a[guard].answer] - RANK[b[guard].answer])[0]![guard];
  return {
    id: `${name}|${client}|${to}`,
    package: name,
    client: { package: client, title: client === 'globalThis' ? 'fetch' : client, kind, version: client === 'globalThis' ? null : '1.7.2', madeAt: client === 'globalThis' ? null : `${folder}/src/clients.ts:4` },
    downstream: to,
    timeout: worstBy('timeout'),
    retry: worstBy('retry'),
    breaker: worstBy('breaker'),
    pool: kind === 'db' ? guardOf(false, '', file) : { answer: 'not-asked', detail: '', at: null },
    state: order.find((state) => operations.some((operation) => operation.state === state)) ?? 'unknown',
    operations,
    reachedBy: reach,
    reachedFrom: [...new Set(reach.map((one) => one.package))].filter((other) => other !== name).sort(),
  };
}

const RANK = { no: 0, unknown: 1, yes: 2, 'not-asked': 3 } as const;

function guardOf(there: boolean | '?' | undefined, detail: string, file: string): Guard {
  if (there === '?') return { answer: 'unknown', detail: 'options come from elsewhere', at: null };
  return there === true ? { answer: 'yes', detail, at: `${file}:4` } : { answer: 'no', detail: 'none, and no default', at: null };
}

function stateOf(timeout: Guard, retry: Guard, breaker: Guard): MapState {
  if (timeout.answer === 'no') return 'unbounded';
  if (retry.answer === 'no' && breaker.answer === 'no') return 'unprotected';
  return timeout.answer === 'unknown' ? 'unknown' : 'protected';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const BOUNDED = { timeout: true, retry: true } as const;

/** A shop: three services, two shared packages and what they talk to. */
export function shopMap(): FailureMap {
  const web = ['@shop/web#handleRequest'];
  return madeMap(
    { '@shop/web': ['@shop/orders', '@shop/payments'], '@shop/orders': ['@shop/platform'], '@shop/payments': ['@shop/platform'], '@shop/jobs': ['@shop/payments'], '@shop/platform': [], '@shop/admin': ['@shop/platform'], '@shop/words': [] },
    [
      { package: '@shop/platform', to: 'env:STOCK_URL', calls: [{ name: 'stock.get', target: '/items/{}', ...BOUNDED, breaker: true }], reachedBy: ['@shop/platform#readStock', '@shop/orders#placeOrder', ...web] },
      { package: '@shop/platform', to: 'service:Redis', client: 'ioredis', kind: 'cache', calls: [{ name: 'redis.get', ...BOUNDED }, { name: 'redis.set', effect: 'write', ...BOUNDED }], reachedBy: ['@shop/platform#cached', '@shop/orders#loadOrder', ...web] },
      { package: '@shop/orders', to: 'env:ORDERS_DB', client: 'pg', kind: 'db', calls: [{ name: 'pool.query', timeout: true, within: 'loadOrder' }, { name: 'pool.query', effect: 'write', timeout: true, within: 'placeOrder' }], reachedBy: ['@shop/orders#loadOrder', ...web] },
      { package: '@shop/orders', to: 'host:api.shipping.example', client: 'globalThis', calls: [{ name: 'fetch', target: '/rates', within: 'rates' }, { name: 'fetch', target: '/labels', effect: 'write', timeout: true, within: 'label' }], reachedBy: ['@shop/orders#rates', '@shop/orders#placeOrder', ...web] },
      { package: '@shop/payments', to: 'host:api.cards.example', client: 'got', calls: [{ name: 'cards.post', target: '/charges', effect: 'write', within: 'charge' }, { name: 'cards.get', target: '/charges/{}', within: 'readCharge' }, { name: 'cards.post', target: '/refunds', effect: 'write', within: 'refund' }], reachedBy: ['@shop/payments#charge', '@shop/payments#pay', ...web, '@shop/jobs#settleDay'] },
      { package: '@shop/payments', to: 'env:LEDGER_DB', client: 'pg', kind: 'db', calls: [{ name: 'ledger.query', timeout: '?', retry: '?', breaker: '?' }], reachedBy: ['@shop/payments#post', '@shop/jobs#settleDay'] },
      { package: '@shop/jobs', to: 'service:S3', client: '@aws-sdk/client-s3', kind: 'sdk', calls: [{ name: 'client.send', target: 'PutObject', effect: 'write', ...BOUNDED }], reachedBy: ['@shop/jobs#archive'] },
      { package: '@shop/web', to: 'varies:axios', client: 'axios', calls: [{ name: 'axios.post', effect: 'write', timeout: true }], reachedBy: ['@shop/web#sendWebhook'] },
    ],
  );
}

/** A workspace of this many packages in three layers, each with calls; always the same. */
export function largeMap(size: number, downstreams: number, dependencies: number): FailureMap {
  const random = sequence(42);
  const name = (index: number): string => `@acme/${['checkout', 'catalog', 'billing', 'search', 'identity', 'shipping', 'ledger', 'media'][index % 8]}-${['api', 'worker', 'client', 'core', 'store'][Math.floor(index / 8) % 5]}-${index}`;
  const layerOf = (index: number): number => (index < size * 0.5 ? 0 : index < size * 0.85 ? 1 : 2);
  const below = (index: number): number[] => Array.from({ length: size }, (_, other) => other).filter((other) => layerOf(other) === layerOf(index) + 1);
  const packages: Record<string, string[]> = {};
  const usersOf = new Map<number, number[]>();
  for (let index = 0; index < size; index++) {
    const choices = below(index);
    const picked = new Set(choices.length === 0 ? [] : Array.from({ length: 1 + Math.floor(random() * 3) }, () => choices[Math.floor(random() * choices.length)]!));
    packages[name(index)] = [...picked].map(name).sort();
    for (const other of picked) usersOf.set(other, [...(usersOf.get(other) ?? []), index]);
  }
  const made = new Map<string, MadeDependency>();
  const clients: [string, ClientKind][] = [['axios', 'http'], ['globalThis', 'http'], ['got', 'http'], ['pg', 'db'], ['ioredis', 'cache'], ['kafkajs', 'queue'], ['@grpc/grpc-js', 'rpc']];
  for (let tries = 0; made.size < dependencies && tries < dependencies * 50; tries++) {
    const from = Math.floor(random() * size);
    // Some are popular.
    const to = Math.floor(random() ** 2 * downstreams);
    const [client, kind] = clients[to % clients.length]!;
    const user = usersOf.get(from)?.[0];
    const top = user === undefined ? undefined : (usersOf.get(user)?.[0] ?? user);
    const guarded = random();
    made.set(`${from}|${to}`, {
      package: name(from), to: to % 3 === 0 ? `host:api-${to}.acme.example` : to % 3 === 1 ? `env:SERVICE_${to}_URL` : `service:topic-${to}`, client, kind,
      calls: Array.from({ length: 1 + Math.floor(random() * 5) }, (_, index) => ({ target: `/v1/things/{}/${index}`, timeout: guarded > 0.25 ? true : guarded > 0.15 ? '?' : false, retry: guarded > 0.6 ? true : guarded < 0.3 ? '?' : false, breaker: guarded < 0.3 ? '?' : false })),
      reachedBy: [`${name(from)}#load${to}`, ...(user === undefined ? [] : [`${name(user)}#handle${to}`]), ...(top === undefined || top === user ? [] : [`${name(top)}#serve${to}`])],
    });
  }
  return madeMap(packages, [...made.values()], 'acme-platform');
}

function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
