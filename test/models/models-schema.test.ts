import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { allModels } from '../../src/models/lookup.js';
import { readUserModels } from '../../src/models/user-models.js';

const schema = JSON.parse(readFileSync('docs/schemas/models.json', 'utf8')) as Record<string, unknown> & { $defs: Record<string, Record<string, unknown>> };
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** Does the file pass the schema of the editor, and does the linter take it? */
const verdicts = (file: unknown) => ({ editor: validate(file), linter: readUserModels(file).errors.length === 0 });

const minimal = {
  packages: ['@acme/http'],
  exports: { AcmeClient: { is: 'class', makes: 'client' } },
  clients: { client: { operations: { get: {} } } },
  bounds: [{ path: 'timeout', covers: 'total' }],
};
const policy = { packages: ['@acme/limit'], exports: { bounded: { does: 'bounds-promise', subject: { at: [0] }, limit: { argument: { at: [1] } } } } };
const operation = (fields: object) => ({ ...minimal, clients: { client: { operations: { get: fields } } } });
const bound = (fields: object) => ({ ...minimal, bounds: [{ path: 'timeout', covers: 'total', ...fields }] });

/** As a file would hold it: JSON has no Infinity, which is written as text. */
const inJson = (model: unknown): unknown => JSON.parse(JSON.stringify(model, (key, value: unknown) => (value === Infinity && (key === 'retries' || key === 'byDefault') ? 'Infinity' : value)));

describe('the schema of the editor and that of the linter', () => {
  const { clients, policies } = allModels();
  it.each([...clients, ...policies].map((model) => [model.id, model] as const))('take the shipped model %s', (_, model) => {
    const file = { models: [inJson(model)] };
    // A subquery is a client that nothing is called on: no slip in a shipped model, and likely one in a user's.
    expect(readUserModels(file).errors.filter((error) => !error.includes('clients.subquery.operations: expected at least one operation'))).toEqual([]);
    expect(validate(file), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it.each<[name: string, file: unknown]>([
    ['the least model', { models: [minimal] }],
    ['with the address of the schema', { $schema: './node_modules/eslint-plugin-resilience/docs/schemas/models.json', models: [minimal] }],
    ['a policy', { models: [policy] }],
    ['no model yet', { models: [] }],
    ['retries without end', { models: [{ ...minimal, retry: { retries: 'Infinity' } }] }],
    ['an operation of a query builder', { models: [operation({ lazy: 'then', followsRedirects: false, streamsToCallback: true, absoluteUrlOnly: true })] }],
    ['a seam', { models: [{ ...minimal, seam: { kind: 'fetch-option', path: 'fetch', client: 'ky', outcomes: 'http', readers: ['json'], write: { section: 'kyFetch', form: 'option', path: 'fetch', service: { is: 'option', path: 'base' } } } }] }],
    ['a limit that is the argument itself', { models: [bound({ path: '' })] }],
    ['a bound that zero switches off', { models: [bound({ zero: 'unlimited', off: [false, null, 'Infinity'], default: 0.5 })] }],
  ])('take %s', (_, file) => expect(verdicts(file)).toEqual({ editor: true, linter: true }));

  it.each<[name: string, file: unknown]>([
    ['no models', {}],
    ['models that are no list', { models: minimal }],
    ['a field beside the models', { models: [], runtime: 'node' }],
    ['an unknown field', { models: [{ ...minimal, bound: [] }] }],
    ['an unknown field of a bound', { models: [bound({ defualt: 5 })] }],
    ['an unknown field of an operation', { models: [operation({ affect: 'read' })] }],
    ['a text for a list', { models: [{ ...minimal, packages: '@acme/http' }] }],
    ['a text for a number', { models: [bound({ default: '5s' })] }],
    ['a number below zero', { models: [bound({ default: -1 })] }],
    ['a word that is none', { models: [bound({ covers: 'conect' })] }],
    ['a bound without what it covers', { models: [{ ...minimal, bounds: [{ path: 'timeout' }] }] }],
    ['a bound by the name of nothing in a URL', { models: [bound({ urlParameter: '' })] }],
    ['a signal at an empty path', { models: [{ ...minimal, signal: { path: '' } }] }],
    ['no place at all', { models: [bound({ at: [] })] }],
    ['a position that is no whole number', { models: [operation({ options: { at: [1.5] } })] }],
    ['a position that is a word', { models: [operation({ options: { at: 'first' } })] }],
    ['an export that is nothing known', { models: [{ ...minimal, exports: { a: { is: 'klass', makes: 'client' } } }] }],
    ['an export that makes nothing', { models: [{ ...minimal, exports: { a: { is: 'class' } } }] }],
    ['a value of an empty result that is none', { models: [operation({ empty: { path: '', value: 'nothing' } })] }],
    ['retries as a text', { models: [{ ...minimal, retry: { retries: 'many' } }] }],
    ['overrides that name nothing', { models: [{ ...minimal, overrides: [] }] }],
    ['a policy that does nothing known', { models: [{ ...policy, exports: { bounded: { does: 'bounds' } } }] }],
    ['a policy of no package', { models: [{ ...policy, packages: [] }] }],
    ['nothing', { models: [null] }],
  ])('refuse %s', (_, file) => expect(verdicts(file)).toEqual({ editor: false, linter: false }));

  it('describe every field', () => {
    const silent: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties, ...rest } = node as Record<string, unknown>;
      for (const [name, property] of Object.entries((properties ?? {}) as Record<string, Record<string, unknown>>)) {
        if (typeof property['description'] !== 'string' && property['const'] === undefined) silent.push(`${path}.${name}`);
        walk(property, `${path}.${name}`);
      }
      for (const [key, value] of Object.entries(rest)) if (key !== 'default') walk(value, path);
    };
    walk(schema, '');
    expect(silent).toEqual([]);
  });

  it('name nothing outside of the schema', () => {
    for (const [, name] of JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)) expect(Object.keys(schema.$defs)).toContain(name);
  });
});
