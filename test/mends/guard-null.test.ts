import { afterAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/parse.js';
import { factsOfFile } from '../../src/facts/file-facts.js';
import type { NullableKind } from '../../src/facts/nullable-source.js';
import type { Edit } from '../../src/mends/edit.js';
import { guardNull } from '../../src/mends/guard-null.js';
import { turnGuard } from '../../src/mends/turn-guard.js';
import { openProgram } from '../facts/support.js';
import { removeTempProjects } from '../support/temp-project.js';

afterAll(removeTempProjects);

const ALL: readonly NullableKind[] = ['row', 'record', 'response', 'chain', 'member', 'lookup', 'match', 'env', 'web', 'reduce', 'function'];
const PG = "import pg from 'pg';\nconst pool = new pg.Pool();\n";

function applied(text: string, edits: readonly Edit[]): string {
  let end = text.length;
  let out = text;
  for (const edit of [...edits].sort((a, b) => b.range[0] - a.range[0] || b.range[1] - a.range[1])) {
    expect(edit.range[1], 'edits do not overlap').toBeLessThanOrEqual(end);
    out = `${out.slice(0, edit.range[0])}${edit.text}${out.slice(edit.range[1])}`;
    end = edit.range[0];
  }
  expect(parse('/a.ts', out)).toMatchObject({ ok: true });
  return out;
}

/** Each mend of the first use that is not guarded, applied, without what stands before the last lines. */
function mended(code: string, prefix = ''): string[] {
  const file = openProgram(prefix + code);
  const use = factsOfFile(file).nullableUses(new Set(ALL), true).find(({ verdict }) => verdict === 'unguarded');
  if (use === undefined) throw new Error(`nothing is unguarded\n${code}`);
  return guardNull(file, use).map((mend) => applied(file.text, mend.edits).slice(prefix.length));
}

type Case = [sentence: string, code: string, ...outputs: string[]];

const ROWS: Case[] = [
  ['a row that is bound', 'async function f(id) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  const row = rows[0];\n  return row.a;\n}',
    "async function f(id) {\n  const { rows } = await pool.query(\"SELECT a FROM t WHERE id = $1\", [id]);\n  const row = rows[0];\n  if (row == null) throw new Error('no row found');\n  return row.a;\n}",
    'async function f(id) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  const row = rows[0];\n  return row?.a;\n}'],
  ['a row that is not bound', 'async function f(id) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return rows[0].a; // first\n}',
    "async function f(id) {\n  const { rows } = await pool.query(\"SELECT a FROM t WHERE id = $1\", [id]);\n  if (rows[0] == null) throw new Error('no row found');\n  return rows[0].a; // first\n}",
    'async function f(id) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return rows[0]?.a; // first\n}'],
  ['a row of a call', 'async function f(id) {\n  return (await pool.query("SELECT a FROM t WHERE id = $1", [id])).rows[0].a;\n}',
    "async function f(id) {\n  const row = (await pool.query(\"SELECT a FROM t WHERE id = $1\", [id])).rows[0];\n  if (row == null) throw new Error('no row found');\n  return row.a;\n}",
    'async function f(id) {\n  return (await pool.query("SELECT a FROM t WHERE id = $1", [id])).rows[0]?.a;\n}'],
  ['a row that is taken apart', 'async function f(id) {\n  const { rows: [row] } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return row.a;\n}',
    "async function f(id) {\n  const { rows: [row] } = await pool.query(\"SELECT a FROM t WHERE id = $1\", [id]);\n  if (row == null) throw new Error('no row found');\n  return row.a;\n}",
    'async function f(id) {\n  const { rows: [row] } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return row?.a;\n}'],
  ['a row in an expression that may not run', 'async function f(id, deep) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return deep && rows[0].a;\n}',
    'async function f(id, deep) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return deep && rows[0]?.a;\n}'],
  ['a write', 'async function f(id) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  rows[0].a = 1;\n}',
    "async function f(id) {\n  const { rows } = await pool.query(\"SELECT a FROM t WHERE id = $1\", [id]);\n  if (rows[0] == null) throw new Error('no row found');\n  rows[0].a = 1;\n}"],
  ['a claim', 'async function f(id) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return rows[0]!.a;\n}',
    "async function f(id) {\n  const { rows } = await pool.query(\"SELECT a FROM t WHERE id = $1\", [id]);\n  if (rows[0] == null) throw new Error('no row found');\n  return rows[0]!.a;\n}",
    'async function f(id) {\n  const { rows } = await pool.query("SELECT a FROM t WHERE id = $1", [id]);\n  return rows[0]?.a;\n}'],
  ['a chain of then', 'const f = (id) => pool.query("SELECT a FROM t WHERE id = $1", [id]).then((r) => r.rows[0].a);', 'const f = (id) => pool.query("SELECT a FROM t WHERE id = $1", [id]).then((r) => r.rows[0]?.a);'],
];

const OTHERS: Case[] = [
  ['half a chain', 'function f(list) {\n  return list?.[0].name;\n}', 'function f(list) {\n  return list?.[0]?.name;\n}', "function f(list) {\n  if (list?.[0] == null) throw new Error('nothing found');\n  return list?.[0].name;\n}"],
  ['half a chain with a claim', 'const f = (list) => list?.[0]!.name;', 'const f = (list) => list?.[0]?.name;'],
  ['a response', "import axios from 'axios';\nasync function f() {\n  try {\n    await axios.get(u);\n  } catch (e) {\n    log(e.response.data);\n  }\n}",
    "import axios from 'axios';\nasync function f() {\n  try {\n    await axios.get(u);\n  } catch (e) {\n    log(e.response?.data);\n  }\n}",
    "import axios from 'axios';\nasync function f() {\n  try {\n    await axios.get(u);\n  } catch (e) {\n    if (e.response == null) throw e;\n    log(e.response.data);\n  }\n}"],
  ['an environment variable', "const hosts = process.env.HOSTS.split(',');", "if (process.env.HOSTS == null) throw new Error('HOSTS is not set');\nconst hosts = process.env.HOSTS.split(',');", "const hosts = process.env.HOSTS?.split(',');", "const hosts = (process.env.HOSTS ?? '').split(',');"],
  ['a match', 'function f(s) {\n  return s.match(/a(b)/)[1];\n}', "function f(s) {\n  const match = s.match(/a(b)/);\n  if (match == null) throw new Error('unexpected format');\n  return match[1];\n}".replaceAll('match', 'matchValue').replace('s.matchValue', 's.match'),
    'function f(s) {\n  return s.match(/a(b)/)?.[1];\n}', 'function f(s) {\n  return (s.match(/a(b)/) ?? [])[1];\n}'],
  ['a spread', 'const m = new Map();\nconst f = (k) => [...m.get(k)];', 'const m = new Map();\nconst f = (k) => [...(m.get(k) ?? [])];'],
  ['a loop', 'const m = new Map();\nfunction f(k) {\n  for (const x of m.get(k)) log(x);\n}', 'const m = new Map();\nfunction f(k) {\n  for (const x of m.get(k) ?? []) log(x);\n}'],
  ['a call', 'const m = new Map();\nconst f = (k) => m.get(k)();', 'const m = new Map();\nconst f = (k) => m.get(k)?.();'],
  ['what is made with new', 'const m = new Map();\nconst f = (k) => new (m.get(k).Type)();'],
];

describe('a guard', () => {
  it.each(ROWS)('for %s', (_sentence, code, ...outputs) => {
    expect(mended(code, PG)).toEqual(outputs);
  });
  it.each(OTHERS)('for %s', (_sentence, code, ...outputs) => {
    expect(mended(code)).toEqual(outputs);
  });
});

describe('a turned guard', () => {
  const cases: Case[] = [
    ['x != null || x.y', 'if (x != null || x.y) go();', 'if (x != null && x.y) go();', 'if (x != null || x?.y) go();'],
    ['x == null && x.y', 'if (x == null && x.y) go();', 'if (x == null || x.y) go();', 'if (x == null && x?.y) go();'],
    ['!x && x[0].y', 'if (!x && x[0].y) go();', 'if (!x || x[0].y) go();', 'if (!x && x?.[0].y) go();'],
    ['with an or on its right', 'if (x != null || (x.y || z)) go();', 'if (x != null && ((x.y || z))) go();', 'if (x != null || (x?.y || z)) go();'],
    ['in an and', 'if (a && (x != null || x.y)) go();', 'if (a && (x != null && x.y)) go();', 'if (a && (x != null || x?.y)) go();'],
    ['two that differ', "if (x !== 'a' || x !== 'b') go();", "if (x !== 'a' && x !== 'b') go();"],
    ['two that are the same', "if (x === 'a' && x === 'b') go();", "if (x === 'a' || x === 'b') go();"],
    ['two of several', "if (ok && x === 'a' && x === 'b') go();", "if (ok && (x === 'a' || x === 'b')) go();"],
    ['two of several that differ', "if (no || x !== 'a' || x !== 'b') go();", "if (no || x !== 'a' && x !== 'b') go();"],
  ];
  it.each(cases)('%s', (_sentence, code, ...outputs) => {
    const file = openProgram(code);
    const [guard] = factsOfFile(file).invertedGuards();
    expect(turnGuard(file, guard!).map((mend) => applied(file.text, mend.edits))).toEqual(outputs);
  });
});
