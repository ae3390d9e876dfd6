import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { summarize, type Throws } from '../analysis/summarize.js';
import { builtinName } from '../analysis/summarize-names.js';
import { isFunction, memberName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { TIMERS } from '../models/builtins.js';

/** An async function whose promise nobody looks at: its error ends as an unhandled rejection. */
export interface UnawaitedFunction {
  readonly file: SourceFile;
  readonly node: FunctionNode;
  /** Who calls it: a timer, an emitter, `forEach`. */
  readonly by: 'timer' | 'listener' | 'iteration';
  readonly call: TSESTree.CallExpression;
  /** Does an error get out of it? `never` where it handles its own. */
  readonly throws: Throws;
}

const MEMO = Symbol('unawaited functions');
const LISTENS = /^(?:on|once|addListener|prependListener|addEventListener)$/;

/** The fifth way in which errors arrive: async functions that are handed to callers which ignore promises. */
export function unawaitedFunctions(file: SourceFile): readonly UnawaitedFunction[] {
  return file.memo(MEMO, () => {
    if (!/\basync\b/.test(file.text)) return [];
    return file.index.calls.flatMap((call): UnawaitedFunction[] => {
      if (call.type !== 'CallExpression') return [];
      return call.arguments.flatMap((argument): UnawaitedFunction[] => {
        const node = unwrap(argument);
        if (!isFunction(node) || !node.async) return [];
        const by = callerOf(file, call);
        return by === null ? [] : [{ file, node, by, call, throws: summarize(file, node).throws }];
      });
    });
  });
}

function callerOf(file: SourceFile, call: TSESTree.CallExpression): UnawaitedFunction['by'] | null {
  if (TIMERS.has(builtinName(evaluate(file, call.callee)) ?? '')) return 'timer';
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  if (name === 'forEach') return 'iteration';
  // `app.on('event', f)`; a method of another kind has no event in front.
  return name !== null && LISTENS.test(name) && call.arguments.length >= 2 ? 'listener' : null;
}
