import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkIn, tempProject } from '../../cli/fixture.js';
import { installed, link, shell, tools, unbounded } from './support.js';

type Validate = ((data: unknown) => boolean) & { readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null };

/** The schema of SARIF 2.1.0, as the maintainers of the format's own library ship it. */
let validate: Validate;
beforeAll(() => {
  const require = createRequire(join(tools(), 'here.js'));
  const { default: Ajv } = require('ajv-draft-04') as { default: new (options: object) => { compile(schema: unknown): Validate } };
  const { default: addFormats } = require('ajv-formats') as { default: (ajv: object) => void };
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  validate = ajv.compile(JSON.parse(readFileSync(join(tools(), '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')));
});

interface Log {
  readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly partialFingerprints?: Record<string, string>; readonly fixes?: readonly unknown[] }[] }[];
}

function valid(text: string): Log {
  const log = JSON.parse(text) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log;
}

describe('check --format sarif', () => {
  it('is what the schema asks for: findings, suggestions, odd names, files that cannot be parsed', async () => {
    const root = tempProject({ 'src/a b#c%.js': `\uFEFF${unbounded('order')}`, 'src/lager für alle.ts': unbounded('stock'), 'src/broken.ts': 'const = 1;', 'src/flow.js': '// @flow\n' });
    const { exit, out } = await checkIn(root, { format: 'sarif', plugin: undefined });
    expect(exit).toBe(1);
    const { results } = valid(out).runs[0]!;
    expect(results.map(({ ruleId, fixes }) => [ruleId, fixes?.length])).toEqual([
      ['resilience/require-timeout', 1],
      ['resilience/require-timeout', 1],
    ]);
    expect(out).toContain('"uri": "src/lager%20f%C3%BCr%20alle.ts"');
    expect(out).toContain('"uri": "src/a%20b%23c%25.js"');
  });

  it('with a rule that failed, and with nothing found', async () => {
    valid((await checkIn(tempProject({ 'a.ts': 'explode(); weak();' }), { format: 'sarif', preset: 'strict' })).out);
    expect(valid((await checkIn(tempProject({ 'a.ts': 'good();' }), { format: 'sarif' })).out).runs[0]!.results).toEqual([]);
  });

  it('is held to the schema', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toBe(false);
  });

  it('keeps fingerprints when lines move', async () => {
    const prints = async (text: string): Promise<unknown[]> => {
      const { out } = await checkIn(tempProject({ 'src/a.ts': text }), { format: 'sarif', plugin: undefined });
      return valid(out).runs[0]!.results.map(({ partialFingerprints }) => partialFingerprints);
    };
    const before = await prints(unbounded('order') + unbounded('stock'));
    expect(before).toHaveLength(2);
    expect(await prints(`// one\n\n${unbounded('order')}// two\n${unbounded('stock')}`)).toEqual(before);
  });
});

describe("ESLint's own formatter", () => {
  it('writes what the schema asks for, with a page for each rule', () => {
    const folder = installed('formatter', { 'eslint.config.js': "import resilience from 'eslint-plugin-resilience';\nexport default resilience.configs.recommended;\n", 'src/order.js': unbounded('order') });
    try {
      link(join(folder, 'node_modules/@microsoft/eslint-formatter-sarif'), join(tools(), '@microsoft/eslint-formatter-sarif'));
      const { status, stdout, stderr } = shell(folder, 'npx eslint --format @microsoft/eslint-formatter-sarif');
      expect(status, stderr).toBe(1);
      const { results } = valid(stdout).runs[0]!;
      expect(results.map(({ ruleId }) => ruleId)).toEqual(['resilience/require-timeout']);
      expect(stdout).toMatch(/"helpUri": ".*\/docs\/rules\/require-timeout\.md"/);
      // What the page says of it.
      expect(results[0]).not.toHaveProperty('fixes');
      expect(results[0]).not.toHaveProperty('partialFingerprints');
      expect(stdout).toContain(`"uri": "file://${folder}/src/order.js"`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
