import { ROW_IDENTITY } from '../models/repeat-names.js';
import { UNKNOWN, isGroup, tokensOf, type Token } from './sql-rows.js';

/** What a statement does, and what it does when it is run once more. */
export interface SqlEffect {
  readonly does: 'read' | 'write' | 'unknown';
  readonly twice: 'same' | 'again' | 'unknown';
  /** `INSERT`; empty where the text does not tell. */
  readonly verb: string;
}

const NOTHING: SqlEffect = { does: 'unknown', twice: 'unknown', verb: '' };
const READS: ReadonlySet<string> = new Set(['select', 'values', 'show', 'explain', 'describe', 'table']);
const LEAVES_THE_SAME: ReadonlySet<string> = new Set(['delete', 'replace', 'upsert', 'merge', 'truncate', 'copy']);
const CHANGES: ReadonlySet<string> = new Set(['insert', 'update', ...LEAVES_THE_SAME]);

/**
 * What a statement does, by its text.
 * - INSERT happens again, unless ON CONFLICT, ON DUPLICATE KEY, IGNORE or WHERE NOT EXISTS stand in it, or it names the row itself
 * - UPDATE happens again where it counts on what is there (`n = n + 1`)
 * - DELETE, REPLACE, MERGE leave the same
 * @param parts its text; `null` for a part that is not known
 */
export function sqlEffect(parts: readonly (string | null)[]): SqlEffect {
  const tokens = tokensOf(parts.map((part) => part ?? ` ${UNKNOWN} `).join(''));
  if (tokens === null) return NOTHING;
  while (tokens.at(-1) === ';') tokens.pop();
  // Several statements are several effects.
  if (tokens.includes(';')) return NOTHING;
  return statement(tokens);
}

function statement(tokens: readonly Token[]): SqlEffect {
  const [first] = tokens;
  if (tokens.length === 1 && isGroup(first)) return statement(first);
  if (typeof first !== 'string') return NOTHING;
  const verb = first.toUpperCase();
  if (first === 'with') return withParts(tokens);
  // A function in a SELECT may write; that is rare, and its name does not tell.
  if (READS.has(first)) return { does: tokens.includes('into') ? 'unknown' : 'read', twice: 'same', verb };
  if (first === 'insert') return { does: 'write', twice: insertedTwice(tokens), verb };
  if (first === 'update') return { does: 'write', twice: updatedTwice(tokens), verb };
  return LEAVES_THE_SAME.has(first) ? { does: 'write', twice: first === 'copy' ? 'again' : 'same', verb } : NOTHING;
}

/** `with a as (insert …) select …`: each part does what it does. */
function withParts(tokens: readonly Token[]): SqlEffect {
  const end = tokens.findIndex((token) => typeof token === 'string' && (READS.has(token) || CHANGES.has(token)));
  const parts = [...tokens.slice(0, end === -1 ? undefined : end).filter(isGroup).map(statement), ...(end === -1 ? [] : [statement(tokens.slice(end))])];
  return parts.find((part) => part.twice === 'again') ?? parts.find((part) => part.does === 'unknown') ?? parts.find((part) => part.does === 'write') ?? parts.at(-1) ?? NOTHING;
}

function insertedTwice(tokens: readonly Token[]): SqlEffect['twice'] {
  const guarded = tokens.some((token, i) => (token === 'conflict' || token === 'duplicate') && (tokens[i - 1] === 'on' || tokens[i + 1] === 'key'));
  if (guarded || tokens.slice(0, 4).some((token) => token === 'ignore' || token === 'replace')) return 'same';
  if (hasWord(tokens, 'exists')) return 'same';
  const columns = tokens.find(isGroup);
  const values = tokens.findIndex((token) => token === 'values' || token === 'select' || token === 'default');
  // Without a list of columns, or with one that is not known, the row may name itself.
  if (columns === undefined || values === -1 || tokens.indexOf(columns) > values || hasWord(columns, UNKNOWN)) return 'unknown';
  return columns.some((name) => typeof name === 'string' && (name === '"name"' || ROW_IDENTITY.test(name))) ? 'unknown' : 'again';
}

/** `set seen = seen + 1`: what is there decides. A WHERE on it is a compare-and-set. */
function updatedTwice(tokens: readonly Token[]): SqlEffect['twice'] {
  const set = tokens.indexOf('set');
  if (set === -1) return 'unknown';
  const where = tokens.indexOf('where', set);
  const assignments = tokens.slice(set + 1, where === -1 ? undefined : where);
  const counted = assignments.flatMap((token, i) => (assignments[i + 1] === '=' && typeof token === 'string' && countsOn(assignments.slice(i + 2), token) ? [token] : []));
  if (counted.length === 0) return hasWord(assignments, UNKNOWN) && !assignments.includes('=') ? 'unknown' : 'same';
  return where !== -1 && counted.some((column) => hasWord(tokens.slice(where), column)) ? 'unknown' : 'again';
}

/** Is this the column, on the right of its own `=`, with a sign beside it? */
function countsOn(rest: readonly Token[], column: string): boolean {
  const end = rest.indexOf(',');
  const value = flat(end === -1 ? rest : rest.slice(0, end));
  const own = column.split('.').at(-1)!;
  return value.some((token) => token.split('.').at(-1) === own) && value.some((token) => /^[-+*/|]$/.test(token));
}

function hasWord(tokens: readonly Token[], word: string): boolean {
  return flat(tokens).includes(word);
}

function flat(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token) => (isGroup(token) ? flat(token) : [token]));
}
