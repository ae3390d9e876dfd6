import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { choose, differenceOf, inRounds, markProblem, rowsFor, scoreRows, summaryOf, whereCaught } from './lib/mutants.mjs';
import { apply, MUTATED_RULES, mutationsIn } from './lib/mutations.mjs';
import { parse } from './lib/syntax.mjs';

/** Each mutant of a text as its pattern and what its lines become, blank ones left out. */
function mutantsOf(rule, text) {
  return mutationsIn(rule, 'src/a.ts', text).map((site) => {
    const mutated = apply(text, site.edit);
    expect(parse('src/a.ts', mutated), mutated).not.toBeNull();
    expect(mutated.split('\n')).toHaveLength(text.split('\n').length);
    return `${site.pattern}: ${mutated.split('\n').slice(site.line - 1, site.endLine).map((line) => line.trim()).filter((line) => line !== '').join(' ')}`.trim();
  });
}

const PROGRAMS = {
  'require-timeout': [
    ['a property', 'await fetch(url, { method: "POST", signal: AbortSignal.timeout(500) });', ['signal property: await fetch(url, { method: "POST" });']],
    ['the only property', "import axios from 'axios';\nawait axios.get(url, { timeout: 5 });", ['timeout property: await axios.get(url, {  });']],
    ['over lines', 'await fetch(url, {\n  signal,\n  headers,\n});', ['signal property:']],
    ['in a variable', 'const options = { timeout: 1 };\nawait fetch(url, options);', ['timeout in a variable: const options = {  };']],
    ['of an instance', "import axios from 'axios';\nconst api = axios.create({ baseURL });\nawait api.get(url, { timeout: 5 });", ['timeout property: await api.get(url, {  });']],
    ['of a client', 'const pool = new Pool({ host, query_timeout: 5 });', ['client option: const pool = new Pool({ host });']],
    ['an abort in a timer', 'setTimeout(() => controller.abort(), 5); await fetch(url, { headers });', ['abort in a timer: setTimeout(() => {}, 5); await fetch(url, { headers });']],
    ['a race', 'await Promise.race([load(id), new Promise((_, reject) => setTimeout(reject, 5))]);', ['race with a timer: await load(id);']],
    ['a wrapper', 'await withTimeout(load(id), 500);', ['timeout wrapper: await load(id);']],
    ['not of two bounds', 'await fetch(url, { timeout: 5, signal });', []],
    ['not of something else', 'cache.fetch(key, { timeout: 5 }); axios.get(url, { timeout: 5 });', []],
  ],
  'require-retry-backoff': [
    ['a delay in a loop', 'async function f() { for (;;) {\n try { return await load(); } catch {\n await sleep(100);\n } } }', ['delay in a loop: ;']],
    ['a delay as a branch', 'async function f() { for (;;) {\n try { return await load(); } catch {}\n if (slow) await delay(100);\n } }', ['delay in a loop: if (slow) ;']],
    ['a promise of a timer', 'async function f() { while (true) {\n try { return await load(); } catch {\n await new Promise((resolve) => setTimeout(resolve, 5));\n } } }', ['delay in a loop: ;']],
    ['in a recursion', 'async function f(n) {\n try { return await load(); } catch {\n await sleep(9);\n return f(n - 1); } }', ['delay in a recursion: ;']],
    ['options', 'queue.add(job, { attempts: 3, backoff: 500 }); axiosRetry(axios, { retries: 3, retryDelay });', ['backoff option: queue.add(job, { attempts: 3 }); axiosRetry(axios, { retries: 3, retryDelay });']],
    ['not where nothing is tried', 'async function f() { for (;;) { await load(); await sleep(9); } }', []],
    ['not in a function inside', 'async function f() { for (;;) { try { await load(); } catch {} run(async () => { await sleep(9); }); } }', []],
    ['not of what is named otherwise', 'async function f() { for (;;) { try { await load(); } catch {} await update(id); } }', []],
  ],
  'require-retry-limit': [
    ['a bound', 'async function f() { for (let i = 0; i < 3; i++) { try { return await load(); } catch {} } }', ['bound of a loop: async function f() { for (let i = 0; true; i++) { try { return await load(); } catch {} } }']],
    ['one half', 'async function f() { while (attempt < max && open) { try { return await load(); } catch {} } }', ['bound of a loop, one half: async function f() { while (open) { try { return await load(); } catch {} } }']],
    ['a way out', 'async function f() { for (;;) { try { return await load(); } catch (e) {\n if (attempt >= max) throw e;\n } } }', ['way out of a loop: ;']],
    ['a recursion that goes on', 'async function f(attempt) { try { return await load(); } catch (e) {\n if (attempt < 3) return f(attempt + 1);\n throw e; } }', ['test of a recursion: if (true) return f(attempt + 1);']],
    ['not over items', 'async function f() { for (let i = 0; i < items.length; i++) { try { await load(items[i]); break; } catch {} } }', []],
    ['not without a way out on success', 'async function f() { for (let i = 0; i < 3; i++) { try { await load(); } catch {} } }', []],
  ],
  'no-empty-catch': [
    ['a handler', 'async function f() { try { await save(); } catch (e) {\n log(e);\n throw e;\n} }', ['catch handler: async function f() { try { await save(); } catch (e) {} }']],
    ['a handler of a promise', 'save().catch((e) => { log(e); });', ['.catch handler: save().catch((e) => {});']],
    ['an expression', 'save().catch((e) => log(e));', ['.catch handler: save().catch((e) => {});']],
    ['an expression in parentheses', 'save().catch((e) => (log(e)));', ['.catch handler: save().catch((e) => {});']],
    ['not empty ones, nor those around nothing awaited', 'async function f() { try { await save(); } catch {} try { save(); } catch (e) { log(e); } }', []],
  ],
  'no-swallowed-error': [
    ['to the log', 'async function f() { try { await save(); } catch (e) { logger.error(e); throw e; } }', ['catch: log only: async function f() { try { await save(); } catch (e) { logger.error(e); } }']],
    ['to a made log', 'async function f() { try { await save(); } catch (e) { next(e); } }', ['catch: log only: async function f() { try { await save(); } catch (e) { console.error(e); } }']],
    ['not what tells nobody already', 'async function f() { try { await save(); } catch (e) { logger.error(e); } }', []],
  ],
  'no-unguarded-null': [
    ['a guard', 'async function f() { const user = await users.findOne(id);\n if (!user) throw new Error();\n return user.name; }', ['guard after the read: ;']],
    ['a guard on a row', 'async function f() { const [row] = await db.select();\n if (row === undefined) { return null; }\n return row.name; }', ['guard after the read: ;']],
    ['a chain', 'async function f() { const user = await users.findOne(id);\n return user?.name; }', ['optional chain: return user.name; }']],
    ['a chain with an index', 'const first = text.match(re)?.[1];', ['optional chain: const first = text.match(re)[1];']],
    ['a default', "const words = (headers.get('accept') ?? '').split(',');", ["default before the access: const words = (headers.get('accept')).split(',');"]],
    ['an and', 'async function f() { const user = await users.findOne(id);\n return user && user.name; }', ['and before the access: return user.name; }']],
    ['not of what nobody read', 'function f(user) { return user?.name; }', []],
    ['not where nothing is taken', 'async function f() { const user = await users.findOne(id);\n if (!user) throw new Error();\n return user; }', []],
  ],
  'no-inverted-null-guard': [
    ['and', 'if (user && user.name) go();', ['&& turned: if (user || user.name) go();']],
    ['or', 'if (user == null || user.name === "") go();', ['|| turned: if (user == null && user.name === "") go();']],
    ['in a row of tests', 'if (open && order.user !== undefined && order.user.name) go();', ['&& turned: if (open && order.user !== undefined || order.user.name) go();']],
    ['not of two things', 'if (user && order.name) go();', []],
    ['not with a chain', 'if (user && user?.name) go();', []],
  ],
  'no-ambiguous-cache-hit': [
    ['half a test', 'async function f() { const all = await redis.hgetall(key);\n if (all && Object.keys(all).length > 0) return all; }', ['emptiness half: if (all) return all; }']],
    ['a whole test', 'async function f() { const all = await redis.smembers(key);\n if (all.length > 0) return all; }', ['emptiness test: if (all) return all; }']],
    ['half a test for emptiness', 'async function f() { const all = await redis.hgetall(key);\n if (!all || Object.keys(all).length === 0) return null; }', ['emptiness half: if (!all) return null; }']],
    ['a whole test for emptiness', 'async function f() { const all = await redis.smembers(key);\n if (all.length === 0) return null; }', ['emptiness test: if (!all) return null; }']],
    ['a denied length', 'async function f() { const all = await redis.smembers(key);\n if (!all.length) return null; }', ['emptiness test: if (!all) return null; }']],
    ['null to truthiness', 'async function f() { const hit = await cache.get(key);\n if (hit !== null) return hit; }', ['null test to truthiness: if (hit) return hit; }']],
    ['not of what is not cached', 'async function f() { const hit = await load(key);\n if (hit !== null) return hit; }', []],
  ],
  'no-cache-fill-on-error': [
    ['a rethrow', 'async function f() { try {\n return await redis.get(key); } catch (e) {\n throw e;\n }\n const value = await load(); await redis.set(key, value); return value; }', ['rethrow: ;']],
    ['a read', 'async function f() {\n const hit = await redis.get(key);\n const value = hit ?? (await load()); await redis.set(key, value); return value; }', ['failed read as a miss: const hit = await redis.get(key).catch(() => null);']],
    ['not without a fill', 'async function f() {\n const hit = await redis.get(key);\n return hit; }', []],
  ],
};

