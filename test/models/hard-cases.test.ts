import { describe, expect, it } from 'vitest';
import { allModels, findByPath, findExport, globalModels, modelsForPackage, policiesForPackage, selectVersion } from '../../src/models/lookup.js';
import { inRange } from '../../src/models/version-range.js';
import type { BoundModel, ClientModel, Covers, OperationModel } from '../../src/models/types.js';

// Each test asks what a rule or a codemod would ask, of the library that makes the answer hard.

const model = (name: string, version: string | null = null): ClientModel => selectVersion(modelsForPackage(name), version);
const bound = (of: ClientModel, path: string, covers?: Covers): BoundModel => of.bounds.find((each) => each.path === path && (covers === undefined || each.covers === covers))!;
const operation = (of: ClientModel, client: string, path: string): OperationModel => findByPath(of.clients[client]!.operations, path)!;
const fetch = globalModels('fetch')[0]!;

describe('what a bound covers', () => {
  it('fetch: headers and silence have limits of 300 s, the whole call has none', () => {
    const live = fetch.bounds.filter((each) => each.rejects !== false);
    expect(live.map(({ covers, default: value }) => [covers, value])).toEqual([['headers', 300_000], ['idle', 300_000], ['connect', 10_000]]);
  });

  it('axios: the wait for the reply, then silence, never the total', () => {
    expect(model('axios').bounds.map(({ path, covers }) => [path, covers])).toEqual([['timeout', 'headers'], ['timeout', 'idle']]);
  });

  it('got: one attempt, while its own timeout is tried again', () => {
    expect(bound(model('got'), 'timeout.request').covers).toBe('attempt');
    expect(model('got').retry).toMatchObject({ retries: 2, retriesTimeouts: true });
  });

  it('ky: headers up to 1, an attempt and a total in 2', () => {
    expect(bound(model('ky', '1.14.3'), 'timeout').covers).toBe('headers');
    expect(bound(model('ky', '2.1.0'), 'timeout').covers).toBe('attempt');
    expect(bound(model('ky', '2.1.0'), 'totalTimeout').covers).toBe('total');
  });

  it('openai: the body is bounded from 7 on', () => {
    expect(bound(model('openai', '6.49.0'), 'timeout').covers).toBe('headers');
    expect(bound(model('openai', '7.57.0'), 'timeout').covers).toBe('attempt');
  });

  it('needle: `timeout` bounds connecting alone', () => expect(bound(model('needle'), 'timeout').covers).toBe('connect'));

  it('pg: the caller and the server are bounded by different options, and one option covers two waits', () => {
    const pg = model('pg');
    expect(bound(pg, 'query_timeout').covers).toBe('total');
    expect(bound(pg, 'statement_timeout').covers).toBe('server');
    expect(pg.bounds.filter(({ path }) => path === 'connectionTimeoutMillis').map(({ covers, clients }) => [covers, clients])).toEqual([['queue', ['pool']], ['connect', undefined]]);
    expect(operation(pg, 'pool', 'connect').waits).toEqual(['queue', 'connect']);
  });

  it('redis: commandOptions.timeout covers the queue only, socketTimeout the reply', () => {
    const redis = model('redis', '6.3.1');
    expect(bound(redis, 'commandOptions.timeout')).toMatchObject({ covers: 'queue', default: 5_000 });
    expect(bound(model('redis', '5.12.1'), 'commandOptions.timeout').default).toBeNull();
    expect(bound(redis, 'socket.socketTimeout')).toMatchObject({ covers: 'idle', default: null });
    expect(redis.signal?.bounds).toBe(false);
    expect(model('redis', '4.7.1')).toMatchObject({ unmendable: true });
  });
});

