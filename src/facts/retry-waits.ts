import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { OptionAnswer } from '../analysis/value.js';
import type { RetryModel, RetryNumber } from '../models/retry-types.js';
import type { LibraryRetry } from './library-retries.js';
import type { RetryRegion } from './retries.js';

/** How long a retry waits in all before its last attempt, at least; ms. `null`: not known. */
export function waitsOfRegion({ delay }: RetryRegion, attempts: number): number | null {
  if (delay.is === 'none') return 0;
  return delay.is === 'present' && delay.ms !== null && delay.growth === 'no' ? delay.ms * (attempts - 1) : null;
}

/** The same for a call of a library. */
export function waitsOfLibrary(file: SourceFile, { node, ref, retry, delay, attempts }: LibraryRetry): number | null {
  if (typeof attempts !== 'number') return null;
  if (delay.is === 'none') return 0;
  const position = ref.at === 'last' ? node.arguments.length - 1 : ref.at[0]!;
  const options = node.arguments[position];
  if (options?.type === 'SpreadElement') return null;
  const value = options === undefined ? null : evaluate(file, options);
  return waitsBy(retry, attempts, (path) => readOption(value, path));
}

/** What a model says of the waits, with the options that are set. */
export function waitsBy({ waits }: RetryModel, attempts: number, read: (path: string) => OptionAnswer): number | null {
  if (waits === undefined) return null;
  const numberOf = ({ path, byDefault }: RetryNumber): number | null => {
    const answer = path === undefined ? null : read(path);
    if (answer === null || answer.is === 'absent') return byDefault;
    return answer.is === 'set' && answer.value.kind === 'literal' && typeof answer.value.value === 'number' ? answer.value.value : null;
  };
  const first = numberOf(waits.first);
  const factor = numberOf(waits.factor);
  const most = waits.most === undefined ? Infinity : numberOf(waits.most);
  if (first === null || factor === null || most === null) return null;
  let sum = 0;
  for (let i = 0; i < attempts - 1; i++) sum += Math.min(first * factor ** i, most);
  return sum;
}
