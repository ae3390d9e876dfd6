import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { substitute } from '../analysis/substitute.js';
import { attemptsOf, type Attempts } from '../analysis/summarize-attempts.js';
import { isInside } from '../analysis/summarize-body.js';
import type { Loop } from '../analysis/summarize-loop.js';
import type { Retry } from '../analysis/summarize-retries.js';
import { describe, isFunction, memberName, unwrap } from '../analysis/syntax.js';
import { UNDEFINED, alternatives, type FunctionNode, type Value } from '../analysis/value.js';
import type { ArgumentRef } from '../models/types.js';
import { libraryRetries, type LibraryRetry } from './library-retries.js';
import { retryRegions, type RetryRegion } from './retries.js';
import { causesOf, causesOfLibrary, type Causes } from './retry-causes.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A call that runs what it is given, again when it fails. */
export interface RetryRun {
  readonly by: 'library' | 'helper';
  /** The call that is given it. */
  readonly node: Call;
  /** As written for people: `pRetry`, `withRetry`. */
  readonly name: string;
  /** How often in all; `null`: not known. */
  readonly attempts: Attempts;
  readonly causes: Causes;
  /** What it is given: a function, or a name of one. */
  readonly subject: Node;
  /** Of a library: where it is set up. */
  readonly library: { readonly file: SourceFile; readonly retry: LibraryRetry } | null;
  /** Of a helper: its own region. */
  readonly region: { readonly file: SourceFile; readonly region: RetryRegion } | null;
  /** It waits for something to be there, or each process does it by itself once in a while. */
  readonly waits: boolean;
}

const MEMO = Symbol('retry runs');

/** The calls of a file that run a function again when it fails, in source order. */
export function retryRuns(file: SourceFile): readonly RetryRun[] {
  return file.memo(MEMO, () => file.index.calls.flatMap((call) => runOf(file, call) ?? []));
}

/** Does this call run what it is given again? */
export function runOf(file: SourceFile, call: Call): RetryRun | null {
  if (call.callee.type === 'Super' || call.arguments.length === 0 && unwrap(call.callee).type !== 'MemberExpression') return null;
  return byLibrary(file, call) ?? byPolicy(file, call) ?? byHelper(file, call);
}

function byLibrary(file: SourceFile, call: Call): RetryRun | null {
  const retry = libraryRetries(file).find((one) => one.node === call);
  if (retry === undefined) return null;
  for (const callee of presentAlternatives(evaluate(file, call.callee))) {
    const whole = callee.kind === 'policy-export' ? callee.model.exports[callee.path] : retry.model.exports['default'];
    const subject = whole?.subject === undefined ? null : subjectOf(file, call, whole.subject);
    if (subject !== null) return runBy(file, retry, call, retry.name, subject);
  }
  return null;
}

function runBy(home: SourceFile, retry: LibraryRetry, node: Call, name: string, subject: Node): RetryRun {
  return { by: 'library', node, name, attempts: retry.attempts, causes: causesOfLibrary(home, retry), subject, library: { file: home, retry }, region: null, waits: retry.polls || retry.onTimer };
}

/** Of several places, the one that holds a function. */
function subjectOf(file: SourceFile, call: Call, ref: ArgumentRef): Node | null {
  const positions = ref.at === 'last' ? [call.arguments.length - 1] : ref.at;
  const found = positions.flatMap((at) => call.arguments[at] ?? []);
  const held = found.filter((argument) => presentAlternatives(evaluate(file, argument)).some((value) => value.kind === 'function' || value.kind === 'parameter'));
  return held[0] ?? null;
}

/** `policy.execute(fn)`, where the policy, or a part of it, tries again. */
function byPolicy(file: SourceFile, call: Call): RetryRun | null {
  const callee = unwrap(call.callee);
  const [subject] = call.arguments;
  if (callee.type !== 'MemberExpression' || subject === undefined || subject.type === 'SpreadElement') return null;
  const method = memberName(callee);
  for (const value of presentAlternatives(evaluate(file, callee.object))) {
    if (value.kind !== 'policy' || value.model.exports[value.path]?.runs?.methods.includes(method ?? '') !== true) continue;
    for (const part of policyParts(value)) {
      const home = part.place.file;
      const retry = libraryRetries(home).find((one) => one.node === part.place.node);
      if (retry !== undefined) return runBy(home, retry, call, describe(call.callee), subject);
    }
  }
  return null;
}

