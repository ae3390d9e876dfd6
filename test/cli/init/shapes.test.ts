import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, fixture, FIXTURES, init, project, reported } from './run.js';

const shapes = (folder: string): string[] => readdirSync(join(FIXTURES, folder)).sort();
const configOf = (root: string): string => readdirSync(root).find((name) => name.startsWith('eslint.config.'))!;

/** A configuration before and after; the second is read by people, so a change in it is a change to look at. */
describe('a configuration that is understood', () => {
  it.each(shapes('edited'))('%s', async (shape) => {
    const root = fixture(`edited/${shape}`);
    const name = configOf(root);
    const before = filesIn(root);
    const run = await init(root, { yes: true });
    expect(run.err).toBe('');
    expect(run.exit, run.out).toBe(0);
    const after = filesIn(root);
    const expected = join(FIXTURES, 'edited', shape, `after${extname(name)}`);
    if (process.env['UPDATE_INIT'] === '1' || !existsSync(expected)) writeFileSync(expected, after[name]!, 'latin1');
    expect(after[name]).toBe(readFileSync(expected, 'latin1'));
    expect({ ...after, [name]: '' }, 'nothing else').toEqual({ ...before, [name]: '' });
    expect(await reported(root), after[name]).toContain('resilience/require-timeout');
    // Taken out again, what was there is there, in its order.
    expect(isWithin(before[name]!, after[name]!)).toBe(true);

    const second = await init(root, { yes: true });
    expect(second).toMatchObject({ exit: 0, out: expect.stringContaining('recommended already') });
    expect(filesIn(root), 'a second run').toEqual(after);
  });

  it.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['both', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
  ])('with %s keeps them', async (_name, change) => {
    for (const shape of ['array', 'comments-at-the-end', 'typed-by-comment', 'no-final-newline', 'empty-array-of-comments']) {
      const root = fixture(`edited/${shape}`);
      const path = join(root, configOf(root));
      const text = (file: string): string => readFileSync(file, 'utf8');
      writeFileSync(path, change(text(path)));
      expect(await init(root, { yes: true })).toMatchObject({ exit: 0, err: '' });
      expect(text(path)).toBe(change(text(join(FIXTURES, 'edited', shape, `after${extname(path)}`))));
      expect(await reported(root)).toContain('resilience/require-timeout');
    }
  });
});

describe('a preset that is there', () => {
  it.each(shapes('already'))('%s changes nothing', async (shape) => {
    const root = fixture(`already/${shape}`);
    const before = filesIn(root);
    const run = await init(root, { yes: true });
    expect(run).toMatchObject({ exit: 0, err: '', out: expect.stringMatching(/already.*: nothing to change/) });
    expect(filesIn(root)).toEqual(before);
  });

  it('names its line, and what it is', async () => {
    expect((await init(fixture('already/there'))).out).toContain('eslint.config.mjs:4 has recommended already: nothing to change');
    expect((await init(fixture('already/there-in-strict'))).out).toContain('eslint.config.cjs:3 has strict already, which holds all of recommended: nothing to change');
    expect((await init(fixture('already/there-through-another'))).out).toContain('from a configuration that it takes in');
  });

  it('of a smaller one does not keep a larger one out', async () => {
    const root = fixture('already/there');
    expect(await init(root, { yes: true, preset: 'strict' })).toMatchObject({ exit: 0 });
    const text = filesIn(root)['eslint.config.mjs']!;
    // Before what the user says of single rules.
    expect(text).toContain("  ...resilience.configs.recommended,\n  ...resilience.configs.strict,\n  { rules: { 'resilience/no-empty-catch': 'off' } },\n");
  });

  it('that reaches no file is said', async () => {
    const root = project({ 'eslint.config.mjs': "import resilience from 'eslint-plugin-resilience';\n\nexport default [{ ...resilience.configs.recommended[0], files: ['lib/**/*.js'] }];\n" });
    expect(await init(root)).toMatchObject({ exit: 0, out: expect.stringMatching(/recommended already: nothing to change\nNo source file that was asked about gets its rules/) });
  });
});

describe('a configuration that is not understood, or does not load', () => {
  const reasons: Readonly<Record<string, string>> = {
    'another-of-our-name': 'ESLint would not load it',
    awaited: 'what it exports is awaited',
    chained: 'it exports what `compose(…).append(…)` gives',
    composer: 'it exports what `compose(…)` gives',
    concatenated: 'it exports what `base.concat(…)` gives',
    'does-not-load': "does not load as it is (Cannot find package 'eslint-plugin-that-is-not-installed'",
    function: 'it exports a function',
    holes: 'its list has holes',
    'ignores-everything': 'none of the 1 source file asked about would get the rules',
    imported: "it exports `config` of './shared.mjs' as it is",
    'one-object': 'it exports one config and no list',
    promise: 'it exports what `load(…)` gives',
    're-exported': "it hands on what './shared.mjs' exports",
    'set-again': '`config`, which is set again later',
    'syntax-error': 'it cannot be parsed',
    throws: 'does not load as it is (set NOBODY_SETS_THIS first)',
    'two-exports': 'it sets what it exports in 2 places',
  };

  it.each(shapes('left'))('%s is left alone, with lines to paste', async (shape) => {
    const root = fixture(`left/${shape}`);
    const before = filesIn(root);
    const { exit, out, err } = await init(root, { yes: true });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(reasons[shape]);
    expect(err).toContain(`Add to ${configOf(root)} by hand:`);
    expect(err).toMatch(configOf(root).endsWith('.cjs') ? /^ {2}const resilience = require\(/m : /^ {2}import resilience from 'eslint-plugin-resilience';$/m);
    expect(err).toContain('...resilience.configs.recommended,');
    expect(filesIn(root)).toEqual(before);
  });
});

/** Can a text be made of another by taking characters out? */
function isWithin(short: string, long: string): boolean {
  let at = 0;
  for (const char of long) if (char === short[at]) at++;
  return at === short.length;
}
