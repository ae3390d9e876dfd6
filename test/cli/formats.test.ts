import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wrap, count, duration, list } from '../../src/cli/render/words.js';
import { checkIn, fakeHost, reportOf, tempProject } from './fixture.js';

const twoPackages = {
  'package.json': '{ "name": "shop", "private": true }',
  'packages/payments/package.json': '{ "name": "payments" }',
  'packages/payments/src/a.ts': 'bad();\n  bad();',
  'packages/orders/package.json': '{ "name": "orders" }',
  'packages/orders/src/b.ts': 'bad();\nweak();',
};

describe('stylish', () => {
  it('prints place, severity, message, suggestion and rule', async () => {
    const { out } = await checkIn(tempProject({ 'src/a.ts': 'bad();' }));
    expect(out.split('\n').slice(0, 5)).toEqual([
      'src/a.ts',
      '  1:1  error    `bad` waits without end: a silent server then holds the request, its connection and',
      '                its memory.',
      '                Suggestion: Call `good` instead.',
      '                resilience/no-bad-call',
    ]);
  });

  it('wraps to the width of the terminal', async () => {
    const root = tempProject({ 'src/a.ts': 'bad();' });
    const { out } = await checkIn(root, {}, fakeHost(root, { columns: 60 }));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('groups by package, most findings first', async () => {
    const { out } = await checkIn(tempProject(twoPackages), { preset: 'strict' });
    expect(out.match(/^\S+: \d+ findings$/gm)).toEqual(['orders: 2 findings', 'payments: 2 findings']);
    expect(out).toContain('4 findings (3 errors, 1 warning) in 2 files of 2 packages; most in orders: 2.');
  });

  it('names no package where there is one', async () => {
    const { out } = await checkIn(tempProject({ 'package.json': '{ "name": "shop" }', 'src/a.ts': 'bad();' }));
    expect(out).not.toContain('shop');
    expect(out).toContain('1 error in 1 file.\n1 file read in');
  });

  it('lists errors only with --quiet, and counts the rest', async () => {
    const { out } = await checkIn(tempProject(twoPackages), { preset: 'strict', quiet: true });
    expect(out).not.toContain('no-weak-call');
    expect(out).toContain('1 warning not listed (--quiet).');
  });

  it.each([
    ['on a terminal', { tty: true }, undefined, true],
    ['not into a pipe', { tty: false }, undefined, false],
    ['not with NO_COLOR', { tty: true, env: { NO_COLOR: '1' } }, undefined, false],
    ['with FORCE_COLOR', { tty: false, env: { FORCE_COLOR: '1' } }, undefined, true],
    ['with --color', { tty: false }, true, true],
    ['not with --no-color', { tty: true, env: { FORCE_COLOR: '1' } }, false, false],
  ])('colours %s', async (_, host, color, expected) => {
    const root = tempProject({ 'src/a.ts': 'bad();' });
    const { out } = await checkIn(root, { color }, fakeHost(root, host));
    expect(out.includes('\u001B[')).toBe(expected);
  });
});

describe('json', () => {
  it('has a version, findings, summary and what was not judged', async () => {
    const root = tempProject(twoPackages);
    const { report } = await reportOf(root, { preset: 'strict' });
    expect(report).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'eslint-plugin-resilience' },
      root,
      preset: 'strict',
      summary: { errors: 3, warnings: 1, files: 2, filesRead: 2, packages: [{ name: 'orders', findings: 2 }, { name: 'payments', findings: 2 }], baseline: null, since: null },
      unparsed: [],
      unreadable: [],
      internalErrors: [],
      warnings: [],
      stats: null,
    });
    expect(report.findings[0]).toEqual({
      rule: 'resilience/no-bad-call',
      severity: 'error',
      path: 'packages/orders/src/b.ts',
      package: 'orders',
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 4,
      message: expect.stringContaining('`bad` waits'),
      messageId: 'found',
      url: expect.stringMatching(/docs\/rules\/no-bad-call\.md$/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      suggestions: [{ description: 'Call `good` instead.', edit: { start: { line: 1, column: 1 }, end: { line: 1, column: 4 }, text: 'good' } }],
    });
  });

  it('keeps a fingerprint when lines move, and tells equal lines apart', async () => {
    const prints = async (text: string): Promise<string[]> => (await reportOf(tempProject({ 'a.ts': text }))).report.findings.map((finding) => finding.fingerprint);
    const before = await prints('bad();\nbad();');
    expect(new Set(before).size).toBe(2);
    expect(await prints('\n\n  bad();\n\n\tbad();')).toEqual(before);
    expect(await prints('bad(1);\nbad();')).not.toEqual(before);
  });

  it('goes to a file with --output-file, in a folder that is made', async () => {
    const root = tempProject({ 'a.ts': 'bad();' });
    const run = await checkIn(root, { format: 'json', outputFile: 'reports/out.json' });
    expect(run).toMatchObject({ exit: 1, out: '' });
    expect(JSON.parse(readFileSync(join(root, 'reports/out.json'), 'utf8')).findings).toHaveLength(1);
  });

  it('keeps warnings of the run off standard output', async () => {
    const { report, err } = await reportOf(tempProject({ 'eslint.config.mjs': 'throw new Error("no network")', 'a.ts': 'good();' }));
    expect(err).toContain('warning: eslint.config.mjs could not be loaded');
    expect(report.warnings).toHaveLength(1);
  });
});

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Record<string, unknown>[] } };
    readonly originalUriBaseIds: Record<string, { uri: string }>;
    readonly invocations: readonly { executionSuccessful: boolean; toolExecutionNotifications: readonly { level: string; message: { text: string } }[] }[];
    readonly results: readonly Record<string, never>[];
  }[];
}

