import { readText, signatureOf } from './disk.js';

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The record under a key, or an empty one. */
export function recordAt(value: unknown, key: string): JsonRecord {
  const inner = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}

export function stringAt(value: unknown, key: string): string | null {
  const inner = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : null;
}

/** The strings of a list; a lone string counts as a list of one. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Parses JSON that may hold a BOM, comments and trailing commas. `undefined` when it is broken. */
export function parseJson(text: string): unknown {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return JSON.parse(source) as unknown;
  } catch {
    // Most files hold no comments: those pay for one attempt only.
  }
  try {
    return JSON.parse(withoutComments(source)) as unknown;
  } catch {
    return undefined;
  }
}

function withoutComments(text: string): string {
  let out = '';
  let kept = 0;
  let i = 0;
  let lastComma = -1;
  while (i < text.length) {
    const char = text[i]!;
    if (char === '"') {
      const end = endOfString(text, i);
      out += text.slice(kept, end);
      kept = i = end;
      lastComma = -1;
    } else if (char === '/' && (text[i + 1] === '/' || text[i + 1] === '*')) {
      out += text.slice(kept, i);
      const close = text[i + 1] === '/' ? text.indexOf('\n', i) : text.indexOf('*/', i + 2);
      const end = close === -1 ? text.length : text[i + 1] === '/' ? close : close + 2;
      kept = i = end;
    } else {
      if (char === ',') {
        out += text.slice(kept, i);
        kept = i;
        lastComma = out.length;
      } else if ((char === '}' || char === ']') && lastComma !== -1) {
        out += text.slice(kept, i);
        kept = i;
        out = `${out.slice(0, lastComma)} ${out.slice(lastComma + 1)}`;
        lastComma = -1;
      } else if (!/\s/.test(char)) {
        lastComma = -1;
      }
      i++;
    }
  }
  return out + text.slice(kept);
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

const files = new Map<string, { readonly signature: string; readonly value: unknown }>();
const MAX_FILES = 2000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads and parses a JSON file, once while it does not change. `undefined` when missing or broken. */
export function readJson(path: string): unknown {
  const signature = signatureOf(path);
  if (signature === null) return undefined;
  const known = files.get(path);
  if (known?.signature === signature) return known.value;
  const text = readText(path, MAX_BYTES);
  const value = text === null ? undefined : parseJson(text);
  if (files.size >= MAX_FILES) files.clear();
  files.set(path, { signature, value });
  return value;
}