describe('mutations', () => {
  it('exist for each rule that they are tested for', () => {
    expect(Object.keys(PROGRAMS).sort()).toEqual([...MUTATED_RULES].sort());
  });

  for (const [rule, programs] of Object.entries(PROGRAMS)) {
    it.each(programs)(`of ${rule}: %s`, (_name, text, expected) => {
      expect(mutantsOf(rule, text)).toEqual(expected);
    });
  }

  it('are one a line, with the lines of the edit and of its function', () => {
    const text = 'async function f() {\n  await fetch(a, { signal }); await fetch(b, { signal });\n  return fetch(c, {\n    headers,\n    signal\n  });\n}\nawait fetch(d, { signal });';
    expect(mutationsIn('require-timeout', 'src/a.ts', text).map(({ line, endLine, from, to }) => [line, endLine, from, to])).toEqual([[2, 2, 1, 7], [4, 5, 1, 7], [8, 8, null, null]]);
  });

  it('of a function as a whole lie in the function around it', () => {
    const text = 'async function f() {\n  setTimeout(() => controller.abort(), 5);\n  return fetch(url, { headers });\n}';
    expect(mutationsIn('require-timeout', 'src/a.ts', text)).toMatchObject([{ line: 2, from: 1, to: 4 }]);
  });

  it('are none where the text does not parse', () => {
    expect(mutationsIn('require-timeout', 'src/a.ts', 'fetch(url, {')).toEqual([]);
  });
});

