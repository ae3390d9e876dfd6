import { afterAll, describe, expect, it } from 'vitest';
import { factsOfFile } from '../../src/facts/file-facts.js';
import type { NullableKind } from '../../src/facts/nullable-source.js';
import { openProgram } from './support.js';
import { removeTempProjects } from '../support/temp-project.js';

afterAll(removeTempProjects);

const ALL: readonly NullableKind[] = ['row', 'record', 'response', 'chain', 'member', 'lookup', 'match', 'env', 'web', 'reduce', 'function'];
const PG = "import pg from 'pg';\nconst pool = new pg.Pool();\n";
const ONE = "'SELECT a FROM t WHERE id = $1', [id]";

/** `row unguarded`, `row guarded`, `row unguarded tested`; nothing where nothing is used. */
function usesOf(code: string): string[] {
  return factsOfFile(openProgram(code))
    .nullableUses(new Set(ALL), true)
    .map(({ source, verdict, tested, asserted }) => [source.kind, verdict, ...(tested ? ['tested'] : []), ...(asserted ? ['asserted'] : [])].join(' '));
}

type Case = [sentence: string, code: string, ...uses: string[]];

const FLOW: Case[] = [
  ['a member of the result', `${PG}export const f = async (id) => { const r = await pool.query(${ONE}); return r.rows[0].a; };`, 'row unguarded'],
  ['at once', `${PG}export const f = async (id) => (await pool.query(${ONE})).rows[0].a;`, 'row unguarded'],
  ['taken apart', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return rows[0].a; };`, 'row unguarded'],
  ['taken apart twice', `${PG}export const f = async (id) => { const { rows: [row] } = await pool.query(${ONE}); return row.a; };`, 'row unguarded'],
  ['taken apart where it is missing', `${PG}export const f = async (id) => { const { rows: [{ a }] } = await pool.query(${ONE}); return a; };`, 'row unguarded'],
  ['with a default', `${PG}export const f = async (id) => { const { rows: [{ a } = {}] } = await pool.query(${ONE}); return a; };`],
  ['a promise that is awaited later', `${PG}export const f = async (id) => { const p = pool.query(${ONE}); const { rows } = await p; return rows[0].a; };`, 'row unguarded'],
  ['then', `${PG}export const f = (id) => pool.query(${ONE}).then(({ rows }) => rows[0].a);`, 'row unguarded'],
  ['together with others', `${PG}export const f = async (id) => { const [a, b] = await Promise.all([pool.query(${ONE}), other()]); return a.rows[0].a; };`, 'row unguarded'],
  ['at()', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return rows.at(0).a; };`, 'row unguarded'],
  ['shift()', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return rows.shift().a; };`, 'row unguarded'],
  ['an assignment', `${PG}export const f = async (id) => { let row; row = (await pool.query(${ONE})).rows[0]; return row.a; };`, 'row unguarded'],
  ['a spread into an object, which takes nothing', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return { ...rows[0] }; };`],
  ['a closure', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return () => rows[0].a; };`, 'row unguarded'],
  ['an item that is read with ?.', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return rows[0]?.a; };`],
  ['all rows', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return rows.map((row) => row.a); };`],
];

const GUARDS: Case[] = [
  ['a test of the row', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); if (!rows[0]) return null; return rows[0].a; };`, 'row guarded tested'],
  ['a test of the length', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); if (rows.length === 0) return null; return rows[0].a; };`, 'row guarded tested'],
  ['a length of one', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); if (rows.length !== 1) throw new Error('no'); return rows[0].a; };`, 'row guarded tested'],
  ['a length that is compared', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); if (rows.length <= 0) throw new Error('no'); return rows[0].a; };`, 'row guarded tested'],
  ['the row count', `${PG}export const f = async (id) => { const r = await pool.query(${ONE}); if (r.rowCount === 0) return null; return r.rows[0].a; };`, 'row guarded tested'],
  ['a row count of its own', `${PG}export const f = async (id) => { const { rows, rowCount } = await pool.query(${ONE}); if (!rowCount) return null; return rows[0].a; };`, 'row guarded tested'],
  ['a condition', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return rows.length ? rows[0].a : null; };`, 'row guarded tested'],
  ['assert', `import assert from 'node:assert';\n${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); assert(rows[0]); return rows[0].a; };`, 'row guarded tested'],
  ['assert.strictEqual', `import assert from 'node:assert';\n${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); assert.strictEqual(rows.length, 1); return rows[0].a; };`, 'row guarded tested'],
  ['assert.notEqual', `import assert from 'node:assert';\n${PG}export const f = async (id) => { const [row] = (await pool.query(${ONE})).rows; assert.notStrictEqual(row, undefined); return row.a; };`, 'row guarded tested'],
  ['invariant', `import invariant from 'tiny-invariant';\n${PG}export const f = async (id) => { const [row] = (await pool.query(${ONE})).rows; invariant(row); return row.a; };`, 'row guarded tested'],
  ['a function that throws', `${PG}function found(x) { if (x == null) throw new Error('no'); }\nexport const f = async (id) => { const [row] = (await pool.query(${ONE})).rows; found(row); return row.a; };`, 'row guarded'],
  ['a type predicate', `${PG}function isRow(x): x is { a: string } { return x != null; }\nexport const f = async (id) => { const [row] = (await pool.query(${ONE})).rows; if (!isRow(row)) return; return row.a; };`, 'row guarded tested'],
  ['isNil of lodash', `import { isNil } from 'lodash';\n${PG}export const f = async (id) => { const [row] = (await pool.query(${ONE})).rows; if (isNil(row)) return; return row.a; };`, 'row guarded tested'],
  ['isEmpty of lodash', `import _ from 'lodash';\n${PG}export const f = async (id) => { const [row] = (await pool.query(${ONE})).rows; if (_.isEmpty(row)) return; return row.a; };`, 'row guarded tested'],
  ['typeof', `${PG}export const f = async (id) => { const [row] = (await pool.query(${ONE})).rows; if (typeof row === 'undefined') return; return row.a; };`, 'row guarded tested'],
  ['a default', `${PG}export const f = async (id) => { const row = (await pool.query(${ONE})).rows[0] ?? {}; return row.a; };`],
  ['a guard that holds in a synchronous callback', `${PG}export const f = async (id, list) => { const { rows } = await pool.query(${ONE}); if (!rows.length) return []; return list.map((x) => rows[0].a + x); };`, 'row guarded tested'],
  ['a pair of which one half was written since', `${PG}export const f = async (id) => { let { rows } = await pool.query(${ONE}); if (!rows.length) return; rows = (await pool.query(${ONE})).rows; return rows[0].a; };`, 'row unguarded tested'],
  ['a guard on one path only', `${PG}export const f = async (id, deep) => { const { rows } = await pool.query(${ONE}); if (deep && !rows.length) return; return rows[0].a; };`, 'row unguarded tested'],
  ['another write after a test', `${PG}export const f = async (id) => { let row = (await pool.query(${ONE})).rows[0]; if (!row) row = await make(id); return row.a; };`, 'row unknown tested'],
  ['a claim', `${PG}export const f = async (id) => { const { rows } = await pool.query(${ONE}); return rows[0]!.a; };`, 'row unguarded asserted'],
];

