import { describe, expect, it } from 'vitest';
import { allModels } from '../../src/models/lookup.js';
import type { CacheModel, EmptyResult } from '../../src/models/types.js';

const { clients } = allModels();

/** The operation of the first shape of a model that has it. */
function operation(id: string, name: string): { readonly cache: CacheModel | undefined; readonly empty: EmptyResult | undefined } {
  const model = clients.find((one) => one.id === id)!;
  const found = Object.values(model.clients).map((shape) => shape.operations[name]).find((one) => one !== undefined);
  return { cache: found?.cache, empty: found?.empty };
}

describe('a missing key', () => {
  it.each([
    ['ioredis', 'get', '', 'null'],
    ['ioredis', 'hgetall', '', '{}'],
    ['ioredis', 'smembers', '', '[]'],
    ['ioredis', 'mget', '[0]', 'null'],
    ['redis', 'hGetAll', '', '{}'],
    ['redis', 'HGETALL', '', '{}'],
    // The client of Upstash gives null where the command gives an empty list.
    ['upstash-redis', 'hgetall', '', 'null'],
    ['cache-manager', 'get', '', 'undefined'],
    ['cache-manager-6', 'get', '', 'null'],
    ['cache-manager-5', 'get', '', 'undefined'],
    ['keyv', 'get', '', 'undefined'],
    ['lru-cache', 'get', '', 'undefined'],
    ['node-cache', 'get', '', 'undefined'],
    ['node-cache', 'mget', '', '{}'],
    ['memjs', 'get', 'value', 'null'],
    ['cacheable', 'get', '', 'undefined'],
  ])('of %s %s reads at "%s" as %s', (id, name, path, value) => {
    expect(operation(id, name).empty).toEqual({ path, value });
  });

  it('of cache-manager 4 reads as its store has it', () => {
    expect(operation('cache-manager-4', 'get').empty).toBeUndefined();
  });
});

describe('a time to live', () => {
  it.each([
    ['ioredis', 'set', { word: 'EX', unit: 's' }],
    ['ioredis', 'set', { word: 'PX', unit: 'ms' }],
    ['ioredis', 'setex', { argument: { at: [1] }, unit: 's' }],
    ['ioredis', 'psetex', { argument: { at: [1] }, unit: 'ms' }],
    ['redis', 'set', { argument: { at: [2], path: 'PX' }, unit: 'ms' }],
    ['redis', 'expire', { argument: { at: [1] }, unit: 's' }],
    ['cache-manager', 'set', { argument: { at: [2] }, unit: 'ms' }],
    ['cache-manager-5', 'set', { argument: { at: [2] }, unit: 'ms' }],
    ['cache-manager-4', 'set', { argument: { at: [2], path: 'ttl' }, unit: 's' }],
    ['keyv', 'set', { argument: { at: [2] }, unit: 'ms' }],
    ['lru-cache', 'set', { argument: { at: [2], path: 'ttl' }, unit: 'ms' }],
    ['lru-cache-6', 'set', { argument: { at: [2] }, unit: 'ms' }],
    ['node-cache', 'set', { argument: { at: [2] }, unit: 's' }],
    ['memjs', 'set', { argument: { at: [2], path: 'expires' }, unit: 's' }],
    ['memcached', 'set', { argument: { at: [2] }, unit: 's' }],
    ['memcached', 'cas', { argument: { at: [3] }, unit: 's' }],
    ['cacheable', 'set', { argument: { at: [2] }, unit: 'ms' }],
    ['redis-5', 'set', { argument: { at: [2], path: 'expiration.value' }, unit: 's' }],
  ] as const)('of %s %s can be %j', (id, name, ttl) => {
    expect(operation(id, name).cache?.ttl).toContainEqual(ttl);
  });

  it('of redis 4 is none where `expiration` says it, as that version knows no such option', () => {
    expect(operation('redis-4', 'set').cache?.ttl?.some(({ argument }) => argument?.path === 'expiration.value')).toBe(false);
  });
});