describe('a timeout that is none', () => {
  it('node:http only emits an event; a handler has to end the request', () => {
    const http = model('node:http');
    expect(http.bounds.every((each) => each.rejects === false)).toBe(true);
    const get = findExport(http, 'get')!;
    expect(get).toMatchObject({ is: 'operation', ends: ['timeout'], chained: [{ method: 'setTimeout', endsBy: 'destroy' }] });
  });

  it('fetch and node-fetch 3 ignore `timeout`, node-fetch 2 obeys', () => {
    expect(bound(fetch, 'timeout').rejects).toBe(false);
    expect(bound(model('node-fetch', '3.3.2'), 'timeout').rejects).toBe(false);
    expect(bound(model('node-fetch', '2.7.0'), 'timeout').rejects).toBeUndefined();
  });

  it('AWS: requestTimeout only logs from 3.910 on, unless it is told to throw', () => {
    const s3 = model('@aws-sdk/client-s3');
    const holding = (version: string) => s3.bounds.filter(({ path, versions }) => path === 'requestHandler.requestTimeout' && (versions === undefined || inRange(version, versions)));
    expect(holding('3.1169.0')).toMatchObject([{ covers: 'headers', requires: { path: 'requestHandler.throwOnRequestTimeout', equals: true } }]);
    expect(holding('3.850.0')).toMatchObject([{ covers: 'idle' }]);
    expect(holding('3.850.0')[0]!.requires).toBeUndefined();
  });

  it('ioredis: socketTimeout reconnects and sends again', () => expect(bound(model('ioredis'), 'socketTimeout').rejects).toBe(false));

  it('grpc: a deadline is a point in time, so a small number is over at once', () => {
    expect(bound(model('@grpc/grpc-js'), 'deadline')).toMatchObject({ unit: 'epoch-ms', covers: 'total', zero: 'immediate' });
  });

  it('got 12 refuses a plain number, got 11 takes it', () => {
    expect(bound(model('got', '14.0.0'), 'timeout.request').shorthand).toBe(false);
    expect(bound(model('got', '11.8.6'), 'timeout.request').shorthand).toBe(true);
  });
});

it('knows what 0 and false mean', () => {
  expect(bound(model('axios'), 'timeout').zero).toBe('unlimited');
  expect(bound(model('got'), 'timeout.request').zero).toBe('immediate');
  expect(bound(model('ky'), 'timeout')).toMatchObject({ zero: 'immediate', off: [false] });
  expect(model('pg').pool).toMatchObject([{ limits: 'size', path: 'max', default: 10, zero: 'default' }, { limits: 'wait', path: 'connectionTimeoutMillis', default: 'unlimited' }]);
});

describe('options in a URL', () => {
  it('pg takes some from it, and not the connection timeout', () => {
    const pg = model('pg');
    expect(pg.bounds.filter(({ urlParameter }) => urlParameter !== undefined).map(({ path }) => path)).toEqual([
      'query_timeout', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
    ]);
    expect(findExport(pg, 'Pool')).toMatchObject({ url: { path: 'connectionString', argument: { at: [0] } } });
  });

  it('redis and ioredis take none', () => {
    for (const name of ['redis', 'ioredis']) expect(model(name).bounds.some(({ urlParameter }) => urlParameter !== undefined)).toBe(false);
    expect(findExport(model('redis'), 'createClient')).toMatchObject({ url: { path: 'url' } });
  });
});

describe('changed from elsewhere', () => {
  it('axios defaults, of the package and of an instance, and interceptors', () => {
    const mutators = model('axios').mutators!;
    expect(mutators.filter(({ sets }) => sets === 'timeout').map(({ path, onClient }) => [path, onClient])).toEqual([['default.defaults.timeout', undefined], ['defaults.timeout', 'instance']]);
    const use = mutators.find(({ path }) => path === 'default.interceptors.request.use')!;
    expect(use).toMatchObject({ by: 'call', affects: ['nestjs-axios'] });
    expect(use.opaqueUnless).toContain('timeout');
  });

  it('the global dispatcher of undici reaches global fetch and its users', () => {
    const [mutator] = model('undici').mutators!;
    expect(mutator).toMatchObject({ by: 'call', path: 'setGlobalDispatcher', sets: 'dispatcher' });
    expect(mutator!.affects).toEqual(expect.arrayContaining(['fetch', 'ky', 'openai', 'graphql-request']));
    // node-fetch 2 and @whatwg-node/fetch send through node:http.
    expect(mutator!.affects).not.toEqual(expect.arrayContaining(['graphql-request-6']));
  });

  it('a replaced global', () => expect(fetch.mutators!.filter(({ replaces }) => replaces).map(({ path }) => path)).toEqual(['globalThis.fetch', 'global.fetch']));
  it('the global agent', () => expect(model('https').mutators![0]).toMatchObject({ by: 'assign', path: 'globalAgent', sets: 'agent' }));

  it('Nest hands out clients with the options of a registration', () => {
    const service = model('@nestjs/axios').clients['HttpService']!;
    expect(service.registrations).toMatchObject([{ call: 'HttpModule.register' }, { call: 'HttpModule.registerAsync', opaque: true }]);
    expect(service.operations['get']).toMatchObject({ lazy: 'subscribe' });
    expect(service.members?.['axiosRef']).toEqual({ is: 'client', client: 'instance' });
  });
});

