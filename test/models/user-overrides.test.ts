import { describe, expect, it } from 'vitest';
import { createModelSet } from '../../src/models/model-set.js';
import { readUserModels } from '../../src/models/user-models.js';

const model = (fields: object) => ({ packages: ['@acme/http'], exports: { Acme: { is: 'class', makes: 'client' } }, clients: { client: { operations: { get: {} } } }, ...fields });
const errorsOf = (fields: object) => readUserModels([model(fields)]).errors;
const idsFor = (name: string, fields: object): readonly string[] => createModelSet(readUserModels([model(fields)]).models, []).clients(name).map(({ id }) => id);
const at = 'settings.resilience.models[0]';

describe('a model of a package that a shipped one knows', () => {
  it.each<[name: string, fields: object, error: string]>([
    ['says what to write', { packages: ['ioredis'], versions: '>=5 <6' }, `${at}.packages: "ioredis" is known already, by the shipped model "ioredis-5"; write "overrides": ["ioredis-5"] to put yours in its place, or leave it out`],
    ['names all whose versions it shares', { packages: ['axios'] }, `${at}.packages: "axios" is known already, by the shipped models "axios" and "axios-0"; write "overrides": ["axios", "axios-0"] to put yours in their place, or leave it out`],
    ['speaks of the package that is shared', { packages: ['@acme/pg', 'pg'] }, `${at}.packages: "pg" is known already, by the shipped model "pg"; write "overrides": ["pg"] to put yours in its place, or leave it out`],
    ['is told by its pattern too', { packages: ['@aws-sdk/client-*'] }, `${at}.packages: "@aws-sdk/client-*" is known already, by the shipped models`],
    ['is told by its global too', { packages: [], globals: { fetch: { is: 'operation' } } }, `${at}.globals: "fetch" is known already, by the shipped model "fetch"`],
  ])('%s', (_, fields, error) => {
    const errors = errorsOf(fields);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(error);
  });

  it('is no clash where the versions are others', () => expect(errorsOf({ packages: ['ioredis'], id: 'ioredis-9', versions: '>=900' }).length).toBe(1));

  it('takes its place by `overrides`, or by its id', () => {
    expect(idsFor('pg', { packages: ['pg'], overrides: ['pg'], id: 'acme-pg' })).toEqual(['acme-pg']);
    expect(idsFor('pg', { packages: ['pg'], id: 'pg' })).toEqual(['pg']);
    expect(idsFor('axios', { packages: ['axios'], id: 'own', versions: '>=1', overrides: ['axios'] })).toEqual(['own', 'axios-0']);
  });

  it('takes it for its own packages alone', () => {
    const own = { packages: ['@aws-sdk/client-own'], id: 'own', overrides: ['aws-sdk-v3'] };
    expect(idsFor('@aws-sdk/client-own', own)).toEqual(['own']);
    expect(idsFor('@aws-sdk/client-kms', own)).toEqual(['aws-sdk-v3']);
  });
});

describe('overrides that are wrong', () => {
  it.each<[name: string, fields: object, error: string]>([
    ['of no shipped model', { packages: ['axios'], overrides: ['axois'] }, `${at}.overrides[0]: "axois" is the id of no shipped model (did you mean "axios"?); of "axios" there are "axios" and "axios-0"`],
    ['of a model of another package', { overrides: ['axios'] }, `${at}.overrides[0]: the shipped model "axios" is about "axios", this one about "@acme/http": there is nothing to override`],
    ['the id of a model of another package', { id: 'redis' }, `${at}.id: "redis" is the id of a shipped model of "redis"`],
    ['a text', { overrides: 'axios' }, `${at}.overrides: expected a list, got "axios"`],
  ])('%s', (_, fields, error) => expect(errorsOf(fields).join('\n')).toContain(error));
});

describe('a file of models', () => {
  it('is read as its list', () => {
    const { models, errors } = readUserModels({ $schema: 'x', models: [model({})] });
    expect([models.length, errors]).toEqual([1, []]);
    expect(readUserModels({ models: [model({ kind: 'htp' })] }).errors).toEqual([expect.stringContaining(`${at}.kind: expected`)]);
  });

  it('is not read from a path', () => {
    expect(readUserModels('./resilience.models.json').errors).toEqual([`settings.resilience.models: expected a list of models, got "./resilience.models.json" (a file is read in the configuration: JSON.parse(readFileSync(new URL("./resilience.models.json", import.meta.url), 'utf8')))`]);
    expect(readUserModels(['./a.json']).errors).toEqual([expect.stringContaining('settings.resilience.models[0]: expected an object, got "./a.json"')]);
  });
});

describe('an unknown field', () => {
  it.each<[name: string, fields: object, error: string]>([
    ['of a bound is told by the fields of a bound', { bounds: [{ path: 'a', covers: 'total', cover: 1 }] }, '.bounds[0].cover: unknown field (did you mean "covers"?)'],
    ['of an operation', { clients: { client: { operations: { get: { option: { at: [1] } } } } } }, '.clients.client.operations.get.option: unknown field (did you mean "options"?)'],
    ['of an export by the fields of its form', { exports: { Acme: { is: 'client', client: 'client', options: { at: [0] } } } }, '.exports.Acme.options: unknown field'],
    ['of an argument', { exports: { Acme: { is: 'class', makes: 'client', options: { at: [0], paths: 'a' } } } }, '.exports.Acme.options.paths: unknown field (did you mean "path"?)'],
    ['with no near name is told with all', { signal: { path: 'signal', xyzzy: 1 } }, '.signal.xyzzy: unknown field (known here: at, bounds, path, source, versions)'],
  ])('%s', (_, fields, error) => expect(errorsOf(fields)).toEqual([expect.stringContaining(`${at}${error}`)]));
});
