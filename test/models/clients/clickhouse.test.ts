import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const CLICKHOUSE = "import { createClient } from '@clickhouse/client'; const clickhouse = createClient({ url });";

describe('what its calls do', () => {
  it.each([
    ['a query', "const rows = await (await clickhouse.query({ query: 'SELECT 1' })).json();", ['read']],
    ['an insert', "await clickhouse.insert({ table: 't', values });", ['write']],
    ['a command may be either', "await clickhouse.command({ query: 'OPTIMIZE TABLE t' });", ['unknown']],
    ['a stream', "await clickhouse.exec({ query: 'SELECT 1' });", ['stream unknown']],
    ['a client that is handed in', "import type { ClickHouseClient } from '@clickhouse/client'; const f = (db: ClickHouseClient) => db.query({ query: 'SELECT 1' });", ['read']],
    ['closing is no call', 'await clickhouse.close();', []],
  ])('%s', (_, code, expected) => expect(callsIn(`${CLICKHOUSE}\n${code}`)).toEqual(expected));
});

describe('what bounds them', () => {
  const program = (client: string, call: string): string => `import { createClient } from '@clickhouse/client'; const clickhouse = createClient(${client}); await /*a*/ clickhouse.query({ query: 'SELECT 1'${call} });`;

  it.each([
    ['its own limit', '{ database }', '', 'bounded library-default'],
    ['the client', '{ database, request_timeout: 5000 }', '', 'bounded client-option'],
    ['none, which was chosen', '{ database, request_timeout: 0 }', '', 'bounded no-limit-chosen'],
    ['a signal', '{ database }', ', abort_signal: AbortSignal.timeout(5000)', 'bounded signal'],
  ])('%s', (_, client, call, expected) => expect(verdictAt(program(client, call))).toBe(expected));

  it('says nothing of an address that may hold a limit', () => expect(verdictAt(program('{ url }', ''))).toBe('unknown connection-url'));

  it('has five minutes before 1', () => {
    const installed = { '@clickhouse/client': '0.2.10' };
    expect(verdictAt({ main: program('{ host }', ''), installed })).toBe('unbounded absent');
    expect(verdictAt({ main: program('{ host, request_timeout: 5000 }', ''), installed })).toBe('bounded client-option');
    expect(verdictAt({ main: program('load()', ''), installed })).toBe('unknown opaque-call');
  });
});
