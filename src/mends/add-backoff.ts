import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import type { Loop } from '../analysis/summarize-loop.js';
import { enclosingFunction, isFunction, memberName, outermost } from '../analysis/syntax.js';
import { counterAt, counterOfCalls, type FailureCounter } from '../facts/retry-counter.js';
import type { RetryRegion } from '../facts/retries.js';
import { backoffFault, type BackoffFault, type Wanted } from '../facts/retry-faults.js';
import { delayText, growing, jittered, type DelayText, type UnchangedDelay } from './change-delay.js';
import type { Edit, Mend } from './edit.js';
import { freeName } from './free-name.js';
import { numberText } from './number-text.js';
import { fullJitter, RETRY_NUMBERS, type RetryNumbers } from './retry-numbers.js';
import { sleeperOf } from './sleep-helper.js';
import { insertBefore } from './statements.js';
import { sameWaits, toldAlike } from './told-delay.js';
import { beforeStatement, waitPlace, type NoPlace } from './wait-place.js';

type Node = TSESTree.Node;

/** Why a region gets no wait, or no other one. */
export type NoBackoff = NoPlace | UnchangedDelay | 'no-counter' | 'cannot-wait';

/** What the limit that is set with the wait counts by: `null` where none is. */
export interface OwnCounter {
  readonly name: string;
  /** From where on it counts the failure that came last. */
  readonly from: number;
}

const COUNTERS = ['attempt', 'retries', 'failures'] as const;

/**
 * Edits that make a region of the project's own code wait: a random time, up to one that doubles with the
 * attempts and has a limit. A delay that is there becomes the longest first wait.
 * @returns no mend where none is certainly well formed
 */
export function addBackoff(file: SourceFile, region: RetryRegion, fault: BackoffFault): readonly Mend[] {
  // What is asked for is a matter of the rule's options: without them, other waits of the function stay.
  const mend = backOff(file, region, fault, RETRY_NUMBERS, { wanted: fault === 'noDelay' ? { growth: false, jitter: false } : ALL });
  return typeof mend === 'string' ? [] : [mend];
}

const TITLES: Readonly<Record<BackoffFault, string>> = {
  noDelay: 'add exponential backoff with full jitter',
  fixedDelay: 'let it double with the attempts, with full jitter',
  noJitter: 'add full jitter',
};

const ALL: Wanted = { growth: true, jitter: true };

/**
 * The same for a codemod, which says why there is none.
 * @param own the counter of a limit that is set together with it
 * @param wanted what the other places of a function that calls itself are asked for
 */
export function backOff(file: SourceFile, region: RetryRegion, fault: BackoffFault, numbers: RetryNumbers, { own = null, wanted = ALL }: { readonly own?: OwnCounter | null; readonly wanted?: Wanted } = {}): Mend | NoBackoff {
  const edits: Edit[] = [];
  // One report stands for all places in which a function calls itself: they are to wait alike.
  for (const place of [region, ...(region.others ?? [])]) {
    const what = place === region ? fault : backoffFault(place, wanted);
    if (what === null) continue;
    const found = editsOf(file, place, what, numbers, own);
    if (typeof found === 'string') return found;
    edits.push(...found.filter((edit) => !edits.some((known) => isSame(known, edit))));
  }
  return { edits: edits.sort((a, b) => a.range[0] - b.range[0]), title: TITLES[fault], safety: 'behaviour' };
}

const isSame = (one: Edit, other: Edit): boolean => one.range[0] === other.range[0] && one.range[1] === other.range[1] && one.text === other.text;

function editsOf(file: SourceFile, region: RetryRegion, fault: BackoffFault, numbers: RetryNumbers, own: OwnCounter | null): readonly Edit[] | NoBackoff {
  if (fault === 'noDelay') return region.kind === 'loop' ? waitInLoop(file, region, numbers, own) : waitBeforeCall(file, region, numbers);
  const delay = delayText(file, region);
  if (typeof delay === 'string') return delay;
  if (fault === 'noJitter') return alike(file, region, delay, jittered(file, delay, region, numbers));
  if (region.kind === 'loop' && own === null && region.attempts === null && isEndedElsewhere(file, region)) return 'ended-elsewhere';
  const exponent = exponentAt(file, region, delay.node.range[0], own);
  if (exponent === null) return 'no-counter';
  const changed = growing(file, delay, exponent.text, numbers);
  return typeof changed === 'string' ? changed : [...exponent.edits, ...alike(file, region, delay, changed)];
}

