import { callsOf } from '../../../src/facts/io-calls.js';
import { sourceOf } from '../../support/source.js';

/** What the calls of a code do: `read`, `read [0] undefined`, `write stream`. */
export function seenCalls(code: string): string[] {
  return callsOf(sourceOf(code)).io.map(({ mode, operation: { operation } }) => {
    const empty = operation.empty === undefined ? [] : [operation.empty.path, operation.empty.value];
    return [operation.effect, ...empty, mode === 'reply' ? '' : mode].filter((part) => part !== '').join(' ');
  });
}
