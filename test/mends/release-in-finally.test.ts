import { afterAll, describe, expect, it } from 'vitest';
import releaseInFinally from '../../codemods/release-in-finally.js';
import { applyEdits } from '../../src/codemod/apply-edits.js';
import { planFile } from '../../src/codemod/plan-file.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);
const project = tempProject({ 'src/main.js': 'export {};' }, { pg: '8.23.1' });
const SETTINGS = { crossFile: true, runtime: null, models: [], policies: [] } as const;
const HEAD = "import { Pool } from 'pg';\nconst pool = new Pool();\nexport ";

function mended(code: string): string {
  const plan = planFile(`${project.root}/src/main.js`, HEAD + code, [{ codemod: releaseInFinally, options: {} }], SETTINGS);
  const edits = plan.is === 'steps' ? plan.steps.flatMap((step) => (step.kind === 'edit' ? step.edits : [])) : [];
  return applyEdits(HEAD + code, edits).slice(HEAD.length);
}

interface Run {
  readonly outcome: string;
  readonly log: readonly string[];
  readonly releases: number;
}

/** Runs a function with a pool of which the nth thing that is awaited fails; rows are there, or not. */
async function run(code: string, failing: number, rows: readonly unknown[]): Promise<Run> {
  const log: string[] = [];
  let awaited = 0;
  let releases = 0;
  const wait = async (what: string): Promise<{ rows: readonly unknown[] }> => {
    log.push(what);
    await Promise.resolve();
    if (awaited++ === failing) throw new Error(`no ${what}`);
    return { rows };
  };
  const client = { query: wait, release: () => { releases++; } };
  const pool = { connect: () => Promise.resolve(client) };
  const f = new Function('pool', 'wait', 'say', `return (${code})`)(pool, wait, (what: string) => log.push(what)) as () => Promise<unknown>;
  const outcome = await f().then((value) => `gives ${JSON.stringify(value)}`, (error: unknown) => `fails: ${String(error)}`);
  return { outcome, log, releases };
}

const TAKE = '  const client = await pool.connect();';
const body = (...lines: string[]): string => ['async function f() {', TAKE, ...lines, '}'].join('\n');

const SHAPES: Readonly<Record<string, string>> = {
  'a release at the end': body("  await client.query('a');", "  await client.query('b');", '  client.release();'),
  'a result behind it': body("  const { rows } = await client.query('a');", '  client.release();', "  say('used');", '  return rows.length;'),
  'work behind it': body("  await client.query('a');", '  client.release();', "  await wait('later');", '  return 1;'),
  'early returns and errors': body(
    "  const { rows } = await client.query('a');",
    '  if (rows.length === 0) {',
    '    client.release();',
    '    return null;',
    '  }',
    "  if (rows[0] === 'bad') {",
    '    client.release();',
    "    throw new Error('bad');",
    '  }',
    "  await client.query('b');",
    '  client.release();',
    '  return rows;',
  ),
  'a try with a catch that throws': body('  try {', "    await client.query('a');", '    client.release();', '  } catch (error) {', "    await client.query('rollback');", '    throw error;', '  }', '  return 1;'),
  'a try with a catch that goes on': body('  try {', "    await client.query('a');", '    client.release();', '    return 1;', '  } catch (error) {', "    await wait('report');", '    client.release();', '    return 2;', '  }'),
  'a try that has a finally': body('  try {', "    await client.query('a');", '    client.release();', '  } finally {', "    say('done');", '  }'),
  'a try that begins too late': body("  await client.query('begin');", '  try {', "    await client.query('a');", '    return 1;', '  } finally {', '    client.release();', '  }'),
  'work in front of a try with all': body(
    "  const { rows } = await client.query('read');",
    "  if (rows.length === 0) throw new Error('none');",
    '  let saved = 0;',
    '  try {',
    "    await client.query('a');",
    '    saved = rows.length;',
    '  } catch (error) {',
    "    await client.query('rollback');",
    '    throw error;',
    '  } finally {',
    '    if (client) client.release();',
    '  }',
    '  return saved;',
  ),
  'work in front of a try with a catch': body("  await client.query('begin');", '  try {', "    await client.query('a');", '    client.release();', '  } catch (error) {', "    await client.query('rollback');", '    client.release();', '  }', "  await wait('later');", '  return 1;'),
  'a release behind a try with a catch that throws': body("  say('first');", '  try {', "    await client.query('a');", '  } catch (error) {', "    await wait('report');", '    throw error;', '  }', '', '  client.release();', '', "  await wait('later');", '  return 1;'),
  'a try on one line': body("  try { await client.query('a'); client.release(); } catch (error) { say('no'); throw error; }", '  return 1;'),
  'two ways that both return': body("  const { rows } = await client.query('a');", '  if (rows.length > 0) {', '    client.release();', '    return rows;', '  } else {', '    client.release();', '    return null;', '  }'),
  'a loop': ['async function f() {', '  let n = 0;', "  for (const name of ['a', 'b', 'c']) {", '    const client = await pool.connect();', '    const { rows } = await client.query(name);', '    if (rows.length === 0) {', '      client.release();', '      continue;', '    }', '    n += rows.length;', "    await client.query('next');", '    client.release();', '  }', '  return n;', '}'].join('\n'),
  'a return that gives nothing back': body("  const { rows } = await client.query('a');", '  if (rows.length === 0) return null;', "  await client.query('b');", '  client.release();', '  return rows;'),
};