/** What tells of the delay, and what waits the same elsewhere, changes with it. */
function alike(file: SourceFile, region: RetryRegion, { node, isTold }: DelayText, changed: Edit): readonly Edit[] {
  return isTold ? [changed] : [...toldAlike(file, region, node, changed), ...sameWaits(file, region, node, changed)];
}

/** A deadline or a signal ends it, which a delay that grows would overrun. */
function isEndedElsewhere(file: SourceFile, region: RetryRegion): boolean {
  const place = waitPlace(file, region, false);
  return place === 'ended-elsewhere';
}

function waitInLoop(file: SourceFile, region: RetryRegion, numbers: RetryNumbers, own: OwnCounter | null): readonly Edit[] | NoBackoff {
  if (!region.fn.async) return 'cannot-wait';
  const place = waitPlace(file, region, region.endless || own !== null);
  if (typeof place === 'string') return place;
  const exponent = place.counter === undefined ? exponentAt(file, region, place.offset, own) : { text: exponentOf(place.counter)!, edits: [] };
  if (exponent === null) return 'no-counter';
  const sleeper = sleeperOf(file, region.node);
  const wait = `await ${sleeper.promise(fullJitter(numberText(numbers.cap), numberText(numbers.base), exponent.text))}`;
  const written = place.write(place.guard === null ? wait : `if (${place.guard}) ${wait}`);
  return written === null ? 'several-ways' : [...sleeper.edits, ...exponent.edits, written];
}

/** How often the wait has doubled, as code at a place; a counter of its own where the loop has none. */
function exponentAt(file: SourceFile, region: RetryRegion, offset: number, own: OwnCounter | null): { readonly text: string; readonly edits: readonly Edit[] } | null {
  if (own !== null) return { text: offset < own.from ? own.name : `(${own.name} - 1)`, edits: [] };
  const counter = region.kind === 'loop' ? counterAt(file, region.node as Loop, offset) : counterOfCalls(file, region.fn, region.node as TSESTree.CallExpression);
  const text = counter === null ? null : exponentOf(counter);
  if (text !== null) return { text, edits: [] };
  const name = region.kind === 'loop' ? freeName(file, region, COUNTERS) : null;
  const declared = name === null ? null : insertBefore(file, region.node, `let ${name} = 0`);
  return declared === null ? null : { text: `${name}++`, edits: [declared] };
}

function exponentOf({ variable: { name }, step, first }: FailureCounter): string | null {
  if (step === -1) return first === null ? null : `(${first} - ${name})`;
  return first === null || first === 0 ? name : first > 0 ? `(${name} - ${first})` : `(${name} + ${-first})`;
}

/** In front of the call by which a function calls itself: a statement where it can wait, else a promise that goes on with the call. */
function waitBeforeCall(file: SourceFile, region: RetryRegion, numbers: RetryNumbers): readonly Edit[] | NoBackoff {
  const call = region.node as TSESTree.CallExpression;
  const owner = enclosingFunction(call);
  const exponent = exponentAt(file, region, call.range[0], null);
  if (exponent === null) return 'no-counter';
  const sleeper = sleeperOf(file, call);
  const ms = fullJitter(numberText(numbers.cap), numberText(numbers.base), exponent.text);
  if (isFunction(owner) && owner.async && owner.body.type === 'BlockStatement') {
    const written = beforeStatement(file, statementOf(call), `await ${sleeper.promise(ms)}`);
    return written === null ? 'several-ways' : [...sleeper.edits, written];
  }
  if (!isHandedOn(call, owner) || /\bawait\b/.test(file.text.slice(...call.range))) return 'cannot-wait';
  const whole = outermost(call);
  return [...sleeper.edits, { range: [whole.range[0], whole.range[0]], text: `${sleeper.promise(ms)}.then(() => ` }, { range: [whole.range[1], whole.range[1]], text: ')' }];
}

function statementOf(node: Node): Node {
  let current = node;
  while (current.parent != null && !/(?:Statement|Declaration)$/.test(current.type)) current = current.parent;
  return current;
}

/** Is the promise of a call what a callback of another promise gives? */
function isHandedOn(call: Node, owner: Node): boolean {
  const chained = outermost(owner).parent;
  if (!isFunction(owner) || chained?.type !== 'CallExpression' || chained.callee.type !== 'MemberExpression' || !/^(?:then|catch)$/.test(memberName(chained.callee) ?? '')) return false;
  let current: Node = outermost(call);
  while (current.parent?.type === 'ConditionalExpression' && current.parent.test !== current) current = outermost(current.parent);
  const { parent } = current;
  return (parent?.type === 'ReturnStatement' && isInside(parent, owner)) || (parent === owner && owner.body === current);
}
