import { describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/parse.js';
import { mendLines } from '../../src/cli/mend-lines.js';
import { allModels, modelsForPackage, selectVersion } from '../../src/models/lookup.js';
import { openProgram } from '../facts/support.js';
import { factsOfFile } from '../../src/facts/file-facts.js';

const all = allModels().clients.flatMap((model) => {
  const name = model.packages[0]?.replace('*', 's3') ?? Object.keys(model.globals ?? {})[0]!;
  return mendLines(model, name, null).map((line) => [model.id, name, line, model] as const);
});

describe('the code that mends', () => {
  it('is there for most models that say how a bound is written', () => {
    const silent = allModels().clients.filter((model) => (model.edits ?? []).length > 0 && !all.some(([id]) => id === model.id));
    // How these are called is nowhere written whole: generated stubs and methods, options of another client, a handler alone, options far behind.
    expect(silent.map(({ id }) => id).sort()).toEqual(['anthropic-0.24', 'aws-sdk-v3-handler', 'aws-sdk-v3-upload', 'google-cloud-pubsub', 'grpc-js', 'octokit-request', 'soap', 'trpc-client']);
  });

  it.each(all)('%s: is JavaScript', (_, __, line) => {
    const text = `${line.import ?? ''}\nvoid (${line.code});\n`;
    expect(parse('/a.mjs', text).ok, text).toBe(true);
  });

  // What is pasted has to be what the rule takes for a bound; of the models that hold where no version is known.
  const judged = all.filter(([id, name, line]) => line.import !== null && modelsForPackage(name).length > 0 && selectVersion(modelsForPackage(name), null).id === id);
  it.each(judged)('%s: bounds the call or the client in %s', (_, name, line, model) => {
    const made = line.at === 'client' ? `export const made = ${line.code};` : `export const sent = (url, body, sql) => ${line.code};`;
    const file = openProgram({ main: `${line.import}\n${made}\n`, files: { 'package.json': `{ "name": "a", "type": "module", "dependencies": { "${name}": "*" } }` } });
    const facts = factsOfFile(file);
    const found = [...facts.timeBounds(), ...facts.wholeClients()].map(({ verdict }) => verdict);
    expect(found.filter((verdict) => verdict === 'unbounded'), model.id).toEqual([]);
    if (line.at === 'call') expect(found).toContain('bounded');
  });
});
