import type { SourceFile } from '../analysis/source-file.js';
import type { LastingEntry } from '../facts/cache-expiry.js';
import type { CacheTtl } from '../models/cache-types.js';
import type { Mend } from './edit.js';
import { writeArgument } from './write-options.js';

/** An hour, for a person to change. */
const HOUR = { s: '3600', ms: '3_600_000', 'epoch-s': null, 'epoch-ms': null } as const;

/**
 * Writes a time to live into the call that stores; the client's own, not the one of a function around it.
 * @returns `null` where the call is in another file, or has something in that place already
 */
export function giveTimeToLive(file: SourceFile, { innermost }: LastingEntry): Mend | null {
  const { node, operation } = innermost;
  const ttl = operation.operation.cache?.ttl?.[0];
  if (ttl === undefined || innermost.file !== file || node.type === 'TaggedTemplateExpression') return null;
  const number = HOUR[ttl.unit];
  if (number === null || node.arguments.some((argument) => argument.type === 'SpreadElement')) return null;
  const edits = ttl.argument?.path === undefined ? plainly(node, ttl, number) : writeArgument(file, node, ttl.argument, [{ path: ttl.argument.path.split('.'), text: number, role: 'main' }]);
  return edits === null ? null : { edits, title: `one hour (${number} ${ttl.unit})`, safety: 'behaviour' };
}

type Call = Exclude<LastingEntry['innermost']['node'], { type: 'TaggedTemplateExpression' }>;

/** As the next argument, or as a word and the number behind the value; a callback stays the last. */
function plainly({ arguments: args }: Call, { word, argument }: CacheTtl, number: string): Mend['edits'] | null {
  const at = argument === undefined || argument.at === 'last' ? 2 : (argument.at[0] ?? 2);
  const before = args[at - 1];
  if (before === undefined || (word === undefined && args.length > at)) return null;
  return [{ range: [before.range[1], before.range[1]], text: `, ${word === undefined ? '' : `'${word}', `}${number}` }];
}
