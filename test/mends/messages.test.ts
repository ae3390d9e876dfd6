import { afterAll, describe, expect, it } from 'vitest';
import { unboundedSites } from '../../src/facts/unbounded-sites.js';
import { wordsOf } from '../../src/facts/unbounded-words.js';
import { allModels } from '../../src/models/lookup.js';
import type { Runtime } from '../../src/project/runtime.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';
import { S3, SAMPLES, type Sample } from './unbounded-samples.js';

afterAll(removeTempProjects);

/** The message as the rule puts it together. */
function messagesOf(sample: Sample, runtime: Runtime, files: Readonly<Record<string, string>> = {}): string[] {
  const file = tempProject({ 'src/a.ts': sample.code, ...files }, sample.installed).file('src/a.ts');
  return unboundedSites(file).map((site) => {
    const { finding, consequence, mend } = wordsOf(file, site, runtime);
    return `${finding}: ${consequence}. ${mend}.`;
  });
}

const models = allModels().clients;

describe.each(models.map((model) => [model.id, model] as const))('%s', (id, model) => {
  const sample = SAMPLES[id];

  it('has a sample', () => {
    expect(sample, 'add a call that nothing bounds to SAMPLES, or null where the library bounds every call').not.toBeUndefined();
  });

  it.skipIf(sample == null)('is said in one message', () => {
    const messages = messagesOf(sample!, 'node');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchSnapshot();
    wellFormed(messages[0]!);
  });

  it.skipIf(sample == null)('names no number of Node elsewhere', () => {
    for (const runtime of ['browser', 'worker', 'unknown'] as const) {
      const message = messagesOf(sample!, runtime)[0]!;
      wellFormed(message);
      if (model.unboundedElsewhere !== undefined) {
        expect(message).toContain(model.unboundedElsewhere);
        expect(model.unboundedElsewhere).not.toMatch(/\d+ s\b|\bNode\b/);
      } else expect(message).not.toContain('in Node');
    }
  });
});

it('has no sample of a model that is gone', () => {
  const known = new Set(models.map((model) => model.id));
  expect(Object.keys(SAMPLES).filter((id) => !known.has(id))).toEqual([]);
});

describe('the version', () => {
  const code = "import axios from 'axios';\nawait axios.get('https://a.example');";
  const manifest = (range: string): Record<string, string> => ({ 'package.json': JSON.stringify({ name: 'a', dependencies: { axios: range } }) });

  it.each([
    ['installed', { axios: '1.7.2' }, manifest('^1.7.0'), '(axios 1.7.2)'],
    ['declared only', {}, manifest('^1.7.0'), '(axios ^1.7.0 in package.json)'],
    ['declared, an older major', {}, manifest('^0.27.0'), '(axios ^0.27.0 in package.json)'],
    ['declared with no upper end', {}, manifest('>=0.20'), '(version not found; taken as axios >=1)'],
    ['declared by a tag', {}, manifest('latest'), '(version not found; taken as axios >=1)'],
    ['a workspace range', {}, manifest('workspace:*'), '(version not found; taken as axios >=1)'],
    ['unknown', {}, {}, '(version not found; taken as axios >=1)'],
  ])('%s', (_name, installed, files, note) => {
    expect(messagesOf({ code, installed: installed as Record<string, string> }, 'node', files as Record<string, string>)[0]).toContain(note);
  });

  it('chooses the model by the declared range', () => {
    const [message] = messagesOf({ code: "import got from 'got';\nawait got('https://a.example');" }, 'node', { 'package.json': JSON.stringify({ name: 'a', dependencies: { got: '^11.8.0' } }) });
    expect(message).toContain('(got ^11.8.0 in package.json). Set `timeout: { request: ms }`, or `timeout: ms`.');
  });

  it('is that of the imported package, where a model serves many', () => {
    const [message] = messagesOf({ code: S3, installed: { '@aws-sdk/client-s3': '3.600.0' } }, 'node');
    expect(message).toContain('(@aws-sdk/client-s3 3.600.0)');
  });
});

function wellFormed(message: string): void {
  expect(message).not.toMatch(/\.\.|\s\s|\bundefined\b|\{\{/);
  expect(message.match(/silent server|a child that hangs/g) ?? []).toHaveLength(1);
  expect(message).toMatch(/^[`A-Z].*\.$/);
  // No phrase of four words is said twice.
  expect(message).not.toMatch(/\b(\w+ \w+ \w+ \w+)\b.*\b\1\b/);
}
