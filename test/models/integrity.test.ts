import { readFileSync, readdirSync } from 'node:fs';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { allModels, findByPath } from '../../src/models/lookup.js';
import { isRange } from '../../src/models/version-range.js';
import type { ArgumentRef, ClientModel, ExportModel, OperationModel, ShapeMember } from '../../src/models/types.js';
import { updateRegistry } from '../tools/update-registry.mjs';

const { clients, policies } = allModels();
const each = clients.map((model) => [model.id, model] as const);

/** Everything in a model that is called by its export or is an operation. */
function operationsOf(model: ClientModel): [string, OperationModel][] {
  const found: [string, OperationModel][] = [];
  for (const [path, entry] of Object.entries({ ...model.exports, ...model.globals })) if (entry.is === 'operation') found.push([path, entry]);
  for (const [name, shape] of Object.entries(model.clients)) {
    for (const [path, operation] of Object.entries(shape.operations)) found.push([`${name} ${path}`, operation]);
    if (shape.awaited !== undefined) found.push([`${name} awaited`, shape.awaited]);
  }
  return found;
}

function expectShape(model: ClientModel, found: ExportModel | ShapeMember, where: string): void {
  if (found.is === 'client' || found.is === 'chain') expect(Object.keys(model.clients), where).toContain(found.client);
  if (found.is === 'chain' && found.computed !== undefined) expect(Object.keys(model.clients), where).toContain(found.computed);
  if (found.is === 'class' && found.statics !== undefined) expect(Object.keys(model.clients), where).toContain(found.statics);
  if (found.is === 'class' || found.is === 'factory') expect(Object.keys(model.clients), where).toContain(found.makes);
}

function expectArgument(ref: ArgumentRef | undefined, where: string): void {
  if (ref === undefined || ref.at === 'last') return;
  expect(ref.at.length, where).toBeGreaterThan(0);
  expect(ref.after, `${where}: "after" says something of "last" only`).toBeUndefined();
}

