import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { exportValue, policyBeside } from '../analysis/evaluate-export.js';
import { presentAlternatives } from '../analysis/member.js';
import { packageVersion } from '../analysis/package-version.js';
import { readOption } from '../analysis/options.js';
import { returnedBy } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { Attempts } from '../analysis/summarize-attempts.js';
import { memberName, rootOf, unwrap } from '../analysis/syntax.js';
import { alternatives, type OptionAnswer, type Value } from '../analysis/value.js';
import { RETRY_WORDS } from '../models/retry-names.js';
import type { ArgumentRef, RetryModel } from '../models/types.js';
import type { PolicyModel } from '../models/policy-types.js';
import { holdsFor } from '../models/version-range.js';
import { leadsToClient } from './io-calls.js';
import { runsOnOwnTimer, throwsNotYet } from './retry-polls.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;
type Known = 'yes' | 'no' | 'unknown';

/** A call by which a library tries again. */
export interface LibraryRetry {
  /** The call that takes the options. */
  readonly node: Call;
  readonly model: PolicyModel;
  readonly retry: RetryModel;
  /** As written for people: `axiosRetry`, `queue.add`. */
  readonly name: string;
  readonly ref: ArgumentRef;
  /** What a report underlines: the callee; where a function gives the options, the one that says how often. */
  readonly range: readonly [number, number];
  /** How often it tries in all; `null`: limited or not known. */
  readonly attempts: Attempts;
  /** Somebody wrote how often. */
  readonly attemptsSet: boolean;
  readonly delay: {
    readonly is: 'none' | 'present' | 'unknown';
    /** It is the library's own, nobody set one. */
    readonly byDefault: boolean;
    readonly growth: Known;
    readonly jitter: Known;
  };
  /** It tries until something is there, which fails for nobody else. */
  readonly polls: boolean;
  /** Each process does it by itself, once in a while. */
  readonly onTimer: boolean;
  /** What is known of an option of it. */
  read(path: string): OptionAnswer;
}

const MEMO = Symbol('library retries');

/** The calls of a file by which a library tries again, as its model says. */
export function libraryRetries(file: SourceFile): readonly LibraryRetry[] {
  return file.memo(MEMO, () => (RETRY_WORDS.test(file.text) ? file.index.calls.flatMap((call) => retryOf(file, call) ?? []) : []));
}

/** Options of one call: its own, then those of what it is called on. */
interface Governed {
  readonly model: PolicyModel;
  readonly ref: ArgumentRef;
  readonly options: Value | null;
  readonly fallback: Value | null;
}

function retryOf(file: SourceFile, node: Call): LibraryRetry | null {
  if (node.callee.type === 'Super' || !(isFromPolicyPackage(file, node.callee) || leadsToClient(file, node.callee))) return null;
  const governed = governedBy(file, node);
  const retry = governed?.model.retry;
  if (governed === null || retry === undefined) return null;
  const { model, ref, options, fallback } = governed;
  const read = (path: string): OptionAnswer => {
    const own = readOption(options, path);
    return own.is === 'absent' && fallback !== null ? readOption(fallback, path) : own;
  };
  const { attempts, isSet } = attemptsOf(retry, options, read);
  const made = ref.factory === undefined || retry.option === undefined ? null : read(retry.option);
  const range = made?.is === 'set' && made.place?.file === file ? made.place.node.range : headOfCall(node);
  return { node, model, retry, name: file.text.slice(node.callee.range[0], node.callee.range[1]), ref, range, attempts, attemptsSet: isSet, delay: delayOf(versioned(file, model, retry), read), polls: throwsNotYet(file, node), onTimer: runsOnOwnTimer(node), read };
}

/** Does a callee begin with what is imported from a package that a policy model knows? */
function isFromPolicyPackage(file: SourceFile, callee: Node): boolean {
  const root = rootOf(callee);
  const variable = root.type === 'Identifier' ? file.bindings.variableOf(root) : null;
  const declaration = variable === null || variable === 'global' ? null : (variable.defs[0]?.parent as Node | null | undefined);
  return declaration?.type === 'ImportDeclaration' && file.project.models.policies(declaration.source.value).length > 0;
}

/** `require('axios-retry')(axios)`: the module called as its default export. */
function wholeModule(file: SourceFile, value: Value): Value {
  return value.kind === 'export' && value.path.length === 0 ? exportValue(file, value.package, ['default']) : value;
}

