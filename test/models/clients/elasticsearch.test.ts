import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const ELASTIC = "import { Client } from '@elastic/elasticsearch'; const client = new Client({ node });";

describe('what its calls do', () => {
  it.each([
    ['a search', "await client.search({ index: 'i', query });", ['read hits.hits[0] undefined']],
    ['a document', "await client.index({ index: 'i', document });", ['write']],
    ['below a name', "await client.indices.create({ index: 'i' }); await client.cat.indices(); await client.cluster.health();", ['write', 'read', 'read']],
    ['something else', 'await client.ml.openJob({ job_id });', ['unknown']],
    ['a stream', "await client.search({ index: 'i' }, { asStream: true });", ['stream read hits.hits[0] undefined']],
    ['many documents', 'await client.helpers.bulk({ datasource, onDocument });', ['stream unknown']],
    ['a child', 'await client.child({ headers }).count();', ['read']],
    ['a client that is handed in', "import type { Client as C } from '@elastic/elasticsearch'; const f = (search: C) => search.bulk({ operations });", ['write']],
    ['closing is no call', 'await client.close();', []],
  ])('%s', (_, code, expected) => expect(callsIn(`${ELASTIC}\n${code}`)).toEqual(expected));

  it('in the body of the answer in 7', () => {
    expect(callsIn(`${ELASTIC}\nawait client.search({ index: 'i' });`, { '@elastic/elasticsearch': '7.17.14' })).toEqual(['read body.hits.hits[0] undefined']);
  });
});

describe('what bounds them', () => {
  const program = (client: string, options = ''): string => `import { Client } from '@elastic/elasticsearch'; const client = new Client(${client}); await /*a*/ client.search({ index: 'i' }${options});`;

  it.each([
    ['nothing', '{ node }', '', 'unbounded absent'],
    ['the client', '{ node, requestTimeout: 5000 }', '', 'bounded client-option'],
    ['the call', '{ node }', ', { requestTimeout: 5000 }', 'bounded call-option'],
    ['a signal', '{ node }', ', { signal: AbortSignal.timeout(5000) }', 'bounded signal'],
    ['the limit of pings is another one', '{ node, pingTimeout: 5000 }', '', 'unbounded absent'],
    ['options that are not known', '{ node }', ', load()', 'unknown opaque-call'],
  ])('%s', (_, client, options, expected) => expect(verdictAt(program(client, options))).toBe(expected));

  it('has other defaults in each major', () => {
    expect(verdictAt({ main: program('{ node }'), installed: { '@elastic/elasticsearch': '9.5.1' } })).toBe('unbounded absent');
    expect(verdictAt({ main: program('{ node }'), installed: { '@elastic/elasticsearch': '8.19.2' } })).toBe('unbounded absent');
    expect(verdictAt({ main: program('{ node }'), installed: { '@elastic/elasticsearch': '7.17.14' } })).toBe('bounded library-default');
  });
});