describe('waits on purpose', () => {
  it.each(['blpop', 'brpop', 'brpoplpush', 'blmove', 'blmpop', 'bzpopmin', 'bzpopmax', 'bzmpop', 'subscribe', 'psubscribe', 'monitor', 'wait'])('ioredis %s', (name) =>
    expect(operation(model('ioredis'), 'redis', name).mode).toBe('blocking'),
  );

  it.each(['blPop', 'BLPOP', 'brPop', 'brPopLPush', 'blMove', 'blmPop', 'bzPopMin', 'BZPOPMAX', 'bzmPop', 'subscribe', 'pSubscribe', 'wait'])('redis %s', (name) =>
    expect(operation(model('redis'), 'client', name).mode).toBe('blocking'),
  );

  it('XREAD with BLOCK', () => {
    expect(operation(model('ioredis'), 'redis', 'xread').blockingWhen).toEqual({ argument: 'BLOCK' });
    expect(operation(model('redis'), 'client', 'xReadGroup').blockingWhen).toEqual({ argument: 'BLOCK' });
  });

  it('a command by name', () => expect(operation(model('ioredis'), 'redis', 'call').byCommand!.commands['blpop']).toMatchObject({ mode: 'blocking' }));
});

it('knows streams', () => {
  expect(operation(model('axios'), 'instance', 'get').streamWhen).toEqual([{ path: 'responseType', equals: 'stream' }]);
  expect(operation(model('got'), 'instance', 'stream').mode).toBe('stream');
  expect(operation(model('got'), 'instance', 'stream.post').mode).toBe('stream');
  expect(operation(model('openai'), 'client', 'chat.completions.create').streamWhen).toEqual([{ argument: { at: [0] }, path: 'stream', equals: true }]);
  expect(operation(model('openai'), 'client', 'responses.stream').mode).toBe('stream');
  for (const name of ['stream', 'pipeline', 'upgrade']) expect(findExport(model('undici'), name)).toMatchObject({ mode: 'stream' });
  expect(operation(model('@grpc/grpc-js'), 'client', 'sayHello').streamWithoutCallback).toBe(true);
});

it('knows lazy calls', () => {
  expect(operation(model('superagent'), 'request', 'post').lazy).toBe('then');
  expect(model('ioredis').clients['redis']!.members?.['multi']).toEqual({ is: 'factory', makes: 'pipeline' });
});

it('superagent is bounded by what is chained', () => {
  const chained = operation(model('superagent'), 'request', 'get').chained!;
  expect(chained.filter(({ covers }) => covers === 'total').map(({ method, path }) => [method, path])).toEqual([['timeout', ''], ['timeout', 'deadline']]);
});

describe('retries by itself', () => {
  it.each([
    ['got', 2, false], ['ky', 2, false], ['openai', 2, true], ['stripe', 2, true], ['@aws-sdk/client-s3', 2, true], ['ioredis', 20, true], ['axios', undefined, false], ['superagent', 0, true],
  ] as const)('%s %s times, writes too: %s', (name, retries, writes) => {
    expect(model(name).retry?.retries).toBe(retries);
    expect(model(name).retry?.methods === 'all').toBe(writes);
  });

  it('AWS counts attempts, others retries', () => {
    expect(model('@aws-sdk/client-s3').retry).toMatchObject({ counts: 'attempts', env: ['AWS_MAX_ATTEMPTS'] });
    expect(model('openai').retry!.counts).toBeUndefined();
  });

  it('stripe tries once up to 16, twice from 17 on', () => {
    expect(model('stripe', '16.12.0').retry!.retries).toBe(1);
    expect(model('stripe', '17.7.0').retry!.retries).toBe(2);
  });
});

