import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const ANTHROPIC = "import Anthropic from '@anthropic-ai/sdk'; const client = new Anthropic();";

describe('what its calls do', () => {
  it.each([
    ['an answer', 'await client.messages.create({ model, max_tokens: 100, messages });', ['write']],
    ['an answer in pieces', 'for await (const piece of await client.messages.create({ model, messages, stream: true })) use(piece);', ['stream write']],
    ['a stream', 'client.messages.stream({ model, messages });', ['stream write']],
    ['a count', 'await client.messages.countTokens({ model, messages });', ['read']],
    ['models', 'await client.models.list();', ['read']],
    ['a batch and its results', 'await client.messages.batches.retrieve(id); await client.messages.batches.results(id);', ['read', 'stream read']],
    ['the named export, with options', "import { Anthropic as A } from '@anthropic-ai/sdk'; await new A().withOptions({ maxRetries: 0 }).messages.create({ model });", ['write']],
    ['a client that is handed in', "import type { Anthropic as T } from '@anthropic-ai/sdk'; const f = (ai: T) => ai.messages.create({ model });", ['write']],
  ])('%s', (_, code, expected) => expect(callsIn(`${ANTHROPIC}\n${code}`)).toEqual(expected));
});

describe('what bounds them', () => {
  const program = (client: string, options: string): string => `import Anthropic from '@anthropic-ai/sdk'; const client = new Anthropic(${client}); await /*a*/ client.messages.create({ model, messages }${options});`;

  it.each([
    ['nothing but ten minutes', '', '', 'unbounded absent'],
    ['the client', '{ timeout: 20_000 }', '', 'bounded client-option'],
    ['the call', '', ', { timeout: 20_000 }', 'bounded call-option'],
    ['a signal', '', ', { signal: AbortSignal.timeout(20_000) }', 'bounded signal'],
    ['fewer retries alone', '', ', { maxRetries: 0 }', 'unbounded absent'],
    ['options that are not known', '', ', load()', 'unknown opaque-call'],
  ])('%s', (_, client, options, expected) => expect(verdictAt(program(client, options))).toBe(expected));

  it('the limit of the client is not that of `messages.create` before 0.25', () => {
    const main = program('{ timeout: 20_000 }', '');
    expect(verdictAt({ main, installed: { '@anthropic-ai/sdk': '0.24.3' } })).toBe('unbounded absent');
    expect(verdictAt({ main, installed: { '@anthropic-ai/sdk': '0.27.3' } })).toBe('bounded client-option');
  });
});
