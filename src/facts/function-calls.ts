import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { constructorOf } from '../analysis/evaluate-class.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, enclosingClass, enclosingFunction, isFunction, memberName, outermost, rootOf, unwrap } from '../analysis/syntax.js';
import type { FunctionNode, Value } from '../analysis/value.js';
import { NAMES_BREAKER } from '../models/breaker-names.js';
import { CONSUMES, REGISTERS, SPEAKS_OF_RETRIES } from '../models/entry-names.js';
import { breakerAround, breaks } from './breaker-around.js';
import { functionName } from './handler-place.js';
import { wrappedFunctions } from './wrapped-functions.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A function that people can name. Those without a name belong to the one around them. */
export interface CalledFunction {
  /** Path and offset: the same whichever reading of the file it was found in. */
  readonly id: string;
  readonly path: string;
  readonly range: readonly [number, number];
  readonly line: number;
  readonly name: string;
  /** `consumer`: what calls it may hand the same message in again. `null`: it is not registered anywhere as it is written. */
  readonly registered: 'handler' | 'consumer' | null;
  /** Its text speaks of trying again; of breaking a circuit. */
  readonly speaksOf: { readonly retries: boolean; readonly breakers: boolean };
}

/** One function calls another, or hands it to something that does. */
export interface FunctionCall {
  readonly from: string;
  readonly to: string;
  /** A circuit breaker stands around it. */
  readonly broken: boolean;
}

export interface FunctionCalls {
  readonly functions: readonly CalledFunction[];
  readonly calls: readonly FunctionCall[];
  /** Functions of any file that are registered here by their names. */
  readonly registered: readonly { readonly id: string; readonly as: 'handler' | 'consumer' }[];
}

const idOf = (path: string, node: Node): string => `${path}:${node.range[0]}`;

/** The functions of a file, and what they call of the project. Plain data: the file may be forgotten. */
export function functionCalls(file: SourceFile): FunctionCalls {
  const functions = file.index.functions.flatMap((fn) => describeFunction(file, fn) ?? []);
  const known = new Set(functions.map(({ id }) => id));
  const calls: FunctionCall[] = [];
  const registered: { id: string; as: 'handler' | 'consumer' }[] = [];
  const mayBreak = NAMES_BREAKER.test(file.text);
  for (const call of file.index.calls) {
    const from = ownerOf(file, call, known);
    const add = (value: Value, broken: boolean): void => {
      const to = targetOf(value);
      if (to !== null && from !== null && to !== from) calls.push({ from, to, broken });
    };
    const isBroken = (): boolean => mayBreak && breakerAround(file, call, false) !== null;
    if (call.callee.type !== 'Super' && mayBeOwn(file, rootOf(call.callee))) {
      const values = presentAlternatives(evaluate(file, call.callee));
      for (const value of values) {
        if (call.type === 'NewExpression' ? value.kind === 'class' : value.kind === 'function') add(value, isBroken());
      }
      if (!values.some(({ kind }) => kind === 'function' || kind === 'class')) for (const value of [...wrappedFunctions(file, call.callee), ...runByPolicy(file, call)]) add(value.value, value.broken || isBroken());
    }
    const as = registration(call);
    for (const argument of call.arguments) {
      const handed = unwrap(argument);
      if ((handed.type !== 'Identifier' && handed.type !== 'MemberExpression') || !mayBeOwn(file, rootOf(handed))) continue;
      for (const value of presentAlternatives(evaluate(file, handed))) {
        if (value.kind !== 'function') continue;
        if (as !== null) registered.push({ id: idOf(value.file.path, value.node), as });
        else add(value, mayBreak && breakerAround(file, handed, false) !== null);
      }
    }
  }
  return { functions, calls, registered };
}

function describeFunction(file: SourceFile, fn: FunctionNode): CalledFunction | null {
  const holder = outermost(fn).parent;
  const call = (holder?.type === 'CallExpression' || holder?.type === 'NewExpression') && unwrap(holder.callee) !== fn ? holder : null;
  const registered = call === null ? null : registration(call);
  const own = functionName(fn) ?? (call !== null && (registered !== null || isOutermost(fn)) ? nameOfHanded(call) : null);
  if (own === null && !(isOutermost(fn) && fn.parent?.type === 'ExportDefaultDeclaration')) return null;
  const text = file.text.slice(fn.range[0], fn.range[1]);
  return {
    id: idOf(file.path, fn),
    path: file.path,
    range: fn.range,
    line: file.lines.locate(fn.range[0]).line,
    name: own === null ? 'default' : withClass(fn, own),
    registered,
    speaksOf: { retries: SPEAKS_OF_RETRIES.test(text), breakers: NAMES_BREAKER.test(text) },
  };
}

