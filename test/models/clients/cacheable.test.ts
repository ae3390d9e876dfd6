import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callTable } from './call-table.js';

callTable('cacheable', "import { Cacheable, CacheableMemory } from 'cacheable'; const cache = new Cacheable({ secondary: store }); const memory = new CacheableMemory({ ttl: '1h' });", [
  ['a read', 'await cache.get(key);', ['read undefined']],
  ['a read that removes', 'await cache.take(key);', ['write undefined']],
  ['a write', "await cache.set(key, value, '1h');", ['write']],
  ['a value that is loaded', 'await cache.getOrSet(key, async () => load(key));', ['read']],
  ['a deletion', 'await cache.delete(key); await cache.clear();', ['write', 'write']],
  ['a cache that is handed in', 'async function f(c: Cacheable) { return c.get(key); }', ['read undefined']],
  ['a read in the process', 'memory.get(key); memory.set(key, value, 50);', ['none undefined', 'none']],
  ['nothing but listeners', "cache.on('error', log);", []],
]);

describe('a time limit', () => {
  it('is asked of neither, as a store in the process calls nobody', () => {
    expect(verdictAt("import { Cacheable } from 'cacheable'; const cache = new Cacheable(); await /*a*/ cache.get(key);")).toBe('silent');
    expect(verdictAt("import { CacheableMemory } from 'cacheable'; const cache = new CacheableMemory(); /*a*/ cache.get(key);")).toBe('silent');
  });
});