const BUILTINS: Case[] = [
  ['a list with a function', 'export const f = (list) => list.find((x) => x.id).name;', 'lookup unguarded'],
  ['something else with a find', 'export const f = (page) => page.find(".a").name;'],
  ['a collection of a driver', "import { MongoClient } from 'mongodb';\nconst orders = new MongoClient('').db().collection('orders');\nexport const f = () => orders.find({ a: 1 }).toArray();"],
  ['the same condition asked before', 'export const f = (list, id) => { if (!list.some((x) => x.id === id)) return; return list.find((x) => x.id === id).name; };'],
  ['a map', 'const m = new Map(); export const f = (k) => m.get(k).name;', 'lookup unguarded'],
  ['a map that has the key', 'const m = new Map(); export const f = (k) => { if (!m.has(k)) return; return m.get(k).name; };'],
  ['keys of the map itself', 'const m = new Map(); export const f = () => { for (const k of m.keys()) m.get(k).name; };'],
  ['a class of its own', 'class Store { get(k) { return {}; } } const m = new Store(); export const f = (k) => m.get(k).name;'],
  ['a pattern', 'export const f = (s) => s.match(/a(b)/)[1];', 'match unguarded'],
  ['a pattern that cannot fail', 'export const f = (s) => s.match(/^_*/)[0];'],
  ['a pattern that was tested', 'const re = /a/; export const f = (s) => { if (!re.test(s)) return; return s.match(re)[0]; };'],
  ['a match with a default', 'export const f = (s) => (s.match(/a(b)/) || [])[1];'],
  ['groups', 'export const f = (s) => /a(?<b>b)/.exec(s).groups;', 'match unguarded'],
  ['the parts of a text', "export const f = (s) => s.split('.').pop().trim();"],
  ['a list that may be empty', 'export const f = (xs) => { const list = []; for (const x of xs) list.push(x); return list.pop().name; };', 'lookup unguarded'],
  ['a queue that is not empty', 'export const f = () => { const q = []; fill(q); while (q.length > 0) { const next = q.shift(); next.run(); } };'],
  ['an environment variable', "export const hosts = process.env.HOSTS.split(',');", 'env unguarded'],
  ['one with a default', "export const hosts = (process.env.HOSTS ?? '').split(',');"],
  ['one that is always set', "export const path = process.env.PATH.split(':');"],
  ['a parameter of a URL', "export const f = (u) => { const url = new URL(u); return url.searchParams.get('a').trim(); };", 'web unguarded'],
  ['a header', "export const f = (request: Request) => request.headers.get('a').trim();", 'web unguarded'],
  ['reduce', 'export const f = (xs) => xs.reduce((a, b) => (a > b ? a : b));', 'reduce unguarded'],
  ['reduce of what is not empty', 'export const f = (xs) => { if (!xs.length) return 0; return xs.map((x) => x.a).reduce((a, b) => a + b); };', 'reduce guarded tested'],
  ['reduce with an initial value', 'export const f = (xs) => xs.reduce((a, b) => a + b, 0);'],
  ['a function that finds nothing', 'function find(x) { if (!x) return null; return { a: 1 }; }\nexport const f = (x) => find(x).a;', 'function unguarded'],
  ['an async one', 'async function find(x) { if (!x) return null; return { a: 1 }; }\nexport const f = async (x) => (await find(x)).a;', 'function unguarded'],
  ['a promise made by hand', 'function find(x) { if (!x) return Promise.resolve(null); return load(x); }\nexport const f = (x) => find(x).then((y) => y);'],
  ['a chain that doubts another link', 'export const f = (a) => a?.list[0].name;'],
  ['the half of a chain', 'export const f = (a) => a?.list?.[0].name;', 'chain unguarded'],
  ['both halves', 'export const f = (a) => a?.list[0]?.name;'],
  ['a chain whose list is measured', 'export const f = (a) => (a?.list?.length > 0 ? a?.list?.[0].name : null);', 'chain guarded tested'],
  ['null that is compared with', "import Redis from 'ioredis';\nconst redis = new Redis();\nexport const f = async (k) => { const v = await redis.get(k); if (v === null) return; return v.length; };", 'record guarded tested'],
  ['a text that is parsed', "import Redis from 'ioredis';\nconst redis = new Redis();\nexport const f = async (k) => JSON.parse(await redis.get(k)).a;", 'record unguarded'],
  ['a text that is parsed when it is there', "import Redis from 'ioredis';\nconst redis = new Redis();\nexport const f = async (k) => { const v = await redis.get(k); if (!v) return; return JSON.parse(v).a; };"],
  ['the response of an error', "import axios from 'axios';\nexport const f = async () => { try { await axios.get(u); } catch (e) { return e.response.data; } };", 'response unguarded'],
  ['the kind of an error is no guard', "import axios from 'axios';\nexport const f = async () => { try { await axios.get(u); } catch (e) { if (axios.isAxiosError(e)) return e.response.data; } };", 'response unguarded'],
  ['a response that is tested', "import axios from 'axios';\nexport const f = async () => { try { await axios.get(u); } catch (e) { if (e.response) return e.response.data; } };", 'response guarded tested'],
  ['the error of a handler', "import axios from 'axios';\nexport const f = () => axios.get(u).then((r) => r.data).catch((e) => e.response.status);", 'response unguarded'],
  ['an error of another library', "import { load } from '@acme/load';\nexport const f = async () => { try { await load(); } catch (e) { return e.response.data; } };"],
  ['the first part of a text', "export const f = (a) => a?.split(',')[0].trim();"],
  ['the groups of a match', 'export const f = (s) => { const m = s.match(/a/); return m?.[0].trim(); };'],
  ['the issues of a schema', 'export const f = (parsed) => parsed.error?.issues[0].message;'],
  ['a member that is optional elsewhere', 'export const f = (a) => { log(a?.text?.name); return a?.text.trim(); };', 'member unguarded'],
  ['a member that nobody calls optional', 'export const f = (a) => a?.text.trim();'],
  ['a module', "export const f = async () => (await import('x')).default;"],
  ['what is always a list', 'export const f = async (xs) => (await Promise.all(xs.map(load))).flat();'],
];

describe.each([['where it goes', FLOW], ['what guards it', GUARDS], ['of the language', BUILTINS]] as const)('%s', (_title, cases) => {
  it.each(cases)('%s', (_sentence, code, ...uses) => {
    expect(usesOf(code)).toEqual(uses);
  });
});
