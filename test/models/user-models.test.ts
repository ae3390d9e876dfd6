import { describe, expect, it } from 'vitest';
import { createModelSet } from '../../src/models/model-set.js';
import { readUserModels } from '../../src/models/user-models.js';

const minimal = {
  packages: ['@acme/http'],
  exports: { AcmeClient: { is: 'class', makes: 'client' } },
  clients: { client: { operations: { get: {} } } },
  bounds: [{ path: 'timeout', covers: 'total' }],
};

const errorsOf = (...entries: unknown[]) => readUserModels(entries).errors;
const withBound = (bound: object) => ({ ...minimal, bounds: [{ path: 'timeout', covers: 'total', ...bound }] });

describe('a minimal model', () => {
  const { models, errors } = readUserModels([minimal]);
  const model = models[0]!;

  it('is accepted', () => expect(errors).toEqual([]));

  it('gets what is bookkeeping', () => {
    expect(model).toMatchObject({
      id: '@acme/http', title: '@acme/http', kind: 'http', checked: [], verified: 'docs', mend: 'set `timeout`',
      unbounded: 'is not bounded in time: @acme/http sets no limit that the model knows of',
    });
    expect(Object.keys(model.sources)).toContain(model.bounds[0]!.source);
  });

  it('gets options where they usually are', () => {
    expect(model.exports['AcmeClient']).toMatchObject({ options: { at: [0] } });
    expect(model.clients['client']).toMatchObject({ title: '@acme/http client', perCall: true, operations: { get: { options: { at: 'last' }, effect: 'unknown' } } });
    expect(model.bounds[0]).toMatchObject({ at: ['call', 'client'], unit: 'ms', default: null });
  });

  it('is for the client alone where no option is taken by a call', () => {
    expect(readUserModels([withBound({ at: ['client'] })]).models[0]!.clients['client']!.perCall).toBe(false);
  });
});

describe('a limit that nothing sets', () => {
  const { models, errors } = readUserModels([withBound({ fixed: true, default: 15_000, effects: ['write'] }), { ...withBound({ fixed: true, default: 5000 }), packages: ['@acme/other'] }]);

  it('is accepted', () => expect(errors).toEqual([]));

  it('is written nowhere, and no edit writes it', () => {
    expect(models[0]!.bounds).toMatchObject([{ fixed: true, at: ['client'], default: 15_000, effects: ['write'] }]);
    expect(models[0]).toMatchObject({ edits: [], mend: 'bound the call in time' });
    expect(models[0]!.clients['client']!.perCall).toBe(false);
  });

  it('must say how long it is', () => {
    expect(errorsOf(withBound({ fixed: true }))[0]).toContain('bounds[0].default: expected the limit that holds by itself');
  });
});

it('takes a factory, an operation and a global', () => {
  const { models, errors } = readUserModels([
    { id: 'a', packages: ['a'], exports: { createA: { is: 'factory', makes: 'a', options: { at: [1] } }, 'default.send': { is: 'operation', effect: 'write' } }, clients: { a: { operations: { '**': {} } } } },
    { globals: { acmeFetch: { is: 'operation', options: { at: [1] } } }, signal: { path: 'signal' } },
  ]);
  expect(errors).toEqual([]);
  expect(models.map(({ id }) => id)).toEqual(['a', 'acmeFetch']);
  expect(models[1]).toMatchObject({ packages: [], signal: { at: ['call'], source: 'user' }, mend: 'set `signal`' });
});

it('takes how entries last, and commands over all keys', () => {
  const operations = {
    all: { keyspace: { does: 'lists', command: 'ALL' } },
    page: { keyspace: { does: 'walks', command: 'PAGE', narrowedBy: [{ word: 'LIKE' }] } },
    store: { effect: 'write', cache: { role: 'write', value: { at: [1] }, keepsTtl: [{ word: 'KEEP' }], unlessThere: [{ argument: { at: [2], path: 'once' } }] } },
  };
  const entry = { packages: ['@acme/cache'], kind: 'cache', exports: { AcmeCache: { is: 'class', makes: 'client' } }, clients: { client: { operations } }, expiry: { options: ['ttl'] } };
  const walk = { text: '{client}.walk({pattern})', yields: 'key' };
  const { models, errors } = readUserModels([{ ...entry, keyWalk: { client: walk } }]);
  expect(errors).toEqual([]);
  expect(models[0]).toMatchObject({ expiry: { options: ['ttl'], source: 'user' }, keyWalk: { client: walk }, clients: { client: { operations: { all: { keyspace: { does: 'lists' } } } } } });
  expect(errorsOf({ ...entry, keyWalk: { other: walk } })).toEqual([expect.stringContaining('.keyWalk.other')]);
  expect(errorsOf({ ...entry, clients: { client: { operations: { all: { keyspace: { does: 'burns', command: 'ALL' } } } } } }).length).toBeGreaterThan(0);
});

