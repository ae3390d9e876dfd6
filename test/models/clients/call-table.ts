import { describe, expect, it } from 'vitest';
import { callsOf } from '../../../src/facts/io-calls.js';
import { sourceOf } from '../../support/source.js';

/** A row: in words, the code, and what each of its calls does: `read null`, `write`. */
export type CallRow = readonly [sentence: string, code: string, calls: readonly string[]];

/** What the calls of a file do, those that leave the process first, and what they give where nothing is there. */
function callsIn(code: string): string[] {
  const { io, local } = callsOf(sourceOf(code));
  return [...io, ...local].map(({ operation: { operation } }) => [operation.effect, operation.empty?.path, operation.empty?.value].filter((part) => part !== undefined && part !== '').join(' '));
}

/** A table of what is seen of a library, each row behind the same beginning. */
export function callTable(name: string, before: string, rows: readonly CallRow[]): void {
  describe(name, () => {
    it.each(rows)('%s', (_, code, expected) => expect(callsIn(`${before}\n${code}`)).toEqual(expected));
  });
}