function governedBy(file: SourceFile, node: Call): Governed | null {
  const callee = unwrap(node.callee);
  for (const found of presentAlternatives(evaluate(file, callee))) {
    const value = policyIn(wholeModule(file, found));
    if (value === null) continue;
    const ref = value.model.exports[value.path]?.retryOptions;
    if (ref !== undefined) return { model: value.model, ref, options: optionsAt(file, node, ref), fallback: null };
  }
  if (callee.type !== 'MemberExpression') return null;
  const method = memberName(callee);
  for (const value of presentAlternatives(evaluate(file, callee.object))) {
    const policy = value.kind === 'policy' ? value : madeAsClient(value);
    if (policy === null || method === null) continue;
    const made = policy.model.exports[policy.path];
    const ref = made?.retryMethods === undefined || !Object.hasOwn(made.retryMethods, method) ? undefined : made.retryMethods[method];
    if (ref === undefined) continue;
    const { node: construction, file: home } = policy.place;
    const isMade = construction.type === 'NewExpression' || construction.type === 'CallExpression';
    const fallback = isMade && made!.retryOptions !== undefined ? optionsAt(home, construction, made!.retryOptions) : null;
    return { model: policy.model, ref, options: optionsAt(file, node, ref), fallback };
  }
  return null;
}

function policyIn(value: Value): Extract<Value, { kind: 'policy-export' }> | null {
  if (value.kind === 'model-export') return policyBeside(value);
  return value.kind === 'policy-export' ? value : null;
}

/** A client whose class is a policy too. */
function madeAsClient(value: Value): Extract<Value, { kind: 'policy' }> | null {
  if (value.kind !== 'instance' || value.made === null || value.made.node.type !== 'NewExpression') return null;
  const { file, node } = value.made;
  for (const made of presentAlternatives(evaluate(file, node.callee))) {
    const found = policyIn(wholeModule(file, made));
    if (found !== null) return { kind: 'policy', model: found.model, path: found.path, place: { file, node } };
  }
  return null;
}

/** Without what the version in use does not have yet: then a random part cannot be told, nor added. */
function versioned(file: SourceFile, model: PolicyModel, retry: RetryModel): RetryModel {
  const versions = retry.randomness?.versions;
  if (versions === undefined || holdsFor(packageVersion(file, model.packages[0]!).version, versions)) return retry;
  const { randomness: _, ...rest } = retry;
  return rest;
}

/** The value that holds the options; `null` where provably none is passed. */
function optionsAt(file: SourceFile, node: Call, ref: ArgumentRef): Value | null {
  const spread = node.arguments.findIndex((argument) => argument.type === 'SpreadElement');
  const positions = ref.at === 'last' ? [node.arguments.length - 1].filter((at) => at >= (ref.after ?? 0)) : ref.at;
  for (const at of positions) {
    if (spread !== -1 && spread <= at) return { kind: 'unknown', reason: { code: 'opaque-spread' } };
    const argument = node.arguments[at];
    if (argument === undefined) continue;
    const value = evaluate(file, argument);
    // Of two places, the one that holds no function.
    if (positions.length > 1 && alternatives(value).every((one) => one.kind === 'function' || (one.kind === 'literal' && one.value !== undefined))) continue;
    if (ref.keys !== undefined && value.kind === 'object' && value.open === null && !ref.keys.some((key) => value.entries.has(key))) return null;
    const holder = ref.factory === undefined ? value : madeBy(value, ref.factory);
    return ref.path === undefined ? holder : below(holder, ref.path);
  }
  return null;
}

/** `{ useFactory: (config) => ({ … }) }`: what the function gives. Another key may hold a class that makes it. */
function madeBy(value: Value, key: string): Value {
  const factories = presentAlternatives(value).map((holder) => (holder.kind === 'object' ? holder.entries.get(key)?.value() : undefined));
  const [factory] = factories;
  return factories.length === 1 && factory?.kind === 'function' ? returnedBy(factory.file, factory.node) : { kind: 'unknown', reason: { code: 'injected' } };
}

function below(value: Value, path: string): Value | null {
  const answer = readOption(value, path);
  return answer.is === 'set' ? answer.value : answer.is === 'absent' ? null : { kind: 'unknown', reason: answer.reason };
}