async function sarifOf(files: Record<string, string>): Promise<Sarif> {
  return JSON.parse((await checkIn(tempProject(files), { format: 'sarif', preset: 'strict' })).out) as Sarif;
}

describe('sarif', () => {
  it('is 2.1.0 with rules that say what they are', async () => {
    const { version, $schema, runs } = await sarifOf({ 'a.ts': 'bad(); weak();' });
    expect({ version, $schema }).toEqual({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json' });
    const { driver } = runs[0]!.tool;
    expect(driver.rules.map((rule) => rule['id'])).toEqual(['resilience/no-bad-call', 'resilience/no-explosion', 'resilience/no-weak-call', 'resilience/show-settings']);
    for (const rule of driver.rules) {
      expect(rule).toMatchObject({
        shortDescription: { text: expect.stringMatching(/^[A-Z].*\.$/) },
        fullDescription: { text: expect.any(String) },
        helpUri: expect.stringMatching(/^https:/),
        defaultConfiguration: { level: expect.stringMatching(/^(error|warning)$/) },
      });
    }
  });

  it('places results from the root', async () => {
    const run = (await sarifOf({ 'my src/a&b.ts': 'good();\nbad();' })).runs[0]!;
    expect(run.originalUriBaseIds['SRCROOT']?.uri).toMatch(/^file:\/\/\/.*\/$/);
    expect(run.results).toEqual([
      {
        ruleId: 'resilience/no-bad-call',
        ruleIndex: 0,
        level: 'error',
        message: { text: expect.stringContaining('`bad` waits') },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'my%20src/a%26b.ts', uriBaseId: 'SRCROOT' },
              region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 4 },
            },
          },
        ],
        partialFingerprints: { 'resilienceFinding/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
        fixes: [
          {
            description: { text: 'Call `good` instead.' },
            artifactChanges: [
              {
                artifactLocation: { uri: 'my%20src/a%26b.ts', uriBaseId: 'SRCROOT' },
                replacements: [{ deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 4 }, insertedContent: { text: 'good' } }],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('takes paths from the checkout', async () => {
    const root = tempProject({ 'app/a.ts': 'bad();', 'app/b.ts': 'const = 1' });
    const { out } = await checkIn(join(root, 'app'), { format: 'sarif' }, fakeHost(join(root, 'app'), { env: { GITHUB_WORKSPACE: root } }));
    expect(out.match(/"uri": "(?!file:)[^"]*"/g)).toEqual(['"uri": "app/b.ts"', '"uri": "app/a.ts"', '"uri": "app/a.ts"']);
    // A checkout elsewhere says nothing of this one.
    const other = await checkIn(join(root, 'app'), { format: 'sarif' }, fakeHost(join(root, 'app'), { env: { GITHUB_WORKSPACE: join(root, 'lib') } }));
    expect(other.out).toContain('"uri": "a.ts"');
  });

  it('points every result at its rule', async () => {
    const run = (await sarifOf({ 'a.ts': 'weak(); bad();' })).runs[0]!;
    for (const result of run.results) expect(run.tool.driver.rules[result['ruleIndex']!]!['id']).toBe(result['ruleId']);
    expect(run.results.map((result) => result['level'])).toEqual(['warning', 'error']);
  });

  it('notes what was not judged', async () => {
    const { invocations } = (await sarifOf({ 'a.ts': 'const = 1', 'b.ts': 'explode();', 'c.js': '// @flow' })).runs[0]!;
    expect(invocations[0]!.executionSuccessful).toBe(false);
    expect(invocations[0]!.toolExecutionNotifications.map((note) => note.level)).toEqual(['error', 'note', 'note']);
  });
});

describe('github', () => {
  it('writes one command a finding', async () => {
    const { out } = await checkIn(tempProject({ 'src/a.ts': 'bad();' }), { format: 'github' });
    expect(out.split('\n')[0]).toBe(
      '::error file=src/a.ts,line=1,endLine=1,col=1,endColumn=4,title=resilience/no-bad-call::`bad` waits without end: a silent server then holds the request, its connection and its memory.%0ASuggestion: Call `good` instead.',
    );
    expect(out).toContain('\n1 error in 1 file.\n');
  });

  it('escapes what would end a property', async () => {
    const { out } = await checkIn(tempProject({ 'src/100%,a.ts': 'weak();' }), { format: 'github', preset: 'strict' });
    expect(out).toMatch(/^::warning file=src\/100%25%2Ca\.ts,line=1,/);
  });

  it('takes paths from the checkout', async () => {
    const root = tempProject({ 'app/src/a.ts': 'bad();' });
    const { out } = await checkIn(join(root, 'app'), { format: 'github' }, fakeHost(join(root, 'app'), { env: { GITHUB_WORKSPACE: root } }));
    expect(out).toMatch(/^::error file=app\/src\/a\.ts,/);
  });
});

describe('github, more than it shows', () => {
  const many = { 'src/a.ts': `${'bad();\n'.repeat(12)}${'weak();\n'.repeat(11)}`, 'src/b.ts': 'explode();' };

  it('writes ten commands of a kind, and lists the others', async () => {
    const { out } = await checkIn(tempProject(many), { format: 'github', preset: 'strict' });
    // The failure of a rule comes first: it must not be lost.
    expect(out).toMatch(/^::error file=src\/b\.ts,title=internal error::/);
    expect(out.match(/^::error /gm)).toHaveLength(10);
    expect(out.match(/^::warning /gm)).toHaveLength(10);
    const [, listed] = /^::group::4 more reports: GitHub shows 10 of a kind at the lines\n([\s\S]*?)\n::endgroup::$/m.exec(out)!;
    expect(listed!.split('\n').map((line) => line.split(': ').slice(0, 2).join(' '))).toEqual(['src/a.ts:10:1 error', 'src/a.ts:11:1 error', 'src/a.ts:12:1 error', 'src/a.ts:23:1 warning']);
  });

  it('lists nothing apart where all are shown', async () => {
    const { out } = await checkIn(tempProject({ 'src/a.ts': 'bad();\n'.repeat(10) }), { format: 'github' });
    expect(out.match(/^::error /gm)).toHaveLength(10);
    expect(out).not.toContain('::group::');
  });

  const env = (root: string): Record<string, string> => ({ GITHUB_STEP_SUMMARY: join(root, 'summary.md'), GITHUB_WORKSPACE: root, GITHUB_SERVER_URL: 'https://github.example', GITHUB_REPOSITORY: 'shop/api', GITHUB_SHA: 'abc' });

  it('adds a table of all to the summary of the step', async () => {
    const root = tempProject({ 'app/my src/a|(b)_c.ts': 'bad();\n'.repeat(12), 'summary.md': 'before\n' });
    await checkIn(join(root, 'app'), { format: 'github' }, fakeHost(join(root, 'app'), { env: env(root) }));
    const text = readFileSync(join(root, 'summary.md'), 'utf8');
    expect(text).toMatch(/^before\n### eslint-plugin-resilience\n\n\*\*12 errors in 1 file\.\*\* 1 file read/);
    const rows = text.split('\n').filter((line) => line.startsWith('| ['));
    expect(rows).toHaveLength(12);
    expect(rows[11]).toBe(
      '| [app/my src/a\\|(b)\\_c.ts:12](https://github.example/shop/api/blob/abc/app/my%20src/a%7C%28b%29_c.ts#L12) | error | [resilience/no-bad-call](https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-bad-call.md) | `bad` waits without end: a silent server then holds the request, its connection and its memory. |',
    );
  });

  it('keeps the summary below what GitHub takes, and says what is missing', async () => {
    const root = tempProject({ 'a.ts': 'bad();\n'.repeat(1203) });
    await checkIn(root, { format: 'github' }, fakeHost(root, { env: env(root) }));
    const text = readFileSync(join(root, 'summary.md'), 'utf8');
    expect(text.match(/^\| .* \| error \|/gm)).toHaveLength(500);
    expect(text).toContain('\nAnd 703 more: the JSON report lists all.\n');
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  });

  it('does not fail for a summary that cannot be written, and writes none in other formats', async () => {
    const root = tempProject({ 'a.ts': 'bad();' });
    expect(await checkIn(root, { format: 'github' }, fakeHost(root, { env: { GITHUB_STEP_SUMMARY: join(root, 'gone/summary.md') } }))).toMatchObject({ exit: 1, err: expect.stringMatching(/^warning: the summary of the step cannot be written: /) });
    await checkIn(root, { format: 'json' }, fakeHost(root, { env: env(root) }));
    expect(existsSync(join(root, 'summary.md'))).toBe(false);
  });
});

describe('gitlab', () => {
  it('is a Code Quality report, with paths from the checkout', async () => {
    const root = tempProject({ 'app/src/a b.ts': 'bad(); weak();' });
    const { out, exit } = await checkIn(join(root, 'app'), { format: 'gitlab', preset: 'strict' }, fakeHost(join(root, 'app'), { env: { CI_PROJECT_DIR: root } }));
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual([
      { description: expect.stringContaining('`bad` waits'), check_name: 'resilience/no-bad-call', fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/), severity: 'major', location: { path: 'app/src/a b.ts', lines: { begin: 1, end: 1 } } },
      { description: expect.any(String), check_name: 'resilience/no-weak-call', fingerprint: expect.any(String), severity: 'minor', location: { path: 'app/src/a b.ts', lines: { begin: 1, end: 1 } } },
    ]);
  });

  it('tells equal lines of two packages apart, and knows a line that moved', async () => {
    const prints = async (text: string): Promise<string[]> => {
      const root = tempProject({ 'a/x.ts': text, 'b/x.ts': text });
      const of = async (cwd: string): Promise<{ fingerprint: string }[]> => JSON.parse((await checkIn(cwd, { format: 'gitlab' }, fakeHost(cwd, { env: { CI_PROJECT_DIR: root } }))).out) as { fingerprint: string }[];
      return [...(await of(join(root, 'a'))), ...(await of(join(root, 'b')))].map(({ fingerprint }) => fingerprint);
    };
    const before = await prints('bad();\nbad();');
    expect(new Set(before).size).toBe(4);
    expect(await prints('\n\nbad();\n\n bad();')).toEqual(before);
  });

  it('is an empty list where nothing is found', async () => {
    expect(await checkIn(tempProject({ 'a.ts': 'good();' }), { format: 'gitlab' })).toMatchObject({ exit: 0, out: '[]\n' });
  });
});

describe('words', () => {
  it.each([
    [count(1, 'file'), '1 file'],
    [count(0, 'file'), '0 files'],
    [count(1204, 'file'), '1,204 files'],
    [count(1_234_567, 'entry', 'entries'), '1,234,567 entries'],
    [duration(84.4), '84 ms'],
    [duration(8123), '8.1 s'],
    [duration(125_000), '2 min 5 s'],
    [duration(300_000), '5 min'],
    [duration(10_000), '10 s'],
    [list(['a', 'b', 'c']), 'a, b and c'],
    [wrap('one two three', 7).join('|'), 'one two|three'],
    [wrap('unbreakable word', 4).join('|'), 'unbreakable|word'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected);
  });
});
