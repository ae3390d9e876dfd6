import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { childrenOf } from '../analysis/node-children.js';
import { describe, isFunction, memberName, outermost, staticName, unwrap } from '../analysis/syntax.js';
import type { IoCall } from '../facts/io-calls.js';
import type { WayOfPolicy } from '../models/policy-module-names.js';
import { writeArgument, writeInto } from './write-options.js';
import type { Edit } from './edit.js';
import { numberText } from './number-text.js';

type Node = TSESTree.Node;

/** The policy that is put around a call. */
export interface PolicyAround {
  /** What the file calls it. */
  readonly name: string;
  readonly repeats: WayOfPolicy;
  /** Bounds this call instead of the policy's own limits, ms. */
  readonly deadline: number | null;
  /** What is one attempt, before what is chained to it. */
  readonly whole: TSESTree.CallExpression;
}

const SIGNAL = 'signal';

/**
 * Puts a policy around a call where it stands: `fetch(url)` becomes `payments.retry((signal) => fetch(url, { signal }))`.
 * A signal that the call has goes to the policy, a limit as its deadline.
 * @returns `null` where the signal cannot be handed on, or the call is bound to its place
 */
export function wrapCall(file: SourceFile, call: IoCall, { name, repeats, deadline, whole: attempt }: PolicyAround): readonly Edit[] | null {
  const { node } = call;
  if (node.type !== 'CallExpression') return null;
  const whole = withReaders(attempt, call.operation.model.seam?.readers ?? []);
  const inner = within(whole);
  // A generator's own `yield` cannot stand in another function.
  if (inner.some(({ type }) => type === 'YieldExpression') || file.text.slice(...whole.range).includes('super.')) return null;
  const handed = call.operation.model.seam?.takesSignal === false ? NOT_HANDED : handSignal(file, call, node);
  if (handed === null) return null;
  const isAsync = inner.some(({ type }) => type === 'AwaitExpression');
  const options = [
    ...(handed.signal === null ? [] : [handed.signal === SIGNAL ? SIGNAL : `signal: ${handed.signal}`]),
    ...(handed.deadline !== null ? [`deadline: ${handed.deadline}`] : deadline !== null ? [`deadline: ${numberText(deadline)}`] : []),
  ];
  return [
    { range: [whole.range[0], whole.range[0]], text: `${name}.${repeats}(${isAsync ? 'async ' : ''}(${handed.parameter}) => ` },
    ...handed.edits,
    { range: [whole.range[1], whole.range[1]], text: options.length === 0 ? ')' : `, { ${options.join(', ')} })` },
  ];
}

/** The limit of a call that is aborted by time alone, ms; `null` where it has none, or which is not known. */
export function limitOf({ options, operation: { model } }: IoCall): number | null {
  const answer = model.signal === undefined ? null : readOption(options, model.signal.path);
  const ms = answer?.is === 'set' && answer.value.kind === 'signal' && answer.value.abortedBy === 'timer' ? answer.value.ms : null;
  return ms?.kind === 'literal' && typeof ms.value === 'number' ? ms.value : null;
}

/** `ky.get(url).json()`: what reads the reply belongs into the attempt. */
function withReaders(call: TSESTree.CallExpression, readers: readonly string[]): Node {
  let whole: Node = call;
  for (;;) {
    const member: Node | undefined = outermost(whole).parent;
    if (member?.type !== 'MemberExpression' || unwrap(member.object) !== whole || !readers.includes(memberName(member) ?? '') || member.parent.type !== 'CallExpression') return whole;
    whole = member.parent;
  }
}

/** All nodes of an expression that are not within a function of their own. */
function within(node: Node): readonly Node[] {
  const found: Node[] = [];
  const visit = (one: Node): void => {
    found.push(one);
    for (const child of childrenOf(one)) if (!isFunction(child)) visit(child);
  };
  visit(node);
  return found;
}

