import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callTable } from './call-table.js';

callTable('memcached', "import Memcached from 'memcached'; const cache = new Memcached('cache:11211', { timeout: 500 });", [
  ['a read', 'cache.get(key, (error, data) => use(data));', ['read']],
  ['reads', 'cache.getMulti(keys, done);', ['read']],
  ['a write', 'cache.set(key, value, 60, done); cache.add(key, value, 60, done);', ['write', 'write']],
  ['a count', 'cache.incr(key, 1, done);', ['write']],
  ['a deletion', 'cache.del(key, done); cache.flush(done);', ['write', 'write']],
  ['a client that is required', "const M = require('memcached'); const c = new M('cache'); function f() { c.get(key, done); }", ['read']],
  ['a client that is handed in', 'function f(client: Memcached) { client.touch(key, 60, done); }', ['write']],
  ['listeners and the end', "cache.on('failure', log); cache.end();", []],
]);

describe('a limit of memcached', () => {
  it.each([
    ['none', "const c = /*a*/ new Memcached('cache'); c.get(key, done);", 'unbounded absent'],
    ['for connecting alone', "const c = /*a*/ new Memcached('cache', { timeout: 500 }); c.get(key, done);", 'unbounded absent'],
    // No option bounds an answer, so it is the same whatever they are.
    ['unknown options', "export function make(options) { const c = /*a*/ new Memcached('cache', options); c.get(key, done); }", 'unbounded absent'],
  ])('%s', (_, code, expected) => expect(verdictAt(`import Memcached from 'memcached'; ${code}`)).toBe(expected));
});
