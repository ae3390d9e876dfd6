import { afterAll, describe, expect, it } from 'vitest';
import { ambiguousHits } from '../../src/facts/ambiguous-hits.js';
import { errorFills } from '../../src/facts/cache-fills.js';
import { errorDefaultOf } from '../../src/facts/error-defaults.js';
import { storedValueOf } from '../../src/facts/stored-values.js';
import { marked, sourceOf } from '../support/source.js';
import { removeTempProjects } from '../support/temp-project.js';
import { openProgram } from './support.js';

afterAll(removeTempProjects);

describe('a stored value', () => {
  const about = (code: string): string => {
    const file = sourceOf(code);
    const { kind, nullish, unchecked, emptyDefault, errorDefault, falsy } = storedValueOf(file, marked(file, 'v'));
    return [kind, nullish?.form, unchecked ? 'unchecked' : null, emptyDefault?.form, errorDefault === null ? null : `error ${errorDefault.text}`, falsy === null ? null : `falsy ${falsy}`].filter((part) => part != null).join(', ');
  };
  const cases: [sentence: string, code: string, expected: string][] = [
    ['an object', 'const v = { id }; put(/*v*/ v);', 'object'],
    ['a list', 'const v = rows.map((row) => row.id); put(/*v*/ v);', 'array'],
    ['a comparison', 'const v = a > b; put(/*v*/ v);', 'boolean, falsy false'],
    ['only true', 'put(/*v*/ true);', 'boolean'],
    ['a length', 'const v = rows.length; put(/*v*/ v);', 'count, falsy 0'],
    ['an annotated boolean', 'const v: boolean = load(); put(/*v*/ v);', 'boolean, falsy false'],
    ['a function that says boolean', 'async function has(id): Promise<boolean> { return ask(id); }\nasync function f() { const v = await has(1); put(/*v*/ v); }', 'boolean, falsy false'],
    ['a loader of unknown result', 'async function f() { const v = await db.find(id); put(/*v*/ v); }', 'unknown, unchecked'],
    ['a loader that may give null', 'const find = (id) => (id ? { id } : null);\nfunction f() { const v = find(1); put(/*v*/ v); }', 'unknown, null'],
    ['the same, asked first', 'const find = (id) => (id ? { id } : null);\nfunction f() { const v = find(1); if (!v) return; put(/*v*/ v); }', 'unknown'],
    ['the same, in an object', 'const find = (id) => (id ? { id } : null);\nfunction f() { const v = { user: find(1) }; put(/*v*/ v); }', 'object'],
    ['an empty default', 'async function f() { const v = (await load()) ?? []; put(/*v*/ v); }', 'unknown, []'],
    ['an empty text', "const find = (id) => { if (!id) return ''; return String(id); };\nfunction f() { const v = find(1); put(/*v*/ v); }", "string, falsy ''"],
    ['a parameter', 'function f(v) { put(/*v*/ v); }', 'unknown'],
  ];
  it.each(cases)('is %s', (_sentence, code, expected) => {
    expect(about(code)).toBe(expected);
  });
});

describe('an error default', () => {
  const cases: [sentence: string, code: string, expected: string | null][] = [
    ['of a promise', 'const v = load().catch(() => []); put(/*v*/ v);', '[]'],
    ['with a log', 'const v = load().catch((e) => { log(e); return null; }); put(/*v*/ v);', 'null'],
    ['with nothing', 'const v = load().catch(log2 => {}); put(/*v*/ v);', 'undefined'],
    ['that may throw', 'const v = load().catch((e) => { if (!e.gone) throw e; return null; }); put(/*v*/ v);', null],
    ['that is loaded from elsewhere', 'const v = load().catch(() => fallback()); put(/*v*/ v);', null],
    ['kept by a local', 'async function f() { let v = 0; try { v = await load(); } catch {} put(/*v*/ v); }', '0'],
    ['kept as undefined', 'async function f() { let v; try { v = await load(); } catch { log(); } put(/*v*/ v); }', 'undefined'],
    ['given in the handler', 'async function f() { let v; try { v = await load(); } catch { v = {}; } put(/*v*/ v); }', '{}'],
    ['where the handler leaves', 'async function f() { let v = 0; try { v = await load(); } catch { return; } put(/*v*/ v); }', null],
    ['where the write is in the try', 'async function f() { let v = 0; try { v = await load(); put(/*v*/ v); } catch {} }', null],
    ['behind an operator', "const v = load().catch(() => null) ?? 'none'; put(/*v*/ v);", "'none'"],
    ['that an operator does not replace', 'const v = load().catch(() => ({})) ?? 1; put(/*v*/ v);', '{}'],
    ['of a function', 'async function load() { try { return await ask(); } catch { return []; } }\nasync function f() { put(/*v*/ await load()); }', '[]'],
    ['of a function of a function', 'async function ask() { try { return await get(); } catch { return null; } }\nconst load = () => ask();\nasync function f() { const v = await load(); put(/*v*/ v); }', 'null'],
    ['of a function that tells errors apart', 'async function load() { try { return await ask(); } catch (e) { if (e.status === 404) return null; throw e; } }\nasync function f() { put(/*v*/ await load()); }', null],
  ];
  it.each(cases)('%s', (_sentence, code, expected) => {
    const file = sourceOf(code);
    expect(errorDefaultOf(file, marked(file, 'v'))?.text ?? null).toBe(expected);
  });
});

describe('the facts of both rules', () => {
  const REDIS = "import { Redis } from 'ioredis';\nconst redis = new Redis();\n";
  const kinds = (code: string): string[] => {
    const file = openProgram(REDIS + code);
    return [...ambiguousHits(file).map((hit) => `${hit.kind} ${hit.is}`), ...errorFills(file).map((fill) => fill.kind)];
  };
  it.each([
    ['one hash', 'export async function f(id) { const e = await redis.hgetall(id); if (!e) return null; return e; }', ['empty {}']],
    ['a read-through of its own', 'export async function f(id) { const c = await redis.get(id); if (c) return JSON.parse(c); const v = await load(id); await redis.set(id, JSON.stringify(v)); return v; }', ['possible null']],
    ['an error default', 'export async function f(id) { const c = await redis.get(id); if (c) return JSON.parse(c); const v = await load(id).catch(() => []); await redis.set(id, JSON.stringify(v)); return v; }', ['error-default']],
    ['a failed read and a known object', 'export async function f(id) { const c = await redis.get(id).catch(() => null); if (c) return JSON.parse(c); const v = { id }; await redis.set(id, JSON.stringify(v)); return v; }', ['failed-read']],
    ['code that cannot run', 'export async function f(id) { return 1; const e = await redis.hgetall(id); if (!e) return null; }', []],
  ])('say of %s', (_sentence, code, expected) => {
    expect(kinds(code)).toEqual(expected);
  });

  it.each(['redis.get(', 'const { a } = await redis.hgetall(...k); if (!a) {}', 'for await (const x of redis.get(k)) if (x) break;', 'if (redis.get()) {}', 'class A { x = redis.get("a") || 1 }', 'redis.set(...args); redis.set();'])('do not fail on %s', (code) => {
    let file;
    try {
      file = openProgram(REDIS + code);
    } catch {
      return;
    }
    expect(() => [ambiguousHits(file), errorFills(file)]).not.toThrow();
  });
});
