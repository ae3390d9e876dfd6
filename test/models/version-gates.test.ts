import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Linter } from 'eslint';
import { lintWith } from '../meta/lint-project.js';
import { extraPackages } from '../support/extra-packages.js';

// The same code is a fault under one major of a library and none under another. Both are installed, and
// the project has the manifest of one of them, as an installation would leave it.

interface Gate {
  readonly name: string;
  readonly package: string;
  /** The versions under which the code is reported, and those under which it is not. */
  readonly reported: string;
  readonly silent: string;
  readonly rules: Linter.RulesRecord;
  readonly code: string;
  /** Where it stands: in TypeScript the compiler asks for some guards by itself. */
  readonly file?: string;
}

const TIMEOUT: Linter.RulesRecord = { 'resilience/require-timeout': ['error', { kinds: ['http', 'rpc', 'db', 'cache', 'queue', 'sdk'] }] };
const TTL: Linter.RulesRecord = { 'resilience/require-cache-ttl': ['error', { checkEntries: true }] };

const GATES: readonly Gate[] = [
  {
    name: 'got takes a number for a timeout up to 11, and refuses it from 12 on',
    package: 'got', reported: '14.4.9', silent: '11.8.6', rules: TIMEOUT,
    code: "import got from 'got';\nexport const load = () => got('https://api.example.com/orders', { timeout: 5_000 });\n",
  },
  {
    name: 'node-fetch has no `timeout` from 3 on',
    package: 'node-fetch', reported: '3.3.2', silent: '2.7.0', rules: TIMEOUT,
    code: "import fetch from 'node-fetch';\nexport const load = () => fetch('https://api.example.com/orders', { timeout: 5_000 });\n",
  },
  {
    name: 'ky ends a call by `totalTimeout` from 2 on, so that a longer `timeout` means nothing',
    package: 'ky', reported: '2.1.0', silent: '1.14.3', rules: { 'resilience/no-timeout-overrun': 'error' },
    code: "import ky from 'ky';\nexport const load = () => ky.get('https://api.example.com/orders', { timeout: 20_000, totalTimeout: 15_000 }).json();\n",
  },
  {
    name: 'axios takes a signal from 0.22 on',
    package: 'axios', reported: '0.21.4', silent: '1.13.2', rules: TIMEOUT,
    code: "import axios from 'axios';\nexport const load = () => axios.get('https://api.example.com/orders', { signal: AbortSignal.timeout(5_000) });\n",
  },
  {
    name: 'redis ends the wait for a reply by `socketTimeout` from 5 on',
    package: 'redis', reported: '4.7.1', silent: '5.12.1', rules: TIMEOUT,
    code: "import { createClient } from 'redis';\nconst redis = createClient({ socket: { socketTimeout: 5_000 } });\nexport const load = (id: string) => redis.hGetAll(id);\n",
  },
  {
    name: 'redis gives an entry an end by `expiration` from 5 on',
    package: 'redis', reported: '4.7.1', silent: '6.3.1', rules: TTL,
    code: "import { createClient } from 'redis';\nconst redis = createClient();\nexport async function price(sku: string) {\n  const cached = await redis.get(`price:${sku}`);\n  if (cached !== null) return Number(cached);\n  const found = await priceOf(sku);\n  await redis.set(`price:${sku}`, String(found), { expiration: { type: 'EX', value: 600 } });\n  return found;\n}\n",
  },
  {
    name: 'mongodb ends operations by `timeoutMS` up to 7.7 alone',
    package: 'mongodb', reported: '7.8.0', silent: '7.7.0', rules: TIMEOUT,
    code: "import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://db', { timeoutMS: 5_000 });\nexport const load = (id: string) => client.db('shop').collection('orders').findOne({ id });\n",
  },
  {
    name: 'the AWS SDK only logs after `requestTimeout` from 3.910 on',
    package: '@aws-sdk/client-s3', reported: '3.1000.0', silent: '3.850.0', rules: TIMEOUT,
    code: "import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({ requestHandler: { requestTimeout: 5_000 } });\nexport const load = (Key: string) => s3.send(new GetObjectCommand({ Bucket: 'orders', Key }));\n",
  },
  {
    name: 'p-timeout takes the time itself up to 5, and an object from 6 on',
    package: 'p-timeout', reported: '6.1.4', silent: '5.1.0', rules: TIMEOUT,
    code: "import pTimeout from 'p-timeout';\nexport const load = () => pTimeout(fetch('https://api.example.com/orders'), 5_000);\n",
  },
  {
    name: 'cache-manager gives null for a missing key in 6, and undefined in 7',
    package: 'cache-manager', reported: '6.4.3', silent: '7.2.9', rules: { 'resilience/no-ambiguous-cache-hit': 'error' },
    code: "import { createCache } from 'cache-manager';\nconst cache = createCache({ ttl: 60_000 });\nexport async function nameOf(id: string) {\n  const known = await cache.get<string>(id);\n  if (known !== undefined) return known;\n  const name = await loadName(id);\n  await cache.set(id, name);\n  return name;\n}\n",
  },
  {
    name: 'lru-cache knows `ttl` from 7 on, and without a limit that it knows keeps everything in 6',
    package: 'lru-cache', reported: '6.0.0', silent: '7.18.3', rules: TTL,
    code: "import LRU from 'lru-cache';\nconst names = new LRU({ ttl: 60_000 });\nexport async function nameOf(id: string) {\n  const known = names.get(id);\n  if (known !== undefined) return known;\n  const name = await loadName(id);\n  names.set(id, name);\n  return name;\n}\n",
  },
  {
    name: 'mongodb answers findOneAndUpdate with the document from 6 on, and with what holds it in 5',
    package: 'mongodb', reported: '6.21.0', silent: '5.9.2', rules: { 'resilience/no-unguarded-null': 'error' }, file: 'src/main.js',
    code: "import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://db');\nexport async function take(id) {\n  const taken = await client.db('shop').collection('orders').findOneAndUpdate({ id }, { $set: { taken: true } });\n  return taken.ok === 1;\n}\n",
  },
];

/** `got@11.8.6` under a name of its own, beside the other. */
const alias = (name: string, version: string): string => `${name.replace(/\W+/g, '-').replace(/^-/, '')}-${version.replaceAll('.', '-')}`;

let modules = '';
beforeAll(() => {
  const wanted = GATES.flatMap((gate) => [gate.reported, gate.silent].map((version) => [alias(gate.package, version), `npm:${gate.package}@${version}`]));
  modules = extraPackages(Object.fromEntries(wanted));
}, 300_000);

/** What the rule says of the code where this version is installed: a line each. */
function reports({ package: name, rules, code, file = 'src/main.ts' }: Gate, version: string): string[] {
  const manifest = readFileSync(join(modules, alias(name, version), 'package.json'), 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({ name, version });
  const files = { 'package-lock.json': JSON.stringify({ name: 'sample', lockfileVersion: 3, packages: {} }), [`node_modules/${name}/package.json`]: manifest, [file]: code };
  return lintWith(rules, files).flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`));
}

describe.each(GATES.map((gate) => [gate.name, gate] as const))('%s', (_, gate) => {
  it(`${gate.package} ${gate.reported} is reported`, () => {
    const said = reports(gate, gate.reported);
    expect(said).toHaveLength(1);
    expect(said[0]).not.toMatch(/FATAL|Parsing error/);
  });

  it(`${gate.package} ${gate.silent} is not`, () => expect(reports(gate, gate.silent)).toEqual([]));
});

it('holds for ten packages or more', () => expect(new Set(GATES.map((gate) => gate.package)).size).toBeGreaterThanOrEqual(10));