describe('mutants', () => {
  const mutant = { line: 20, endLine: 21, from: 10, to: 60 };
  const at = (...lines) => lines.map((line) => ({ line, message: 'no timeout' }));

  it('are caught near the place or in its function by a report that is new', () => {
    expect(whereCaught(mutant, [], at(17))).toBe('near');
    expect(whereCaught(mutant, [], at(24))).toBe('near');
    expect(whereCaught(mutant, [], at(50))).toBe('function');
    expect(whereCaught(mutant, [], at(61))).toBe('elsewhere');
    expect(whereCaught({ ...mutant, from: null, to: null }, [], at(50))).toBe('elsewhere');
    expect(whereCaught(mutant, at(20, 50), at(20, 50))).toBeNull();
    expect(whereCaught(mutant, at(20), at(20, 20))).toBe('near');
    expect(whereCaught(mutant, at(20), [{ line: 20, message: 'no timeout, nor a limit' }])).toBe('near');
    expect(whereCaught(mutant, at(20), [])).toBeNull();
  });

  it('are chosen by hash, whatever their order', () => {
    const sites = Array.from({ length: 50 }, (_, index) => ({ repository: 'acme/shop', path: 'src/a.ts', line: index + 1, rule: 'require-timeout' }));
    expect(choose(sites, 10)).toEqual(choose([...sites].reverse(), 10));
    expect(choose(sites, 10)).toHaveLength(10);
    expect(choose(sites, 300)).toHaveLength(50);
  });

  it('run one a file at a time', () => {
    expect(inRounds([{ path: 'a', line: 1 }, { path: 'b', line: 1 }, { path: 'a', line: 2 }]).map((round) => round.length)).toEqual([2, 1]);
  });

  it('are shown as a difference', () => {
    const shown = differenceOf('a\nb\nc\nd', 'a\nB\n\nd', { line: 2, endLine: 3 }, 1);
    expect(shown.split('\n').map((line) => line.replace(/\s+/g, ' '))).toEqual([' 1 a', '- 2 b', '- 3 c', '+ 2 B', ' 4 d']);
  });

  const judged = (where, more = {}) => ({ repository: 'acme/shop', commit: 'abc', path: 'src/a.ts', line: 4, rule: 'require-timeout', pattern: 'timeout property', shape: 's', where, ...more });

  it('keep marks while the place holds the same code, and reasons while they are missed', () => {
    const [row] = rowsFor([judged(null)], 'strict', []);
    expect(row.caught).toEqual({ strict: false });
    const marked = { ...row, inScope: true, why: 'a call', reader: 'one', reason: 'own client' };
    expect(rowsFor([judged(null)], 'strict', [marked])[0]).toMatchObject({ inScope: true, reason: 'own client' });
    expect(rowsFor([judged('near')], 'strict', [marked])[0].reason).toBeUndefined();
    expect(rowsFor([judged('near')], 'recommended', [marked])[0]).toMatchObject({ caught: { strict: false, recommended: 'near' }, reason: 'own client' });
    expect(rowsFor([judged(null, { shape: 'other' })], 'strict', [marked])[0].inScope).toBeUndefined();
  });

  it('are summed up and scored', () => {
    const all = [judged('near'), judged('function', { line: 5 }), judged('elsewhere', { line: 6 }), judged(null, { line: 7, pattern: 'race with a timer' })];
    expect(summaryOf(all, 900)).toMatchObject({ sites: 900, mutants: 4, near: 1, function: 1, elsewhere: 1, patterns: { 'timeout property': { mutants: 3, caught: 2, elsewhere: 1 }, 'race with a timer': { mutants: 1, caught: 0 } } });
    const rows = rowsFor(all, 'strict', []).map((row, index) => ({ ...row, inScope: index !== 1, why: 'so', reader: 'one' }));
    const score = scoreRows(rows, 'strict');
    expect(score).toMatchObject({ rows: 4, marked: 4, inScope: 3, caught: 1, elsewhere: 1 });
    expect(score.misses.map(([reason, group]) => [reason, group.length])).toEqual([['no reason given', 1]]);
    expect(score.caughtOutOfScope).toHaveLength(1);
    expect(scoreRows(rows, 'recommended')).toMatchObject({ rows: 0, share: null });
  });

  it('take marks that say why', () => {
    expect(markProblem({ id: 'a', inScope: true, why: 'a call', reader: 'one' })).toBeNull();
    expect(markProblem({ id: 'a', reason: 'own client' })).toBeNull();
    expect(markProblem({ id: 'a', inScope: true, reader: 'one' })).toBe('why is missing');
    expect(markProblem({ id: 'a', inScope: 'yes', why: 'x', reader: 'one' })).toContain('neither true nor false');
    expect(markProblem({ id: 'a' })).toContain('neither');
  });
});

