import type { SourceFile } from '../analysis/source-file.js';
import { describe } from '../analysis/syntax.js';
import type { Place } from '../analysis/value.js';
import type { AmbiguousHit } from './ambiguous-hits.js';
import type { CacheAccess } from './cache-access.js';
import type { ErrorFill } from './cache-fills.js';

/** A finding in words, for messages. */
export interface CacheWords {
  /** What the code does. */
  readonly finding: string;
  /** What happens then. */
  readonly consequence: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Says why a hit test cannot tell. */
export function wordsOfHit(file: SourceFile, hit: AmbiguousHit): CacheWords {
  const read = nameOf(hit.read);
  const asks = { truthy: 'truthy', null: 'null', undefined: 'undefined', nullish: 'null or undefined' }[hit.test.form];
  const asked = hit.test.form === 'truthy' ? 'tests the entry by its truthiness' : `asks whether the entry is ${asks}`;
  const origin = hit.origin === null ? '' : ` (from ${placeText(file, hit.origin)})`;
  switch (hit.kind) {
    case 'empty':
      return {
        finding: `${read} answers ${INSTEAD[hit.is] ?? hit.is} for a key that is missing, and this ${asked}`,
        consequence: 'it never comes out as a miss, so an entry that is not there is served as if it were',
        mend: MENDS[hit.is] ?? 'Test for emptiness',
      };
    case 'other-null':
      return {
        finding: `${read} answers ${hit.is} for a key that is missing, and this ${asked}`,
        consequence: 'every miss counts as a hit, and nothing is ever loaded',
        mend: `Compare with ${hit.is}`,
      };
    case 'stored-null':
      return {
        finding: `the miss path stores its result unchecked, which may be null${origin}, and the text "null" is neither null nor empty`,
        consequence: 'one lookup that found nothing is then served as a hit until it expires, also after the thing exists',
        mend: 'Store only what was found, or store a sentinel with a short TTL on purpose',
      };
    case 'stored-empty':
      return {
        finding: `the miss path may store ${hit.is} in place of a result that was not there${origin}, and this ${asked}`,
        consequence: 'the empty default is then served as a hit until it expires',
        mend: 'Store only what was found',
      };
    case 'falsy':
      return {
        finding: `the miss path may store ${hit.is}${origin}, and this ${asked}`,
        consequence: hit.is === 'null' ? 'what was found missing is looked up again on every call' : 'such an entry is a miss each time, and is loaded again on every call',
        mend: hit.is === 'null' ? 'Store a sentinel for "not there", or nothing' : `Compare with what ${read} answers on a miss`,
      };
    case 'possible':
      return {
        finding: 'the miss path stores what it loaded and this serves what was stored, and neither looks at it',
        consequence: 'if one load gives null or something empty, that is served as a hit until it expires',
        mend: 'Check the value before it is stored, or after it is parsed',
      };
  }
}

const INSTEAD: Readonly<Record<string, string>> = { '{}': '`{}`', '[]': '`[]`', '[null]': 'a list of nulls', object: 'an object around null' };
const MENDS: Readonly<Record<string, string>> = {
  '{}': 'Test `Object.keys(…).length`',
  '[]': 'Test `.length`',
  '[null]': 'Test its items',
  object: 'Test the value in it',
};

/** Says what fills a cache because of an error. */
export function wordsOfFill(file: SourceFile, fill: ErrorFill): CacheWords {
  const write = nameOf(fill.write);
  const stands = fill.stands === null ? '' : `\`${fill.stands.text}\` (${placeText(file, fill.stands.place)})`;
  switch (fill.kind) {
    case 'failed-read':
      return {
        finding: fill.inHandler ? `${write} runs when the read of the same entry has failed` : `a failed read is taken for a miss, and ${write} then writes the same entry`,
        consequence: 'a cache that is slow or down gets a write on top of each read that fails, and every caller waits for both',
        mend: 'After a failed read, serve from the source and leave the cache alone',
      };
    case 'hidden-failure':
      return {
        finding: `\`${fill.read!.through[0]}\` gives a failed read back as a miss, and ${write} then writes the same entry`,
        consequence: 'a cache that is slow or down gets a write on top of each read that fails, and every caller waits for both',
        mend: `Let \`${fill.read!.through[0]}\` tell a failure from a miss`,
      };
    case 'error-default':
      return {
        finding: `${write} stores ${stands}, which stands in for a result when loading fails`,
        consequence: 'one failure is served to everybody as a good answer until the entry expires',
        mend: 'Store only what was loaded',
      };
    case 'promise':
      return {
        finding: `${write} stores a promise before it is known whether it holds, and nothing removes it if it fails`,
        consequence: 'one failure is handed to every later caller until the entry expires',
        mend: 'Delete the entry when the promise is rejected',
      };
  }
}

function nameOf(access: CacheAccess): string {
  const name = access.node.type === 'TaggedTemplateExpression' ? access.operation.name : describe(access.node.callee);
  return `\`${name}\``;
}

function placeText(file: SourceFile, place: Place): string {
  const { line } = place.file.lines.locate(place.node.range[0]);
  return place.file === file ? `line ${line}` : `${place.file.path.split('/').at(-1)}:${line}`;
}