const isOutermost = (fn: FunctionNode): boolean => !isFunction(enclosingFunction(fn));

function withClass(fn: FunctionNode, name: string): string {
  const member = outermost(fn).parent;
  const owner = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition' ? (enclosingClass(fn)?.id?.name ?? null) : null;
  return owner === null ? name : `${owner}.${name}`;
}

/** `app.get /orders`, `list` of `list: procedure.query(async () => …)`, `getUser` of `const getUser = cache(async () => …)`. */
function nameOfHanded(call: Call): string {
  let node: Node = outermost(call);
  for (let parent = node.parent; parent != null; node = parent, parent = node.parent) {
    if (parent.type === 'VariableDeclarator') return parent.id.type === 'Identifier' ? parent.id.name : describe(call.callee);
    if (parent.type === 'Property' && parent.key.type === 'Identifier') return parent.key.name;
    if (parent.type !== 'MemberExpression' && parent.type !== 'CallExpression' && parent.type !== 'AwaitExpression') break;
  }
  const first = call.arguments[0];
  const subject = first?.type === 'Literal' && typeof first.value === 'string' ? ` ${first.value}` : '';
  return `${describe(call.callee)}${subject}`;
}

/** Does a call register the functions among its arguments, for others to call? */
function registration(call: Call): 'handler' | 'consumer' | null {
  const callee = unwrap(call.callee);
  const name = describe(callee);
  const last = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
  const first = call.arguments[0];
  const isNamed = first !== undefined && ((first.type === 'Literal' && typeof first.value === 'string') || first.type === 'TemplateLiteral');
  if (CONSUMES.test(name) && (isNamed || call.type === 'NewExpression')) return 'consumer';
  if (last === null || callee.type !== 'MemberExpression' || !REGISTERS.has(last)) return null;
  return isNamed ? 'handler' : null;
}

/** The function that a call counts to: the nearest that has a name. */
function ownerOf(file: SourceFile, node: Node, known: ReadonlySet<string>): string | null {
  for (let owner = enclosingFunction(node); isFunction(owner); owner = enclosingFunction(owner)) {
    const id = idOf(file.path, owner);
    if (known.has(id)) return id;
  }
  return null;
}

/** Can what stands at the left end be of the project? Globals and packages of others are most of all callees. */
function mayBeOwn(file: SourceFile, root: Node): boolean {
  if (root.type !== 'Identifier') return root.type === 'ThisExpression' || root.type === 'NewExpression' || root.type === 'CallExpression' || root.type === 'ImportExpression';
  const variable = file.bindings.variableOf(root);
  if (variable === null || variable === 'global') return false;
  const definition = variable.defs[0];
  if ((definition?.type as string | undefined) !== 'ImportBinding') return true;
  const declaration = definition!.parent as Node | undefined;
  if (declaration?.type !== 'ImportDeclaration') return true;
  const specifiers = file.memo(OWN, () => new Map<string, boolean>());
  const source = declaration.source.value;
  let own = specifiers.get(source);
  if (own === undefined) specifiers.set(source, (own = file.project.importedModule(file.path, source).is === 'file'));
  return own;
}

const OWN = Symbol('modules of the project');

/** `breaker.fire(id)`: what a policy was made to run. */
function runByPolicy(file: SourceFile, call: Call): readonly { readonly value: Value; readonly broken: boolean }[] {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return [];
  return presentAlternatives(evaluate(file, callee.object)).flatMap((policy) => {
    if (policy.kind !== 'policy') return [];
    const { file: home, node } = policy.place;
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return [];
    const broken = breaks(policy, false);
    return node.arguments.flatMap((argument) => (argument.type === 'SpreadElement' ? [] : presentAlternatives(evaluate(home, argument)).filter(({ kind }) => kind === 'function').map((value) => ({ value, broken }))));
  });
}

function targetOf(value: Value): string | null {
  if (value.kind === 'function') return idOf(value.file.path, value.node);
  const made = value.kind === 'class' ? constructorOf(value.node) : null;
  return made === null || value.kind !== 'class' ? null : idOf(value.file.path, made);
}
