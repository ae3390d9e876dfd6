import { describe, expect, it } from 'vitest';
import { modelsForPackage, policiesForPackage, selectVersion } from '../../src/models/lookup.js';
import { inRange } from '../../src/models/version-range.js';
import { reportsOf, verdictAt } from '../facts/support.js';
import { sourceOf } from '../support/source.js';

const client = (name: string, version: string) => selectVersion(modelsForPackage(name), version);
const policy = (name: string, version: string) => selectVersion(policiesForPackage(name), version);

describe('ky counts the first attempt in its limit before 1.2', () => {
  it.each([
    ['0.33.3', 'ky-0', 1, 'attempts'],
    ['1.1.3', 'ky-0', 1, 'attempts'],
    ['1.2.0', 'ky', 2, undefined],
    ['1.14.3', 'ky', 2, undefined],
    ['2.1.0', 'ky-2', 2, undefined],
  ] as const)('%s', (version, id, retries, counts) => {
    const { retry, ...model } = client('ky', version);
    expect([model.id, retry?.retries, retry?.counts]).toEqual([id, retries, counts]);
  });

  it('has the same limits in time', () => expect(client('ky', '1.1.3').bounds).toEqual(client('ky', '1.14.3').bounds));

  it('a seam of `create` exists from 1 on', () => {
    expect(inRange('1.1.3', client('ky', '1.1.3').seam!.versions!)).toBe(true);
    expect(inRange('0.33.3', client('ky', '0.33.3').seam!.versions!)).toBe(false);
  });
});

describe('async-retry has no random part before 1.3.1', () => {
  it.each([['1.2.3', false], ['1.3.0', false], ['1.3.1', true], ['1.3.3', true]] as const)('%s: %s', (version, jitter) => {
    const { retry } = policy('async-retry', version);
    expect(retry!.jitter).toBe(jitter);
    expect(retry!.edits!.some(({ adds }) => adds === 'jitter')).toBe(!jitter);
  });
});

describe('superagent', () => {
  const superagent = (chain: string) => verdictAt(`import superagent from 'superagent'; await /*a*/ superagent.post(url).send(body)${chain};`);

  it.each([
    ['a limit of uploading alone bounds nothing in Node', '.timeout({ upload: 300 })', 'unbounded absent'],
    ['beside a deadline it does no harm', '.timeout({ upload: 300, deadline: 5000 })', 'bounded chained'],
    ['a limit of the reply', '.timeout({ response: 300 })', 'bounded chained'],
    ['limits that come from elsewhere', '.timeout(limits)', 'bounded chained'],
    ['no limit', '', 'unbounded absent'],
  ])('%s', (_, chain, expected) => expect(superagent(chain)).toBe(expected));

  it('is reported', () => {
    const code = "import superagent from 'superagent';\nexport const f = async () => { await superagent.get(url).timeout({ upload: 300 }); };";
    expect(reportsOf(sourceOf(code, '/project/src/main.ts'))).toEqual([expect.stringMatching(/^2: /)]);
  });
});

describe('needle takes a signal from 3.3 on', () => {
  const needle = (version: string) => verdictAt({ main: "import needle from 'needle'; await /*a*/ needle.get(url, { signal: AbortSignal.timeout(5) });", installed: { needle: version } });

  it.each([['3.5.0', 'bounded'], ['3.3.0', 'bounded'], ['3.2.0', 'unbounded'], ['2.9.1', 'unbounded']])('%s: %s', (version, expected) => expect(needle(version)).toMatch(new RegExp(`^${expected} `)));
});

describe('graphql-request 6 hands the options of its client to node-fetch', () => {
  const asked = (options: string, version: string, call = "client.request('{ a }')") =>
    verdictAt({
      main: `import { GraphQLClient } from 'graphql-request'; const client = new GraphQLClient('https://a.example'${options}); export const f = async () => { await /*a*/ ${call}; };`,
      installed: { 'graphql-request': version },
    });

  it.each([
    ['a limit of the client', ', { timeout: 300 }', '6.1.0', 'bounded client-option'],
    ['the same in 7', ', { timeout: 300 }', '7.4.0', 'unbounded absent'],
    ['none', '', '6.1.0', 'unbounded absent'],
    ['none in 7', '', '7.4.0', 'unbounded absent'],
    ['a limit that is switched off', ', { timeout: 0 }', '6.1.0', 'bounded no-limit-chosen'],
    ['options that come from elsewhere', ', options', '6.1.0', 'unknown'],
  ])('%s', (_, options, version, expected) => expect(asked(options, version)).toMatch(new RegExp(`^${expected}`)));

  it('in a call it is a variable', () => expect(asked('', '6.1.0', 'client.request({ document: query, timeout: 300 })')).toBe('unbounded absent'));
});

it('p-retry has no `forever` from 7 on', () => {
  expect(policy('p-retry', '6.2.1').retry!.forever).toBe('forever');
  expect(policy('p-retry', '7.0.0').retry!.forever).toBeUndefined();
  expect(policy('p-retry', '6.2.1').exports['makeRetriable']).toBeUndefined();
});
