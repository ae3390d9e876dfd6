import { describe } from '../analysis/syntax.js';
import type { CacheTtl } from '../models/cache-types.js';
import type { LastingEntry } from './cache-expiry.js';
import type { CacheAccess } from './cache-access.js';
import type { CacheWords } from './cache-words.js';

/** Says what becomes of an entry that nothing ends. */
export function wordsOfLasting({ write, innermost, kind }: LastingEntry): CacheWords {
  const store = innermost.operation.model.title;
  const by = write === innermost ? `\`${nameOf(write)}\`` : `\`${nameOf(write)}\` (which calls \`${nameOf(innermost)}\`)`;
  const mend = `Give it a time to live${spelled(innermost)}, longer or shorter by a random part`;
  if (kind === 'fill') {
    return {
      finding: `${by} stores what was loaded on a miss with no time to live, and ${store} keeps it until somebody deletes it, which nobody does`,
      consequence: 'a change at the source is never seen, and the store grows with every key that was ever asked for',
      mend,
    };
  }
  return {
    finding: `${by} writes an entry for each key with no time to live, and nothing here deletes or expires it`,
    consequence: 'the store grows with every key that was ever written, until its memory is used up or it evicts what others need',
    mend: `${mend}, or delete it when it is done`,
  };
}

function nameOf({ node, operation }: CacheAccess): string {
  return node.type === 'TaggedTemplateExpression' ? operation.name : describe(node.callee);
}

function spelled({ operation }: CacheAccess): string {
  const ttl = operation.operation.cache?.ttl?.[0];
  const text = ttl === undefined ? null : spelling(ttl);
  return text === null ? '' : ` (${text})`;
}

function spelling({ word, argument, unit }: CacheTtl): string | null {
  const name = unit === 's' ? 'seconds' : 'ms';
  if (word !== undefined) return `\`'${word}', ${name}\``;
  if (argument?.path !== undefined) return `\`{ ${argument.path}: ${name} }\``;
  return argument === undefined ? null : `its ${argument.at === 'last' ? 'last' : (['first', 'second', 'third', 'fourth'][argument.at[0] ?? 0] ?? 'next')} argument, in ${name}`;
}