describe.each(Object.entries(SHAPES))('%s', (_name, code) => {
  const after = mended(code);

  it('is mended', () => {
    expect(after).not.toBe(code);
  });

  it('gives, throws and does the same, whatever fails, and gives back what it took', async () => {
    for (const rows of [[], [1], ['bad']]) {
      for (let failing = -1; failing < 7; failing++) {
        const [one, two] = [await run(code, failing, rows), await run(after, failing, rows)];
        const where = `with ${JSON.stringify(rows)}, failing ${failing}`;
        expect({ outcome: two.outcome, log: two.log }, where).toEqual({ outcome: one.outcome, log: one.log });
        const taken = code.includes('for (') ? two.log.filter((what) => what !== 'next').length : 1;
        expect(two.releases, where).toBe(taken);
      }
    }
  });
});

describe('of two in one function', () => {
  const twice = ['async function f() {', '  const one = await pool.connect();', '  const two = await pool.connect();', "  await one.query('a');", "  await two.query('b');", '  two.release();', '  one.release();', '}'].join('\n');

  it('one is mended a run', async () => {
    const first = mended(twice);
    const second = mended(first);
    expect(mended(second)).toBe(second);
    expect(second.match(/finally/g)).toHaveLength(2);
    for (const failing of [0, 1]) expect((await run(second, failing, [])).releases).toBe(2);
  });
});

describe('is left alone', () => {
  it.each([
    ['work that is waited for behind an early release', body("  const { rows } = await client.query('a');", '  if (rows.length === 0) {', '    client.release();', "    await wait('later');", '    return 1;', '  }', "  await client.query('b');", '  client.release();')],
    ['a promise that still needs it', body("  if (say('x')) return client.query('a');", "  await client.query('b');", '  client.release();')],
    ['a break inside of what would be wrapped', body('  for (const name of [1]) {', '    const { rows } = await client.query(name);', '    if (rows.length === 0) {', '      client.release();', '      break;', '    }', '  }', "  say('after');")],
    ['a release on the line of other code', body("  await client.query('a'); client.release(); return 1;")],
    ['a release that a switch decides', body("  switch (await client.query('a')) {", '    case 1:', '      client.release();', '      break;', '    default:', '      client.release();', '  }')],
    ['an arrow without a block', 'async function f() {\n  return (await pool.connect()).query("a");\n}'],
  ])('%s', (_name, code) => {
    expect(mended(code)).toBe(code);
  });
});
