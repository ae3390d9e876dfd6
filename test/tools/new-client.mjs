/** `npm run new:client -- <name> [--package <npm name>] [--kind <kind>]`: a model with its test. */
import { scaffold } from './lib/scaffold.mjs';

const KINDS = ['http', 'rpc', 'db', 'cache', 'queue', 'sdk', 'exec'];

await scaffold({
  usage: `usage: npm run new:client -- <name> [--package <name on the registry>] [--kind ${KINDS.join('|')}]`,
  options: { package: { type: 'string' }, kind: { type: 'string', default: 'http' } },
  check(_name, { package: packageName, kind }) {
    if (packageName !== undefined && !/^(?:@[a-z0-9-~][\w.~-]*\/)?[a-z0-9-~][\w.~-]*$/.test(packageName)) return `"${packageName}" is not the name of a package`;
    return KINDS.includes(kind) ? null : `"${kind}" is not a kind`;
  },
  files: (name, { package: packageName = name, kind }) => ({ [`src/models/clients/${name}.ts`]: model(name, packageName, kind), [`test/models/clients/${name}.test.ts`]: test(name, packageName) }),
  next: ['read or run the library: exports, options, what each limit covers, what holds when nobody sets it', 'write into `checked` and `sources` which version was read, and where'],
});

function model(name, packageName, kind) {
  return `import type { ClientModel, ClientShape } from '../types.js';

const CLIENT: ClientShape = {
  title: '${name} client',
  operations: {
    request: { effect: 'unknown', url: { at: [0] }, options: { at: [1] } },
  },
  perCall: true,
};

export const models: readonly ClientModel[] = [
  {
    id: '${name}',
    title: '${name}',
    kind: '${kind}',
    packages: ['${packageName}'],
    checked: ['1.0.0'],
    exports: {
      createClient: { is: 'factory', makes: 'client', options: { at: [0] } },
    },
    clients: { client: CLIENT },
    bounds: [{ path: 'timeout', at: ['call', 'client'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', source: 'timeout' }],
    unbounded: 'waits for ever on a silent server',
    mend: 'set \`timeout\`',
    sources: {
      timeout: '${packageName}@1.0.0 file and lines where it is read',
    },
    verified: 'source',
  },
];
`;
}

function test(name, packageName) {
  return `import { describe, expect, it } from 'vitest';
import { parse, analyzeScopes } from '../../../src/analysis/parse.js';
import { createSourceFile } from '../../../src/analysis/source-file.js';
import { factsOfFile } from '../../../src/facts/file-facts.js';

/** What is known of each call in a file, in source order. */
function verdicts(code: string): string[] {
  const path = '/project/src/sample.ts';
  const parsed = parse(path, code);
  if (!parsed.ok) throw new Error(parsed.message);
  const { program, text, comments, sourceType } = parsed;
  const file = createSourceFile({ path, text, program, comments, scopes: () => analyzeScopes(program, sourceType) });
  return factsOfFile(file).timeBounds().map((bound) => bound.verdict);
}

const made = (options: string, call: string): string => \`
import { createClient } from '${packageName}';
const client = createClient(\${options});
export const read = () => client.request(\${call});
\`;

describe('${name}', () => {
  it('is unbounded when nobody sets a limit', () => {
    expect(verdicts(made('', "'/orders'"))).toEqual(['unbounded']);
  });

  it('is bounded at the call or at the client', () => {
    expect(verdicts(made('', "'/orders', { timeout: 500 }"))).toEqual(['bounded']);
    expect(verdicts(made('{ timeout: 500 }', "'/orders'"))).toEqual(['bounded']);
  });

  it('is not known by a name alone', () => {
    expect(verdicts("import { createClient } from '${packageName}-lookalike'; createClient().request('/orders');")).toEqual([]);
  });
});
`;
}
