import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';

const BEFORE = "import couchbase from 'couchbase'; const cluster = await couchbase.connect('couchbase://db', { username: 'a', password: 'b' }); const users = cluster.bucket('shop').defaultCollection();\n";

describe('what its calls do', () => {
  it.each([
    ['a read, which fails where nothing is', "const { content } = await users.get('a');", ['read']],
    ['writes', "await users.upsert('a', {}); await users.remove('a');", ['write', 'write']],
    ['counters', "await users.binary().increment('n', 1);", ['write']],
    ['queries of a cluster and of a scope', "await cluster.query('SELECT 1'); await cluster.bucket('a').scope('b').query('SELECT 1');", ['unknown', 'unknown']],
    ['a collection of a scope', "await cluster.bucket('a').scope('b').collection('c').exists('d');", ['read']],
    ['what asks nobody', "users.list('a'); await cluster.close();", []],
    ['a collection that is handed in', "import type { Collection } from 'couchbase'; const f = (c: Collection) => c.get('a');", ['read']],
  ])('%s', (_, code, expected) => expect(seenCalls(BEFORE + code)).toEqual(expected));
});

describe('what bounds them', () => {
  const made = (options: string): string => `import { connect } from 'couchbase'; const cluster = await connect('couchbase://db', ${options}); const users = cluster.bucket('shop').defaultCollection();`;
  it.each([
    ['a read, by itself', `${BEFORE} await /*a*/ users.get('a');`, 'bounded library-default'],
    ['a query, by itself', `${BEFORE} await /*a*/ cluster.query('SELECT 1');`, 'bounded library-default'],
    ['a limit of the call', `${BEFORE} await /*a*/ users.get('a', { timeout: 300 });`, 'bounded call-option'],
    ['a limit of keys', `${made('{ timeouts: { kvTimeout: 500 } }')} await /*a*/ users.get('a');`, 'bounded client-option'],
    ['a limit of keys is none of queries', `${made('{ timeouts: { kvTimeout: 500 } }')} await /*a*/ cluster.query('SELECT 1');`, 'bounded library-default'],
    ['0 is the default', `${made('{ timeouts: { kvTimeout: 0 } }')} await /*a*/ users.get('a');`, 'bounded client-option'],
    ['options from elsewhere', `${BEFORE} export const f = (options) => /*a*/ users.get('a', options);`, 'unknown parameter'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('reports nothing', () => expect(reportsOf(sourceOf(`${BEFORE} await users.get('a'); await cluster.query('SELECT 1');`))).toEqual([]));
});
