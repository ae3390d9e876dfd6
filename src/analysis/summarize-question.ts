import type { SourceFile } from './source-file.js';
import type { FunctionNode, Place, Reason } from './value.js';

/** The answer to a yes-or-no question about a function. `no` is proved. */
export type Judged =
  | { readonly is: 'yes'; readonly place: Place }
  | { readonly is: 'no' }
  | { readonly is: 'unknown'; readonly reason: Reason };

export const NO: Judged = { is: 'no' };

export const unsure = (code: Reason['code'], detail?: string): Judged => ({ is: 'unknown', reason: detail === undefined ? { code } : { code, detail } });

/** `yes` as soon as one is; `no` only where all are. Asks no more than needed. */
export function some<Item>(items: Iterable<Item>, judge: (item: Item) => Judged): Judged {
  let doubt: Judged | null = null;
  for (const item of items) {
    const judged = judge(item);
    if (judged.is === 'yes') return judged;
    if (judged.is === 'unknown') doubt ??= judged;
  }
  return doubt ?? NO;
}

/** Deeper than real code goes from helper to helper. */
const MAX_DEPTH = 24;
/** Functions looked at for one answer: functions that call each other in circles could ask without end. */
const MAX_WORK = 400;

/**
 * A question about functions that is answered once for each, and that may be asked again about the
 * functions they call.
 * @param whenBusy the answer inside a circle: what going round once more adds, which is nothing
 * @param tooDeep the answer where looking further would cost too much
 */
export function question<Answer>(compute: (file: SourceFile, fn: FunctionNode) => Answer, whenBusy: Answer, tooDeep: Answer): (file: SourceFile, fn: FunctionNode) => Answer {
  const key = Symbol('summary');
  const inProgress = new Map<FunctionNode, number>();
  // The outermost function in progress on which the answer being made depends.
  let dependsOn = Infinity;
  let work = 0;
  return (file, fn) => {
    const memo = file.memo(key, () => new WeakMap<FunctionNode, { readonly answer: Answer }>());
    const known = memo.get(fn);
    if (known !== undefined) return known.answer;
    const busy = inProgress.get(fn);
    if (busy !== undefined) {
      dependsOn = Math.min(dependsOn, busy);
      return whenBusy;
    }
    const depth = inProgress.size;
    if (depth === 0) work = 0;
    if (depth >= MAX_DEPTH || ++work > MAX_WORK) {
      dependsOn = 0;
      return tooDeep;
    }
    const before = dependsOn;
    dependsOn = Infinity;
    inProgress.set(fn, depth);
    try {
      const answer = compute(file, fn);
      // An answer made inside a circle holds for the function at its head only.
      if (dependsOn >= depth) memo.set(fn, { answer });
      return answer;
    } finally {
      inProgress.delete(fn);
      dependsOn = Math.min(before, dependsOn >= depth ? Infinity : dependsOn);
    }
  };
}
