import type { TSESTree } from '@typescript-eslint/types';
import { controlFlowAround } from '../analysis/control-flow.js';
import { isInside } from '../analysis/summarize-body.js';
import { describe, enclosingFunction, memberName, unwrap } from '../analysis/syntax.js';
import { SAVES_NOTHING, VERBS } from '../models/error-names.js';
import { isAwaited, stakeOf, type Stake, type StakedCall } from './call-stake.js';
import type { ErrorHandler } from './error-handlers.js';
import { wordsIn } from './name-words.js';

const SAVES: ReadonlySet<Stake | undefined> = new Set<Stake>(['payment', 'commit', 'publish', 'write']);

/**
 * Was something saved on every way to what a handler guards, with nothing around it that drops its
 * failure? Then a claim of success behind the handler is true: what failed there came on top.
 */
export function savedBefore({ file, guarded }: ErrorHandler): boolean {
  const flow = controlFlowAround(file, guarded);
  const owner = enclosingFunction(guarded);
  if (flow === null) return false;
  for (const call of file.index.calls) {
    if (call.range[0] >= guarded.range[0]) break;
    if (call.type !== 'CallExpression' || enclosingFunction(call) !== owner || !isAwaited(call) || SAVES_NOTHING.test(describe(call.callee)) || !saves(call, () => savingStake(stakeOf(file, call, true)))) continue;
    if (file.index.tries.some(({ block, handler }) => handler != null && isInside(call, block) && !isInside(guarded, block))) continue;
    if (flow.dominates(call, guarded)) return true;
  }
  return false;
}

/** By its stake, or by a verb in its chain: `db.insert(orders).values(order)`. */
function saves(call: TSESTree.CallExpression, stake: () => Stake): boolean {
  let current: TSESTree.Node = call;
  while (current.type === 'CallExpression') {
    const callee: TSESTree.Node = unwrap(current.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
    const verb = wordsIn(name ?? '')[0] ?? '';
    if (name === 'catch') return false;
    if (Object.hasOwn(VERBS, verb) && SAVES.has(VERBS[verb])) return true;
    if (callee.type !== 'MemberExpression') break;
    current = unwrap(callee.object);
  }
  return SAVES.has(stake());
}

function savingStake({ stake, known }: StakedCall): Stake {
  return known === 'cache' ? 'harmless' : stake;
}