describe('ids and packages', () => {
  it('has one model for each id', () => {
    const ids = [...clients, ...policies].map((model) => model.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has ranges that do not overlap within a package', () => {
    // A package may be both: the queue of BullMQ talks to Redis, and runs failed jobs again.
    for (const models of [clients, policies]) {
      for (const name of new Set(models.flatMap((model) => model.packages))) {
        const entries = models.filter((model) => model.packages.includes(name));
        entries.forEach((one, i) => {
          for (const other of entries.slice(i + 1)) {
            expect(semver.intersects(one.versions ?? '*', other.versions ?? '*'), `${name}: ${one.id} and ${other.id}`).toBe(false);
          }
        });
      }
    }
  });

  it('has a registry that is up to date', async () => {
    expect(await updateRegistry({ check: true })).toEqual([]);
  });

  it('loads neither semver nor valibot with the registry', () => {
    for (const folder of ['clients', 'policies', 'observers']) {
      for (const name of readdirSync(`src/models/${folder}`)) {
        const text = readFileSync(`src/models/${folder}/${name}`, 'utf8');
        expect([...text.matchAll(/from '([^']+)'/g)].map((match) => match[1]).filter((from) => !from!.startsWith('.')), name).toEqual([]);
      }
    }
  });
});

describe.each(each)('%s', (_, model) => {
  it('has valid version ranges', () => {
    const ranges = [model.versions, ...[...model.bounds, ...(model.edits ?? [])].map((entry) => entry.versions), model.signal?.versions];
    for (const range of ranges) if (range !== undefined) expect(isRange(range), range).toBe(true);
  });

  it('says from where it knows each bound, retry, pool and loan', () => {
    const keys = [...model.bounds, ...(model.pool ?? []), ...(model.lends ?? []), ...(model.retry ? [model.retry] : []), ...(model.signal ? [model.signal] : [])].map((fact) => fact.source);
    for (const key of keys) expect(Object.keys(model.sources)).toContain(key);
    expect(model.checked.length).toBeGreaterThan(0);
    for (const source of Object.values(model.sources)) expect(source).toMatch(/@\d|^node[ @]|\brun\b/);
  });

  it('has exports and members that lead to client shapes', () => {
    for (const [path, found] of Object.entries({ ...model.exports, ...model.globals })) expectShape(model, found, path);
    for (const [name, shape] of Object.entries(model.clients)) {
      for (const [member, found] of Object.entries(shape.members ?? {})) expectShape(model, found, `${name}.${member}`);
    }
    for (const bound of model.bounds) for (const name of bound.clients ?? []) expect(Object.keys(model.clients)).toContain(name);
    for (const mutator of model.mutators ?? []) if (mutator.onClient !== undefined) expect(Object.keys(model.clients)).toContain(mutator.onClient);
  });

  it('says each thing of an operation once', () => {
    const packages = Object.keys(model.globals ?? {}).length + model.packages.length;
    expect(packages).toBeGreaterThan(0);
    for (const [path, operation] of operationsOf(model)) {
      expectArgument(operation.options, path);
      expectArgument(operation.url, path);
      if (operation.gives !== undefined) expect(Object.keys(model.clients), path).toContain(operation.gives);
      if (operation.hands !== undefined) expect(Object.keys(model.clients), path).toContain(operation.hands.client);
      if (operation.mode === 'stream') expect(operation.streamWhen, `${path} is a stream always`).toBeUndefined();
    }
    for (const [name, shape] of Object.entries(model.clients)) {
      const harmless = new Set(shape.harmless);
      for (const path of Object.keys(shape.operations)) expect(harmless.has(path), `${name}.${path} is I/O and harmless`).toBe(false);
    }
  });

  it('says of a cache operation what its role needs', () => {
    for (const [path, { cache, empty, effect }] of operationsOf(model)) {
      if (cache === undefined) continue;
      for (const ref of [cache.key, cache.field, cache.value, cache.loader, ...(cache.ttl ?? []).map((ttl) => ttl.argument)]) expectArgument(ref, path);
      expect(cache.value !== undefined, `${path}: a write, and only a write, has a value`).toBe(cache.role === 'write');
      expect(cache.loader !== undefined, `${path}: wrap has a loader`).toBe(cache.role === 'wrap');
      if (cache.role === 'expire') expect(cache.ttl?.length, path).toBeGreaterThan(0);
      if (cache.role === 'write' || cache.role === 'delete') expect(effect === 'write' || effect === 'none', path).toBe(true);
      if (cache.role !== 'read') expect(empty, path).toBeUndefined();
      for (const ttl of cache.ttl ?? []) expect((ttl.argument === undefined) !== (ttl.word === undefined), `${path}: a time to live is an argument or follows a word`).toBe(true);
    }
  });

  it('says how its entries last and how its keys are walked', () => {
    if (model.expiry !== undefined) expect(Object.keys(model.sources)).toContain(model.expiry.source);
    for (const [name, walk] of Object.entries(model.keyWalk ?? {})) {
      expect(Object.keys(model.clients)).toContain(name);
      expect(walk.text).toMatch(/\{client\}.*\{pattern\}/);
    }
    for (const [path, { keyspace, cache }] of operationsOf(model)) {
      if (keyspace?.does === 'walks') expect(keyspace.narrowedBy?.length, path).toBeGreaterThan(0);
      else expect(keyspace?.narrowedBy, path).toBeUndefined();
      for (const word of [...(keyspace?.narrowedBy ?? []), ...(cache?.keepsTtl ?? []), ...(cache?.unlessThere ?? [])]) {
        expect((word.argument === undefined) !== (word.word === undefined), `${path}: an argument or a word`).toBe(true);
      }
    }
  });

  it('says of a pool what each option limits', () => {
    for (const { path, clients: shapes, default: otherwise, unless, limits } of model.pool ?? []) {
      for (const name of shapes ?? []) expect(Object.keys(model.clients), path).toContain(name);
      // A default of 0 would have to be read twice: no limit is written "unlimited".
      expect(otherwise, path).not.toBe(0);
      if (unless !== undefined) expect(limits, `${path}: who does not wait needs no queue`).toBe('waiters');
    }
    const keys = (model.pool ?? []).map(({ path, limits }) => `${limits} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says of a loan which shape lends it, and how it is given back', () => {
    for (const { client, call, returned } of model.lends ?? []) {
      expect(Object.keys(client === undefined ? model.exports : model.clients), call).toContain(client ?? call);
      expect(returned.length, call).toBeGreaterThan(0);
    }
    const keys = (model.lends ?? []).map(({ client, call }) => `${client} ${call}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leaves the process or does not', () => {
    if (model.inProcess === undefined) return;
    expect(model.bounds).toEqual([]);
    expect(model.unmendable).toBe(true);
    if (model.inProcess === 'always') for (const [path, { effect }] of operationsOf(model)) expect(effect, path).toBe('none');
  });

  it('has defaults that agree with what 0 means', () => {
    for (const bound of model.bounds) {
      expect(bound.at.length, bound.path).toBeGreaterThan(0);
      // What holds by itself is the client's, and has to say how long it is.
      if (bound.fixed === true) expect([bound.at, bound.default === null], bound.path).toEqual([['client'], false]);
      if (bound.effects !== undefined) expect(bound.effects.length, bound.path).toBeGreaterThan(0);
      // A default of 0 would have to be read twice: "unlimited" is written `null`.
      expect(bound.default, bound.path).not.toBe(0);
      if (bound.rejects === false) expect(bound.requires, `${bound.path}: either never rejects or on a condition`).toBeUndefined();
    }
  });

  it('writes no limit that nothing sets', () => {
    for (const bound of model.bounds.filter(({ fixed }) => fixed === true)) {
      expect([bound.env, bound.urlParameter, bound.requires, bound.shorthand, bound.zero, bound.off].filter((said) => said !== undefined), bound.path).toEqual([]);
      expect((model.edits ?? []).map(({ path }) => path)).not.toContain(bound.path);
    }
  });

  it('has no two bounds of the same option that say the same', () => {
    const keys = model.bounds.map((bound) => [bound.path, bound.covers, bound.versions, bound.clients?.join(), bound.effects?.join(), bound.at.join()].join('|'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has mutators that a text search can find', () => {
    for (const mutator of model.mutators ?? []) {
      expect(mutator.text.trim().length).toBeGreaterThan(3);
      for (const id of mutator.affects ?? []) expect(clients.map((other) => other.id)).toContain(id);
    }
  });

  it('speaks in one plain clause', () => {
    const sentences = [model.unbounded, model.unboundedElsewhere, model.mend, ...model.bounds.map((bound) => bound.note), model.retry?.note, model.seam?.note];
    for (const text of sentences) {
      if (text === undefined) continue;
      expect(text, text).toMatch(/^(?:[a-zPA-Z])/);
      expect(text, text).not.toMatch(/[.!]$|\. [A-Z]|!/);
    }
    expect(model.unbounded[0], model.unbounded).toBe(model.unbounded[0]!.toLowerCase());
  });

  it('can name a bound or a signal, or says that there is none', () => {
    const helps = model.bounds.some((bound) => bound.fixed !== true && bound.rejects !== false && bound.covers !== 'connect' && bound.covers !== 'queue') || model.signal !== undefined;
    // A handler is only the options of another client.
    if (Object.keys(model.clients).length > 0 || operationsOf(model).length > 0) expect(helps || model.unmendable === true).toBe(true);
  });
});

describe.each(policies.map((model) => [model.id, model] as const))('policy %s', (_, model) => {
  it('is whole', () => {
    expect(model.packages.length).toBeGreaterThan(0);
    expect(Object.keys(model.sources).length).toBeGreaterThan(0);
    if (model.retry !== undefined) {
      expect(Object.keys(model.sources)).toContain(model.retry.source);
      expect(Object.values(model.exports).some((found) => found.retries === true || found.retryOptions !== undefined)).toBe(true);
      for (const edit of model.retry.edits ?? []) expect(edit.versions === undefined || isRange(edit.versions), edit.path).toBe(true);
    }
    for (const [name, found] of Object.entries(model.exports)) {
      if (found.retries === true || found.retryMethods !== undefined) expect(found.retryOptions, name).toBeDefined();
      if (found.does.startsWith('bounds') && found.does !== 'bounds-stream') expect(found.subject, name).toBeDefined();
      if (found.does === 'makes-policy') expect(found.runs?.methods.length || Object.keys(found.retryMethods ?? {}).length, name).toBeGreaterThan(0);
      if (found.versions !== undefined) expect(isRange(found.versions)).toBe(true);
    }
  });
});

it('finds the best of several patterns', () => {
  const entries = { '*': 'any', 'get*': 'get', getItem: 'item', '**.list': 'list', '**': 'deep', 'a.*.c': 'middle' };
  expect(findByPath(entries, 'put')).toBe('any');
  expect(findByPath(entries, 'getObject')).toBe('get');
  expect(findByPath(entries, 'getItem')).toBe('item');
  expect(findByPath(entries, 'chat.models.list')).toBe('list');
  expect(findByPath(entries, 'a.b.c')).toBe('middle');
  expect(findByPath(entries, 'a.b.c.d')).toBe('deep');
  expect(findByPath({ a: 1 }, 'constructor')).toBeUndefined();
});
