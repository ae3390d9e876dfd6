import { describe, expect, it } from 'vitest';
import { allModels, coversVersion, findByPath, findExport, globalModels, interestingWords, isModelled, matchesPath, modelsForPackage, policiesForPackage, selectVersion } from '../../src/models/lookup.js';

const model = (name: string, version: string | null = null) => selectVersion(modelsForPackage(name), version);

describe('modelsForPackage', () => {
  it('finds a package by name', () => {
    expect(modelsForPackage('axios').map(({ id }) => id)).toEqual(['axios', 'axios-0']);
    expect(modelsForPackage('node:https')[0]?.id).toBe('node-http');
  });

  it('finds a package by pattern', () => expect(modelsForPackage('@aws-sdk/client-kinesis')[0]?.id).toBe('aws-sdk-v3'));
  it('prefers the model that names the package', () => expect(modelsForPackage('@aws-sdk/client-dynamodb').map(({ id }) => id)).toEqual(['aws-sdk-v3-dynamodb', 'aws-sdk-v3-dynamodb-before-3.1162']));

  it('knows nothing of look-alikes', () => {
    for (const name of ['pg-lookalike', 'axios-retry-lookalike', '@aws-sdk/client', 'toString', 'constructor', '']) expect(modelsForPackage(name)).toEqual([]);
  });
});

describe('selectVersion', () => {
  it.each([
    ['axios', '0.27.2', 'axios-0'],
    ['axios', '1.7.9', 'axios'],
    ['axios', '2.0.0-beta.1', 'axios'],
    ['got', '11.8.6', 'got-11'],
    ['got', '14.0.0', 'got'],
    ['ky', '2.0.0', 'ky-2'],
    ['node-fetch', '2.7.0', 'node-fetch-2'],
    ['redis', '4.7.1', 'redis-4'],
    ['@redis/client', '1.6.1', 'redis-4'],
    ['redis', '5.12.1', 'redis-5'],
    ['redis', '6.3.1', 'redis'],
    ['ioredis', '5.4.0', 'ioredis-5'],
    ['openai', '4.104.0', 'openai-4'],
    ['openai', '6.0.0', 'openai'],
    ['openai', '7.1.0', 'openai-7'],
    ['stripe', '16.12.0', 'stripe-16'],
    ['stripe', '23.1.0', 'stripe'],
  ])('%s %s is %s', (name, version, id) => expect(model(name, version).id).toBe(id));

  it.each(['axios', 'got', 'node-fetch', 'ioredis', 'redis', 'stripe'])('takes the newest %s where no version is known', (name) => expect(model(name).id).toBe(name));

  it('takes the newest, and says so, where no range has the version', () => {
    const undici = model('undici', '4.16.0');
    expect(undici.id).toBe('undici');
    expect(coversVersion(undici, '4.16.0')).toBe(false);
  });

  it('serves policies too', () => expect(selectVersion(policiesForPackage('cockatiel'), '3.2.1').id).toBe('cockatiel-3'));
});

it('finds globals', () => {
  expect(globalModels('fetch').map(({ id }) => id)).toEqual(['fetch']);
  expect(globalModels('hasOwnProperty')).toEqual([]);
});

it('knows what is modelled', () => {
  expect(isModelled('pg')).toBe(true);
  expect(isModelled('p-limit')).toBe(true);
  expect(isModelled('express')).toBe(false);
});

describe('findExport', () => {
  it('takes `default` as missing or too many', () => {
    const undici = model('undici');
    expect(findExport(undici, 'request')?.is).toBe('operation');
    expect(findExport(undici, 'default.request')).toBe(findExport(undici, 'request'));
    expect(findExport(model('axios'), '')?.is).toBe('client');
    expect(findExport(model('axios'), 'default.default')?.is).toBe('client');
  });

  it('tells clients of the AWS SDK from commands', () => {
    const s3 = model('@aws-sdk/client-s3');
    expect(findExport(s3, 'S3Client')).toMatchObject({ is: 'class', makes: 'client' });
    expect(findExport(s3, 'S3')).toMatchObject({ is: 'class', makes: 'service' });
    expect(findExport(s3, 'GetObjectCommand')).toBeUndefined();
    expect(findExport(s3, 'Client')).toBeUndefined();
  });
});

it('matches paths', () => {
  expect(matchesPath('**', 'a.b')).toBe(true);
  expect(matchesPath('*', 'a.b')).toBe(false);
  expect(matchesPath('Get*Command', 'GetItemCommand')).toBe(true);
  expect(matchesPath('Get*Command', 'GetCommand')).toBe(false);
  expect(matchesPath('a*b*c', 'axxbyyc')).toBe(true);
  expect(findByPath({ '*': 1 }, 'x')).toBe(1);
});

describe('interestingWords', () => {
  const { clients, policies } = allModels();
  const words = interestingWords([...clients, ...policies]);

  it.each([`import axios from 'axios'`, `require("pg")`, 'import(`got`)', `import(/* webpackIgnore: true */ 'got')`, `require<typeof Got>('got')`, `from '@aws-sdk/client-s3'`, `import 'axios/lib/core'`, 'await fetch(url)', 'const f = globalThis.fetch;', `from 'cockatiel'`])(
    'matches %s',
    (text) => expect(words.test(text)).toBe(true),
  );

  it.each(['const axiosLike = 1', `const library = 'axios'`, `if (scheme === 'http') {}`, `refrom 'axios'`, `from 'pg-promise'`, 'prefetch(url)', 'fetchUser()', 'new Request(url)', '// talks of axios', `from '@aws-sdk/client-'`])('passes over %s', (text) =>
    expect(words.test(text)).toBe(false),
  );

  it('matches nothing where there is nothing to look for', () => expect(interestingWords([]).test('fetch("axios")')).toBe(false));
});