interface HandedSignal {
  readonly edits: readonly Edit[];
  /** The parameter of the attempt. */
  readonly parameter: string;
  /** The caller's own signal, as it is written. */
  readonly signal: string | null;
  /** The limit of a signal that is aborted by time alone. */
  readonly deadline: string | null;
}

/** Its client takes no signal: the policy only stops waiting. */
const NOT_HANDED: HandedSignal = { edits: [], parameter: '', signal: null, deadline: null };

function handSignal(file: SourceFile, call: IoCall, node: TSESTree.CallExpression): HandedSignal | null {
  const { operation, model } = call.operation;
  if (operation.options === undefined || model.signal === undefined || model.signal.path.includes('.')) return null;
  const { path } = model.signal;
  const found = argumentValue(file, node.arguments, operation.options);
  const property = found === null ? null : ownProperty(unwrap(found.node), path);
  const parameter = mentions(file, node, property) ? 'attemptSignal' : SIGNAL;
  if (property === null) {
    if (found !== null && readOption(found.value, path).is !== 'absent') return spreadOptions(file, unwrap(found.node), path, parameter);
    const edits = found === null || unwrap(found.node).type === 'ObjectExpression' ? writeArgument(file, node, operation.options, [{ path: [path], text: parameter, role: 'main' }]) : writeInto(file, found.node, [{ path: [path], text: parameter, role: 'main', runs: true }]);
    return edits === null ? null : { edits, parameter, signal: null, deadline: null };
  }
  if (property.method) return null;
  const value = unwrap(property.value);
  const edits = [{ range: property.range, text: parameter === path ? path : `${path}: ${parameter}` }];
  const ms = timeoutOf(value);
  if (ms !== null) return { edits, parameter, signal: null, deadline: file.text.slice(...ms.range) };
  return { edits, parameter, signal: file.text.slice(...property.value.range), deadline: null };
}

function ownProperty(options: Node, path: string): TSESTree.Property | null {
  if (options.type !== 'ObjectExpression') return null;
  const found = options.properties.find((entry) => entry.type === 'Property' && staticName(entry.key, entry.computed) === path);
  return found?.type === 'Property' ? found : null;
}

/** `fetch(url, init)`, where `init` may bring a signal: it goes to the policy. */
function spreadOptions(file: SourceFile, options: Node, path: string, parameter: string): HandedSignal | null {
  if (options.type !== 'Identifier' || options.parent?.type !== 'CallExpression') return null;
  const write = parameter === path ? path : `${path}: ${parameter}`;
  return { edits: [{ range: options.range, text: `{ ...${options.name}, ${write} }` }], parameter, signal: `${options.name}${mayBeMissing(file, options) ? '?' : ''}.${path}`, deadline: null };
}

/** A parameter that may be left out. */
function mayBeMissing(file: SourceFile, name: TSESTree.Identifier): boolean {
  const variable = file.bindings.variableOf(name);
  const declared = variable === null || variable === 'global' ? undefined : (variable.defs[0]?.name as TSESTree.Identifier | undefined);
  return declared?.optional === true || (declared !== undefined && declared.typeAnnotation == null && !/\.[cm]?tsx?$/.test(file.path));
}

/** The limit of `AbortSignal.timeout(ms)`. */
function timeoutOf(value: Node): Node | null {
  if (value.type !== 'CallExpression' || describe(value.callee) !== 'AbortSignal.timeout') return null;
  const [ms] = value.arguments;
  return ms === undefined || ms.type === 'SpreadElement' ? null : ms;
}

/** Does the call use a variable of the name `signal`, but for handing it on? */
function mentions(file: SourceFile, node: Node, property: TSESTree.Property | null): boolean {
  return file.scopes.scopes.some((scope) =>
    scope.references.some(({ identifier }) => {
      const inside = identifier.range[0] >= node.range[0] && identifier.range[1] <= node.range[1];
      return inside && identifier.name === SIGNAL && !(property !== null && identifier.range[0] >= property.range[0] && identifier.range[1] <= property.range[1]);
    }),
  );
}