it('knows errors that prove nothing was sent', () => {
  for (const name of ['axios', 'got', 'undici', 'pg', 'redis', 'openai']) expect(model(name).errors!.nothingSent).toEqual(expect.arrayContaining(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']));
  expect(model('undici').errors!.nothingSent).toContain('UND_ERR_CONNECT_TIMEOUT');
  expect(model('pg').errors!.nothingSent).toContain('timeout exceeded when trying to connect');
  // It may be the reply that never came.
  for (const { errors } of allModels().clients) expect(errors?.nothingSent ?? []).not.toContain('ECONNRESET');
});

it('knows what a call yields when the thing is missing', () => {
  expect(operation(model('redis'), 'client', 'get').empty).toEqual({ path: '', value: 'null' });
  expect(operation(model('ioredis'), 'redis', 'hgetall').empty).toEqual({ path: '', value: '{}' });
  expect(operation(model('ioredis'), 'redis', 'smembers').empty).toEqual({ path: '', value: '[]' });
  expect(operation(model('pg'), 'pool', 'query').empty).toMatchObject({ path: 'rows[0]', value: 'undefined' });
  const { commands } = operation(model('@aws-sdk/client-dynamodb'), 'client', 'send').byCommand!;
  expect(findByPath(commands, 'GetItemCommand')!.empty).toEqual({ path: 'Item', value: 'undefined' });
  expect(findByPath(commands, 'ReceiveMessageCommand')).toMatchObject({ empty: { path: 'Messages' }, blockingWhen: { argument: 'WaitTimeSeconds' } });
});

it('tells commands of the AWS SDK apart by name, whoever reads them in order', () => {
  const { commands } = operation(model('@aws-sdk/client-s3'), 'client', 'send').byCommand!;
  const inOrder = (name: string) => Object.entries(commands).find(([pattern]) => findByPath({ [pattern]: true }, name))![1].effect;
  for (const [name, effect] of [['GetObjectCommand', 'read'], ['ListBucketsCommand', 'read'], ['PutObjectCommand', 'write'], ['DescribeTableCommand', 'read'], ['InvokeCommand', 'unknown']] as const) {
    expect(findByPath(commands, name)!.effect, name).toBe(effect);
    expect(inOrder(name), name).toBe(effect);
  }
});

it('knows who can bound one call', () => {
  for (const [name, client, perCall] of [['axios', 'instance', true], ['got', 'instance', true], ['ioredis', 'redis', false], ['redis', 'client', false], ['pg', 'pool', false], ['openai', 'client', true]] as const) {
    expect(model(name).clients[client]!.perCall, name).toBe(perCall);
  }
});

it('knows type names', () => {
  const types = (name: string) => Object.values(model(name).clients).flatMap((shape) => shape.types ?? []);
  expect(types('axios')).toContain('AxiosInstance');
  expect(types('pg')).toEqual(expect.arrayContaining(['Pool', 'PoolClient', 'Client']));
  expect(types('ioredis')).toEqual(expect.arrayContaining(['Redis', 'Cluster']));
  expect(types('redis')).toContain('RedisClientType');
  expect(types('@nestjs/axios')).toEqual(['HttpService']);
  expect(types('@aws-sdk/client-s3')).toContain('*Client');
});

it('takes options from another client, from a handler, from a command line variable', () => {
  expect(findExport(model('@aws-sdk/lib-dynamodb'), 'DynamoDBDocumentClient.from')).toMatchObject({ is: 'factory', from: { at: [0] } });
  expect(findExport(model('@aws-sdk/lib-storage'), 'Upload')).toMatchObject({ from: { at: [0], path: 'client' } });
  expect(findExport(model('@smithy/node-http-handler'), 'NodeHttpHandler')).toMatchObject({ is: 'options' });
  expect(findExport(model('undici'), 'RetryAgent')).toMatchObject({ from: { at: [0] }, options: { at: [1] } });
  expect(fetch.globals!['Request']).toMatchObject({ is: 'options' });
  expect(bound(model('pg'), 'statement_timeout').env).toEqual(['PGOPTIONS']);
});

it('names a seam, and whether it was tried', () => {
  expect(model('axios').seam).toMatchObject({ kind: 'adapter', path: 'defaults.adapter', tried: true });
  expect(model('ky').seam).toMatchObject({ kind: 'fetch-option', tried: true });
  expect(model('@aws-sdk/client-s3').seam).toMatchObject({ kind: 'middleware', tried: true });
  expect(model('@grpc/grpc-js').seam).toMatchObject({ kind: 'interceptor', tried: true });
});

describe('policies', () => {
  const policy = (name: string, version: string | null = null) => selectVersion(policiesForPackage(name), version);

  it('cockatiel only aborts a signal, unless it is aggressive', () => {
    expect(policy('cockatiel').exports['timeout']).toMatchObject({
      does: 'makes-policy', runs: { methods: ['execute'], signal: 'signal' },
      cooperative: { unlessArgument: 1, is: 'TimeoutStrategy.Aggressive', equals: 'aggressive', path: 'strategy' },
    });
    expect(policy('cockatiel').retry).toMatchObject({ retries: Infinity, backoff: 'none' });
  });

  it('opossum gives up after 10 s by default', () => expect(policy('opossum').exports['default']).toMatchObject({ does: 'bounds-function', limit: { path: 'timeout', default: 10_000 } }));

  it('p-timeout moved its limit into an object in 6', () => {
    expect(policy('p-timeout', '5.1.0').exports['default']!.limit!.path).toBe('');
    expect(policy('p-timeout', '6.0.0').exports['default']!.limit!.path).toBe('milliseconds');
  });

  it('p-retry, async-retry, p-limit and p-map bound nothing', () => {
    for (const name of ['p-retry', 'async-retry', 'p-limit', 'p-map']) expect(policy(name).exports['default']).toMatchObject({ does: 'passes' });
    expect(policy('p-queue').exports['default']).toMatchObject({ does: 'makes-policy', limit: { path: 'timeout', default: null } });
  });
});