it('takes a cache', () => {
  const operations = {
    fetch: { effect: 'read', empty: { path: '', value: 'null' }, cache: { role: 'read' } },
    store: { effect: 'write', cache: { role: 'write', key: { at: [1] }, value: { at: [0] }, holds: 'text', ttl: [{ unit: 's', argument: { at: [2], path: 'ttl' } }, { unit: 'ms', word: 'PX' }] } },
  };
  const { models, errors } = readUserModels([{ packages: ['@acme/cache'], inProcess: 'by-store', exports: { AcmeCache: { is: 'class', makes: 'client' } }, clients: { client: { operations } } }]);
  expect(errors).toEqual([]);
  expect(models[0]).toMatchObject({ inProcess: 'by-store', clients: { client: { operations: { fetch: { cache: { role: 'read', holds: 'json' } } } } } });
  expect(readUserModels([{ packages: ['a'], exports: {}, clients: { client: { operations: { get: { cache: { role: 'fetch' } } } } } }]).errors.length).toBeGreaterThan(0);
});

describe('how a bound is written', () => {
  it('follows from the first option that ends a wait', () => {
    expect(readUserModels([withBound({ path: 'limits.totalMs', at: ['client'] })]).models[0]!.edits).toEqual([{ at: 'client', path: 'limits.totalMs', value: 'ms' }]);
    expect(readUserModels([withBound({ unit: 'epoch-ms', at: ['call'] })]).models[0]!.edits).toMatchObject([{ at: 'call', value: 'deadline' }]);
    expect(readUserModels([withBound({ covers: 'connect' })]).models[0]!.edits).toEqual([]);
    expect(readUserModels([withBound({ unit: 's' })]).models[0]!.edits).toEqual([]);
  });

  it('is as the model says where it does', () => {
    const edits = [{ at: 'client', path: 'a.b', beside: { path: 'a.throws', text: 'true', needed: true }, versions: '>=2' }];
    expect(readUserModels([{ ...minimal, edits }]).models[0]!.edits).toEqual([{ ...edits[0], value: 'ms' }]);
    const several = [{ ...edits[0], beside: [edits[0]!.beside, { path: 'a.pings', text: '{half}' }] }];
    expect(readUserModels([{ ...minimal, edits: several }]).models[0]!.edits).toEqual([{ ...several[0], value: 'ms' }]);
  });

  it('must name an option, a range and a client that exist', () => {
    const { errors } = readUserModels([{ ...minimal, edits: [{ at: 'call' }, { at: 'call', path: 'a', versions: 'two', clients: ['other'] }] }]);
    expect(errors.map((error) => error.replace(/^settings\.resilience\.models\[0\]|:.*$/g, ''))).toEqual(['.edits[0].path', '.edits[1].versions', '.edits[1].clients[0]']);
  });
});

describe('a query builder', () => {
  const builder = {
    packages: ['@acme/db'],
    exports: { Db: { is: 'class', makes: 'db' }, Row: { is: 'class', makes: 'row', statics: 'db' } },
    clients: {
      db: { operations: { transaction: { hands: { argument: 0, client: 'db' } } }, members: { from: { is: 'chain', client: 'rows', computed: 'row' } } },
      rows: { operations: {}, members: { '*': { is: 'chain', client: 'rows' } }, awaited: { effect: 'read', lazy: 'then', empty: { path: '[0]', value: 'undefined' } } },
      row: { operations: { '': { effect: 'by-sql', tagOnly: true } } },
    },
    driver: { chosenBy: 'client', known: ['pg'] },
  };
  it('is accepted', () => {
    const { models, errors } = readUserModels([builder]);
    expect(errors).toEqual([]);
    expect(models[0]!.clients['rows']!.awaited).toMatchObject({ effect: 'read', empty: { path: '[0]' } });
  });

  it('must lead to clients that exist', () => {
    const text = JSON.stringify(builder).replaceAll('"rows"', '"lines"').replaceAll('"computed":"row"', '"computed":"x"').replaceAll('"statics":"db"', '"statics":"y"').replaceAll('"client":"db"', '"client":"z"').replace('"lines":{', '"rows":{');
    expect(errorsOf(JSON.parse(text)).join('\n')).toMatch(/Row\.statics[^]*transaction\.hands\.client[^]*from\.client[^]*from\.computed/);
  });
});

it('takes a policy', () => {
  const { policies, errors } = readUserModels([
    { packages: ['@acme/limit'], exports: { bounded: { does: 'bounds-promise', subject: { at: [0] }, limit: { argument: { at: [1] } } } }, retry: { retries: 'Infinity' } },
  ]);
  expect(errors).toEqual([]);
  expect(policies[0]).toMatchObject({ id: '@acme/limit', exports: { bounded: { limit: { path: '', default: null } } }, retry: { retries: Infinity, methods: 'all' } });
});

it('replaces a shipped model by its id, and adds others', () => {
  const { models } = readUserModels([{ ...minimal, id: 'axios', packages: ['axios'], versions: '>=1' }, minimal]);
  const set = createModelSet(models, []);
  expect(set.clients('axios').map(({ id, title }) => [id, title])).toEqual([['axios', 'axios'], ['axios-0', 'axios']]);
  expect(set.clients('axios')[0]!.exports).toHaveProperty('AcmeClient');
  expect(set.clients('@acme/http')).toHaveLength(1);
  expect(set.clients('pg')).toHaveLength(1);
});

