import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import type { SourceFile } from '../analysis/source-file.js';
import { unwrap } from '../analysis/syntax.js';
import type { Place } from '../analysis/value.js';
import type { Pool, PoolFault } from '../facts/pools.js';
import { constructionOf, type Construction } from './construction.js';
import type { Edit, Mend } from './edit.js';
import { heldBy, propertyText, writeArgument, type Write } from './write-options.js';

/** The limits to write. */
export interface PoolNumbers {
  /** How long a caller waits for a free one, ms. */
  readonly waitMs: number;
  /** How many there are. */
  readonly size: number;
  /** How many callers may wait. */
  readonly waiters: number;
}

/**
 * Writes the limits that a pool lacks into the options that it is made with, and in place of a zero that
 * means none.
 * @returns `null` where one of them cannot be written here
 */
export function limitPool(file: SourceFile, pool: Pool, numbers: PoolNumbers): Mend | null {
  const construction = constructionOf(file, pool.node);
  if (construction === null || construction.options === null || pool.faults.length === 0) return null;
  const edits: Edit[] = [];
  const absent: Write[] = [];
  for (const fault of pool.faults) {
    const write: Write = { path: fault.limit.path.split('.'), text: textOf(fault, numbers), role: 'main' };
    if (fault.set === null) {
      absent.push(write);
      continue;
    }
    const zero = zeroAt(file, construction, fault.set);
    if (zero === null) return null;
    edits.push({ range: zero.range, text: write.text });
  }
  if (absent.length > 0) {
    const added = writeArgument(file, construction.node, construction.options, absent);
    if (added === null) return null;
    edits.push(...added);
  }
  const written = propertyText(pool.faults.map((fault) => ({ path: fault.limit.path.split('.'), text: textOf(fault, numbers), role: 'main' })));
  return { edits: edits.sort((a, b) => a.range[0] - b.range[0]), title: `set \`${written}\``, safety: 'behaviour' };
}

/** The zero itself, where it stands in options that serve this pool alone. */
function zeroAt(file: SourceFile, { node, options }: Construction, place: Place): TSESTree.Node | null {
  const found = argumentValue(file, node.arguments, options!);
  if (found === null || place.file !== file || place.node.type !== 'Property') return null;
  const passed = unwrap(found.node);
  const own = passed.type === 'Identifier' ? heldBy(file, passed) : passed;
  if (own === null || place.node.range[0] < own.range[0] || place.node.range[1] > own.range[1]) return null;
  const value = unwrap(place.node.value);
  return value.type === 'Literal' && value.value === 0 ? value : null;
}

function textOf({ limit }: PoolFault, numbers: PoolNumbers): string {
  const number = { wait: numbers.waitMs, size: numbers.size, waiters: numbers.waiters, sockets: numbers.size }[limit.limits];
  return number >= 10_000 ? String(number).replace(/\B(?=(\d{3})+(?!\d))/g, '_') : String(number);
}
