import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allModels } from '../../../src/models/lookup.js';
import { fingerprintOf } from './fingerprint.mjs';
import { packagesOf } from './versions.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const results = read('results.json');
const lock = read('versions.json');
const table = read('packages.json');
const { clients, policies } = allModels();
const models = [...clients, ...policies];

describe('results.json', () => {
  it.each(models.map((model) => [model.id, model]))('holds %s as it is', (id, model) => {
    const rows = results.filter((row) => row.model === id);
    const again = `run: npm run models:types -- --only ${id}`;
    for (const name of packagesOf(model, table)) {
      const versions = lock[id]?.[name]?.versions ?? [];
      expect(versions, `${name} has no versions; ${again}`).not.toEqual([]);
      expect(rows.filter((row) => row.package === name).map(({ version }) => version), `other versions of ${name} than in versions.json; ${again}`).toEqual(versions);
    }
    expect(lock[id], `the range of the model is another; ${again}`).toMatchObject(Object.fromEntries(packagesOf(model, table).map((name) => [name, { of: model.versions ?? '*' }])));
    expect(rows.map(({ fingerprint }) => fingerprint), `the model says other paths than were asked for; ${again}`).toEqual(rows.map(() => fingerprintOf(model)));
    expect(rows.flatMap(({ failures }) => failures), again).toEqual([]);
  });

  it('holds nothing of models that are gone', () => {
    expect([...new Set(results.map(({ model }) => model))].filter((id) => !models.some((model) => model.id === id))).toEqual([]);
  });

  it('knows a model by its paths, not by what is said of them', () => {
    const model = { id: 'm', bounds: [{ path: 'timeout', at: ['call'], note: 'ends it' }], mend: 'set it' };
    expect(fingerprintOf({ ...model, mend: 'do', bounds: [{ at: ['call'], path: 'timeout', note: 'stops it' }] })).toBe(fingerprintOf(model));
    expect(fingerprintOf({ ...model, bounds: [{ path: 'timeoutMs', at: ['call'], note: 'ends it' }] })).not.toBe(fingerprintOf(model));
  });
});