describe('what is wrong is named by its path', () => {
  const at = 'settings.resilience.models';
  it.each<[name: string, input: unknown, error: string]>([
    ['not a list', { axios: {} }, `${at}: expected a list of models, got object`],
    ['null', null, `${at}: expected a list of models, got null`],
    ['a text', ['axios'], `${at}[0]: expected an object, got "axios"`],
    ['no package', [{ exports: minimal.exports, clients: minimal.clients }], `${at}[0].packages: expected the name of at least one package, or \`globals\``],
    ['no export', [{ packages: ['a'] }], `${at}[0].exports: expected at least one export: what of the package makes a client or does I/O`],
    ['a misspelt word', [withBound({ covers: 'conect' })],
      `${at}[0].bounds[0].covers: expected "queue" | "connect" | "headers" | "idle" | "attempt" | "total" | "server", got "conect" (did you mean "connect"?)`],
    ['the second bound', [{ ...minimal, bounds: [...minimal.bounds, { path: 'x', covers: 'all' }] }],
      `${at}[0].bounds[1].covers: expected "queue" | "connect" | "headers" | "idle" | "attempt" | "total" | "server", got "all"`],
    ['a missing field', [{ ...minimal, bounds: [{ path: 'timeout' }] }], `${at}[0].bounds[0].covers: is missing`],
    ['an unknown field', [{ ...minimal, bound: [] }], `${at}[0].bound: unknown field (did you mean "bounds"?)`],
    ['an unknown field inside', [withBound({ defualt: 5 })], `${at}[0].bounds[0].defualt: unknown field (did you mean "default"?)`],
    ['a text for a number', [withBound({ default: '5s' })], `${at}[0].bounds[0].default: expected a number, got "5s"`],
    ['a negative default', [withBound({ default: -1 })], `${at}[0].bounds[0].default: expected a number from 0 up, got -1`],
    ['a wrong place', [withBound({ at: ['request'] })], `${at}[0].bounds[0].at[0]: expected "call" | "client", got "request"`],
    ['an empty place', [withBound({ at: [] })], `${at}[0].bounds[0].at: must not be empty`],
    ['an empty path', [{ ...minimal, signal: { path: '' } }], `${at}[0].signal.path: must not be empty`],
    ['a shape that does not exist', [{ ...minimal, exports: { AcmeClient: { is: 'class', makes: 'cleint' } } }],
      `${at}[0].exports.AcmeClient.makes: expected a key of \`clients\` (client), got "cleint"`],
    ['a kind of export that does not exist', [{ ...minimal, exports: { AcmeClient: { is: 'klass', makes: 'client' } } }],
      `${at}[0].exports.AcmeClient.is: expected "client" | "class" | "factory" | "operation" | "options" | "same", got "klass" (did you mean "class"?)`],
    ['a range that is none', [{ ...minimal, versions: 'two' }], `${at}[0].versions: expected a version range such as ">=2 <3", got "two"`],
    ['a range of a bound that is none', [withBound({ versions: '>>2' })], `${at}[0].bounds[0].versions: expected a version range such as ">=2 <3", got ">>2"`],
    ['a source that does not exist', [withBound({ source: 'readme' })], `${at}[0].bounds[0].source: expected a key of \`sources\` (which is empty), got "readme"`],
    ['no operation', [{ ...minimal, clients: { client: { operations: {} } } }], `${at}[0].clients.client.operations: expected at least one operation`],
    ['an effect that does not exist', [{ ...minimal, clients: { client: { operations: { get: { effect: 'reads' } } } } }],
      `${at}[0].clients.client.operations.get.effect: expected "read" | "write" | "by-http-method" | "by-sql" | "none" | "unknown", got "reads" (did you mean "read"?)`],
    ['an argument position that is none', [{ ...minimal, exports: { AcmeClient: { is: 'class', makes: 'client', options: { at: [1.5] } } } }],
      `${at}[0].exports.AcmeClient.options.at[0]: expected a whole number, got 1.5`],
    ['the same id twice', [minimal, minimal], `${at}[1].id: "@acme/http" is the id of ${at}[0] too; give each model its own`],
    ['a policy that does what none does', [{ packages: ['a'], exports: { 'a.b': { does: 'bounds' } } }],
      `${at}[0].exports["a.b"].does: expected "bounds-promise" | "bounds-function" | "bounds-stream" | "makes-policy" | "combines" | "passes", got "bounds"`],
  ])('%s', (_, input, error) => expect(readUserModels(input).errors).toEqual([error]));

  it('tells all of them at once, and gives no model of a wrong entry', () => {
    const { models, errors } = readUserModels([{ ...minimal, kind: 'htp', bounds: [{ path: 1, covers: 'total' }] }, minimal]);
    expect(errors).toHaveLength(2);
    expect(models).toHaveLength(1);
  });

  it('survives anything', () => {
    for (const input of [undefined, 5, [[]], [null], [undefined], [{ exports: null }], [{ packages: {} }], [{ ...minimal, clients: [] }]]) expect(errorsOf(input).length).toBeGreaterThan(0);
  });
});
