import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction } from '../analysis/syntax.js';
import { REMOVES } from '../models/removal-names.js';
import { isTestFile } from './test-files.js';
import { cacheAccesses, type CacheAccess } from './cache-access.js';

/**
 * Does somebody end the life of an entry: delete it, or limit or lift its time, in this file or, as far
 * as texts tell, in another of the package? What may be the same key counts.
 */
export function isEndedElsewhere(write: CacheAccess): boolean {
  const shape = write.key === null ? null : keyShape(write.key);
  if (shape === null) return true;
  return isEndedInFile(write.file, write, shape) || isEndedInPackage(write, shape);
}

function isEndedInFile(file: SourceFile, write: CacheAccess, shape: string): boolean {
  return cacheAccesses(file).some((access) => {
    if (access.operation.model !== write.operation.model) return false;
    switch (access.role) {
      case 'delete':
        // A list of keys, or all of them.
        return access.key === null || mayBeSame(keyShape(access.key), shape);
      case 'expire':
      case 'persist':
        if (access.key !== null) return mayBeSame(keyShape(access.key), shape);
        return enclosingFunction(access.node) === enclosingFunction(write.node);
      default:
        return false;
    }
  });
}

/** A list of keys is written with brackets; a bare variable may hold any key. */
function mayBeSame(one: string, other: string): boolean {
  return one === other || one === '*' || one.includes('[') || one.startsWith('...');
}

/** Another file of the package that writes the same literal part of the key, or the name that makes it, and removes something. */
function isEndedInPackage(write: CacheAccess, shape: string): boolean {
  const clue = clueOf(shape);
  if (clue === null) return false;
  const { file } = write;
  return file.project.textsContaining(file.path, [clue]).some(({ path, text }) => path !== file.path && !isTestFile(text) && REMOVES.test(text));
}

const MIN_CLUE = 3;

/** The longest literal part of a key, without quotes; else the longest name in it. */
function clueOf(shape: string): string | null {
  const longest = (parts: readonly string[]): string | null => parts.filter((part) => part.length >= MIN_CLUE).sort((a, b) => b.length - a.length)[0] ?? null;
  const literals = [...shape.matchAll(LITERAL)].map(([text]) => JSON.parse(text) as string);
  return longest(literals) ?? longest(shape.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

const LITERAL = /"(?:[^"\\]|\\.)*"/g;
// Literals first: what stands in one is no variable.
const PARTS = /("(?:[^"\\]|\\.)*")|(\u0001\d+:\d+\u0002)((?:\.[\w$]+)*)(\(?)|\bv(\d+)((?:\.[\w$]+)*)(\(?)/g;

/** A key with `*` for whatever is not the same in every call: parameters, locals, and members of them. */
export function keyShape(key: string): string {
  return key.replace(PARTS, (text: string, literal: string | undefined, hole: string | undefined, _path, opens: string | undefined, _id, _members, called: string | undefined) => {
    if (literal !== undefined) return literal;
    if (hole !== undefined) return opens === '(' ? '*(' : '*';
    return called === '(' ? text : '*';
  });
}
