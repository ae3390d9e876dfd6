import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const COSMOS = "import { CosmosClient } from '@azure/cosmos'; const client = new CosmosClient({ endpoint, key }); const items = client.database('d').container('c');";

describe('what the calls of Cosmos do', () => {
  it.each([
    ['an item', "const { resource } = await items.item(id, id).read();", ['read resource undefined']],
    ['a new one', 'await items.items.create({ id });', ['write']],
    ['one that is replaced', 'await items.item(id, id).replace({ id });', ['write']],
    ['what is not known', "await items.items.query('SELECT * FROM c').fetchAll();", []],
    ['a container that is handed in', "import type { Container } from '@azure/cosmos'; const f = (c: Container) => c.item(id, id).read();", ['read resource undefined']],
    ['the names alone are no call', 'const item = items.item(id, id);', []],
  ])('%s', (_, code, expected) => expect(callsIn(`${COSMOS}\n${code}`)).toEqual(expected));

  it('end after a minute by themselves', () => {
    expect(verdictAt("import { CosmosClient } from '@azure/cosmos'; const client = new CosmosClient({ endpoint, key }); await /*a*/ client.database('d').container('c').item(id, id).read();")).toBe('bounded library-default');
  });
});

describe('what bounds a request of the pipeline', () => {
  const program = (request: string): string =>
    `import { createDefaultHttpClient, createPipelineRequest } from '@azure/core-rest-pipeline'; const client = createDefaultHttpClient(); await /*a*/ client.sendRequest(${request});`;

  it.each([
    ['nothing', 'createPipelineRequest({ url })', 'unbounded absent'],
    ['a limit', 'createPipelineRequest({ url, timeout: 5000 })', 'bounded call-option'],
    ['a signal', 'createPipelineRequest({ url, abortSignal: AbortSignal.timeout(5000) })', 'bounded signal'],
    ['none, which was chosen', 'createPipelineRequest({ url, timeout: 0 })', 'bounded no-limit-chosen'],
    ['a request that is not known', 'load()', 'unknown opaque-call'],
  ])('%s', (_, request, expected) => expect(verdictAt(program(request))).toBe(expected));

  it('the same through a pipeline', () => {
    const code = (options: string): string =>
      `import { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline'; const pipeline = createPipelineFromOptions({}); await /*a*/ pipeline.sendRequest(createDefaultHttpClient(), createPipelineRequest({ url${options} }));`;
    expect(verdictAt(code(''))).toBe('unbounded absent');
    expect(verdictAt(code(', timeout: 5000'))).toBe('bounded call-option');
  });
});