describe('what is kept', () => {
  const folder = new URL('./mutants/', import.meta.url);
  const rules = MUTATED_RULES.filter((rule) => existsSync(new URL(`${rule}.jsonl`, folder)));

  it.each(rules)('of %s holds no code', (rule) => {
    const rows = readFileSync(new URL(`${rule}.jsonl`, folder), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    const fields = ['repository', 'commit', 'path', 'line', 'rule', 'pattern', 'shape', 'caught', 'inScope', 'why', 'reader', 'reason'];
    for (const row of rows) expect(fields).toEqual(expect.arrayContaining(Object.keys(row)));
    expect(rows.length).toBeLessThanOrEqual(60);
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const tree = join(folder, 'trees', 'acme+shop');
  mkdirSync(join(tree, 'src'), { recursive: true });
  mkdirSync(join(tree, 'test'));
  writeFileSync(join(tree, 'package.json'), '{ "name": "shop", "type": "module", "engines": { "node": ">=20" }, "dependencies": { "axios": "1.7.0" } }');
  const orders = "import axios from 'axios';\nexport async function order(id) {\n  return axios.get(`http://orders.internal/${id}`, {\n    timeout: 2000,\n  });\n}\nexport const stock = (id) => axios.get(`http://stock.internal/${id}`, { timeout: 500 });\nexport const prices = (options) => ourOwn.fetch(axios, withTimeout(price(options), 5));\n";
  writeFileSync(join(tree, 'src/orders.js'), orders);
  writeFileSync(join(tree, 'test/orders.js'), orders);
  const command = (args, input) => spawnSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), 'mutate', ...args, '--rule', 'require-timeout', '--mutants', join(folder, 'mutants')], { encoding: 'utf8', input });
  const rows = () => readFileSync(join(folder, 'mutants/require-timeout.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const trees = ['--trees', join(folder, 'trees')];

  it('takes a mutant from the tree to a mark and a score', () => {
    const run = command(trees);
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('require-timeout, strict: 2 of 3 mutants caught (67 %; 2 within three lines');
    expect(rows().map((row) => [row.line, row.caught.strict]).sort()).toEqual([[4, 'near'], [7, 'near'], [8, false]]);
    const shown = command(['show', ...trees]).stdout;
    expect(shown).toMatch(/-\s+4 {5}timeout: 2000,\n\s+5/);
    expect(shown).not.toMatch(/caught|near/);
    const id = (line) => new RegExp(`=== (\\w{12}) acme/shop src/orders\\.js:${line}`).exec(shown)[1];
    const marks = [{ id: id(4), inScope: true, why: 'an axios call' }, { id: id(7), inScope: false, why: 'for the test' }, { id: id(8), inScope: true, why: 'for the test' }, { id: id(8), reason: 'not a known client' }];
    expect(command(['add', '--reader', 'one'], marks.map((mark) => JSON.stringify(mark)).join('\n')).stdout).toContain('4 marks taken, 0 of 3 rows unmarked');
    const score = command(['score']).stdout;
    expect(score).toContain('3 of 3 marked, 2 in scope; of those 1 caught (50 %');
    expect(score).toContain('missed because not a known client: 1');
    expect(score).toContain('reported though out of scope');
    command([...trees, '--preset', 'recommended']);
    expect(rows().filter((row) => row.inScope !== undefined)).toHaveLength(3);
    expect(rows().find((row) => row.line === 8)).toMatchObject({ caught: { strict: false, recommended: false }, reason: 'not a known client' });
    // The tree itself stays what it was.
    expect(readFileSync(join(tree, 'src/orders.js'), 'utf8')).toBe(orders);
  });

  it('refuses what it does not know', () => {
    expect(command(['measure', ...trees]).status).toBe(2);
    expect(command(['add', '--reader', 'one'], '{"id":"ffffffffffff","reason":"x"}').stderr).toContain('no row has this id');
  });
});