function attemptsOf(retry: RetryModel, options: Value | null, read: (path: string) => OptionAnswer): { attempts: Attempts; isSet: boolean } {
  const counted = (count: number): Attempts => (count === Infinity ? 'unbounded' : retry.counts === 'attempts' ? count : count + 1);
  const byDefault: Attempts = retry.retries === Infinity ? 'unbounded' : retry.retries + 1;
  if (retry.forever !== undefined) {
    const forever = read(retry.forever);
    if (forever.is === 'set' && isLiteral(forever.value, true)) return { attempts: 'unbounded', isSet: true };
    if (forever.is === 'unknown') return { attempts: null, isSet: false };
  }
  if (retry.shorthand === true && options?.kind === 'literal' && typeof options.value === 'number') return { attempts: counted(options.value), isSet: true };
  if (retry.shorthand === true && options !== null && options.kind !== 'object') return { attempts: null, isSet: true };
  if (retry.option === undefined) return { attempts: byDefault, isSet: false };
  const answer = read(retry.option);
  if (answer.is === 'absent') return { attempts: byDefault, isSet: false };
  if (answer.is === 'unknown') return { attempts: null, isSet: false };
  if (answer.value.kind === 'builtin' && answer.value.path.at(-1) === 'Infinity') return { attempts: 'unbounded', isSet: true };
  if (answer.value.kind !== 'literal') return { attempts: null, isSet: true };
  return { attempts: typeof answer.value.value === 'number' ? counted(answer.value.value) : null, isSet: true };
}

function delayOf(retry: RetryModel, read: (path: string) => OptionAnswer): LibraryRetry['delay'] {
  const answers = (retry.delay ?? []).map(read);
  const set = answers.filter((answer) => answer.is === 'set');
  if (set.length === 0 && answers.some((answer) => answer.is === 'unknown')) return { is: 'unknown', byDefault: false, growth: 'unknown', jitter: 'unknown' };
  const values = set.map((answer) => (answer as Extract<OptionAnswer, { is: 'set' }>).value);
  if (set.length > 0 && values.every(isNothing)) return { is: 'none', byDefault: false, growth: 'no', jitter: 'no' };
  const jitter = randomnessOf(retry, read);
  if (set.length === 0) {
    if (retry.backoff === 'none') return { is: 'none', byDefault: true, growth: 'no', jitter: 'no' };
    return { is: 'present', byDefault: true, growth: growthOf(retry, read, retry.backoff === 'exponential'), jitter };
  }
  // A function, or a strategy of the library's: how long it waits is not told by a model.
  const isPlain = values.every((value) => value.kind === 'literal' || value.kind === 'object');
  if (!isPlain) return { is: 'present', byDefault: false, growth: 'unknown', jitter: 'unknown' };
  return { is: 'present', byDefault: false, growth: growthOf(retry, read, retry.backoff === 'exponential'), jitter };
}

function growthOf(retry: RetryModel, read: (path: string) => OptionAnswer, byDefault: boolean): Known {
  if (retry.growth === undefined) return byDefault ? 'yes' : 'no';
  const { path, when, unless } = retry.growth;
  const answer = read(path);
  if (answer.is === 'unknown') return 'unknown';
  if (answer.is === 'absent') return unless !== undefined ? (byDefault ? 'yes' : 'no') : 'no';
  if (answer.value.kind !== 'literal') return 'unknown';
  const { value } = answer.value;
  if (when !== undefined) return when.includes(value as string) ? 'yes' : 'no';
  return unless?.includes(value as number) === true ? 'no' : 'yes';
}

function randomnessOf(retry: RetryModel, read: (path: string) => OptionAnswer): Known {
  if (retry.randomness === undefined) return retry.jitter ? 'yes' : 'unknown';
  const answer = read(retry.randomness.path);
  if (answer.is === 'unknown') return 'unknown';
  if (answer.is === 'absent') return retry.jitter ? 'yes' : 'no';
  if (answer.value.kind !== 'literal') return 'unknown';
  return retry.randomness.off?.includes(answer.value.value as string) === true ? 'no' : 'yes';
}

function isNothing(value: Value): boolean {
  return value.kind === 'literal' && (value.value === 0 || value.value === false || value.value === null);
}

function isLiteral(value: Value, wanted: boolean): boolean {
  return value.kind === 'literal' && value.value === wanted;
}

/** For reports: the callee, not its arguments of many lines. */
function headOfCall(call: Node): readonly [number, number] {
  return call.type === 'CallExpression' ? unwrap(call.callee).range : call.range;
}
