import { callsOf } from '../../src/facts/io-calls.js';
import { sourceOf } from './source.js';

/** What the calls of a file do, as models say it: `read null`, `by-sql rows[0] undefined (sql)`, `write`, `none (stream)`. */
export function seenCalls(code: string): string[] {
  return callsOf(sourceOf(code)).io.map(({ mode, operation: { operation } }) => {
    const { empty } = operation;
    const yields = empty === undefined ? [] : [empty.path, empty.value, empty.sql === undefined ? '' : '(sql)'];
    return [operation.effect, ...yields, mode === 'reply' ? '' : `(${mode})`].filter((part) => part !== '').join(' ');
  });
}
