import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';

const BEFORE = "import { Client } from 'cassandra-driver'; const client = new Client({ contactPoints: ['a'], localDataCenter: 'dc1' });\n";

describe('what its calls do', () => {
  it.each([
    ['a query', "await client.execute('SELECT id FROM t WHERE id = ?', [id], { prepare: true });", ['by-sql rows[0] undefined (sql)']],
    ['a batch', 'await client.batch(queries, { prepare: true });', ['write']],
    ['rows one by one', "client.eachRow('SELECT id FROM t', [], {}, onRow, done);", ['by-sql (stream)']],
    ['a stream', "client.stream('SELECT id FROM t').on('data', onRow);", ['by-sql (stream)']],
    ['connecting', 'await client.connect();', ['none']],
    ['the end', 'await client.shutdown();', []],
  ])('%s', (_, code, expected) => expect(seenCalls(BEFORE + code)).toEqual(expected));
});

describe('what bounds them', () => {
  it.each([
    ['its own 12 s', `${BEFORE} await /*a*/ client.execute('SELECT 1');`, 'bounded library-default'],
    ['a limit of the call', `${BEFORE} await /*a*/ client.execute('SELECT 1', [], { readTimeout: 500 });`, 'bounded call-option'],
    ['a limit of the client', "import c from 'cassandra-driver'; const client = new c.Client({ socketOptions: { readTimeout: 500 } }); await /*a*/ client.execute('SELECT 1');", 'bounded client-option'],
    ['no limit, which somebody chose', `${BEFORE} await /*a*/ client.execute('SELECT 1', [], { readTimeout: 0 });`, 'bounded no-limit-chosen'],
    ['options from elsewhere', `${BEFORE} export const f = (options) => /*a*/ client.execute('SELECT 1', [], options);`, 'unknown parameter'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('reports nothing', () => expect(reportsOf(sourceOf(`${BEFORE} await client.execute('SELECT 1'); await client.batch(queries);`))).toEqual([]));
});