/** The policies of a combination, the outermost first; of another policy, itself. */
export function policyParts(policy: Extract<Value, { kind: 'policy' }>, depth = 0): readonly Extract<Value, { kind: 'policy' }>[] {
  if (policy.model.exports[policy.path]?.does !== 'combines') return [policy];
  const { file, node } = policy.place;
  if (depth > 3 || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) return [];
  return node.arguments.flatMap((part) =>
    presentAlternatives(evaluate(file, part.type === 'SpreadElement' ? part.argument : part)).flatMap((inner) => (inner.kind === 'policy' ? policyParts(inner, depth + 1) : [])),
  );
}

/** A function of the project that calls a parameter in a retry of its own, or hands it to a library that does. */
function byHelper(file: SourceFile, call: Call): RetryRun | null {
  if (call.type !== 'CallExpression') return null;
  for (const callee of presentAlternatives(evaluate(file, call.callee))) {
    if (callee.kind !== 'function') continue;
    const found = inHelper(file, call, callee.file, callee.node);
    if (found !== null) return found;
  }
  return null;
}

function inHelper(file: SourceFile, call: TSESTree.CallExpression, home: SourceFile, fn: FunctionNode): RetryRun | null {
  const name = describe(call.callee);
  for (const region of retryRegions(home)) {
    if (region.fn !== fn || region.retry.runs === null) continue;
    const subject = call.arguments[region.retry.runs];
    if (subject === undefined || subject.type === 'SpreadElement') continue;
    const attempts = attemptsAt(home, region, { file, args: call.arguments });
    return { by: 'helper', node: call, name, attempts, causes: causesOf(home, fn, region.retry), subject, library: null, region: { file: home, region }, waits: region.polls || region.excuse !== null };
  }
  for (const retry of libraryRetries(home)) {
    if (!isInside(retry.node, fn) || retry.node === call) continue;
    const own = byLibrary(home, retry.node);
    const index = own === null ? null : parameterRun(home, fn, own.subject);
    const subject = index === null ? undefined : call.arguments[index];
    if (own === null || subject === undefined || subject.type === 'SpreadElement') continue;
    return { ...own, by: 'helper', node: call, name, subject };
  }
  return null;
}

/** The parameter that a subject is, or calls. */
function parameterRun(file: SourceFile, fn: FunctionNode, subject: Node): number | null {
  const inner = unwrap(subject);
  const asked = isFunction(inner) ? file.index.calls.filter((call) => isInside(call, inner)).map((call) => call.callee) : [inner];
  for (const node of asked) {
    const value = evaluate(file, node);
    if (value.kind === 'parameter' && value.node === fn && value.path.length === 0) return value.index;
  }
  return null;
}

/** How often a region tries, seen from a call of its function: what it was handed may say; what was left out, its defaults. */
export function attemptsAt(file: SourceFile, region: RetryRegion, call: { readonly file: SourceFile; readonly args: readonly TSESTree.CallExpressionArgument[] } | null): Attempts {
  const { attempts, retry, fn, kind } = region;
  if (attempts !== null || kind !== 'loop') return attempts;
  const args = call?.args ?? [];
  const read = (home: SourceFile, node: Node): Value => {
    const value = evaluate(home, node);
    const given = alternatives(value).find((one) => one.kind === 'parameter' && one.node === fn);
    const handed = given === undefined ? UNDEFINED : substitute(given, fn, args, call?.file ?? file);
    // What is handed in takes the place of the default.
    return handed.kind === 'literal' && handed.value !== undefined ? handed : substitute(value, fn, args, call?.file ?? file);
  };
  const found = attemptsOf(file, fn, retry.node as Loop, (retry as Retry).attempt, read);
  return typeof found === 'number' ? found : null;
}
