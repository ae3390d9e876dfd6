import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { exportSteps } from '../analysis/export-steps.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { FunctionNode, InstanceValue, Value } from '../analysis/value.js';
import { lenderOfPackage, LENDERS } from '../models/lenders.js';
import { allModels } from '../models/lookup.js';
import type { ModelSet } from '../models/model-set.js';
import type { LoanModel } from '../models/types.js';

type Node = TSESTree.Node;

/** Something that a function takes and has to give back. */
export interface Loan {
  readonly file: SourceFile;
  /** The call that hands it out. */
  readonly node: TSESTree.CallExpression;
  readonly model: LoanModel;
  /** The client that lent it; `null` for other lenders. */
  readonly lender: InstanceValue | null;
  /** The function that takes it. */
  readonly owner: FunctionNode;
  /** The variable that holds it; `null` where it is given back by what lent it. */
  readonly variable: Variable | null;
  /** The statement by which it is taken. */
  readonly statement: TSESTree.VariableDeclaration | TSESTree.ExpressionStatement;
}

const MEMO = Symbol('loans');

interface Words {
  /** The last steps of the calls that lend. */
  readonly names: ReadonlySet<string>;
  readonly pattern: RegExp;
}

let shipped: Words | undefined;
const byUser = new WeakMap<ModelSet['user'], Words>();

function wordsOf(models: ModelSet): Words {
  const user = models.user.clients.flatMap((model) => model.lends ?? []);
  if (user.length === 0) return (shipped ??= makeWords([]));
  let words = byUser.get(models.user);
  if (words === undefined) byUser.set(models.user, (words = makeWords(user)));
  return words;
}

function makeWords(user: readonly LoanModel[]): Words {
  const lends = [...user, ...allModels().clients.flatMap((model) => model.lends ?? []), ...LENDERS.flatMap((model) => model.lends)];
  const names = new Set(lends.map(({ call }) => lastStep(call)));
  const anyName = [...names].sort().map((name) => name.replace(/\$/g, '\\$&')).join('|');
  // From the parenthesis backwards: there are few of them, so that more names cost next to nothing.
  return { names, pattern: new RegExp(`\\((?<=(?<![\\w$])(?:${anyName})\\s*(?:<[^()\\n]*>)?\\()`) };
}

const lastStep = (call: string): string => call.slice(call.lastIndexOf('.') + 1);

/** Can a text hold a call that lends something? Most cannot. */
export function mayBorrow(text: string, models: ModelSet): boolean {
  return wordsOf(models).pattern.test(text);
}

/** What the functions of a file take for a time: only what they keep in a variable of their own, or give back by its lender. */
export function loans(file: SourceFile): readonly Loan[] {
  return file.memo(MEMO, () => {
    const words = wordsOf(file.project.models);
    if (!words.pattern.test(file.text)) return [];
    return file.index.calls.flatMap((node) => {
      if (node.type !== 'CallExpression') return [];
      const callee = unwrap(node.callee);
      const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
      const loan = name !== null && words.names.has(name) ? loanOf(file, node) : null;
      return loan === null ? [] : [loan];
    });
  });
}

function loanOf(file: SourceFile, node: TSESTree.CallExpression): Loan | null {
  const owner = enclosingFunction(node);
  // What a module takes for itself lives as long as the process; a generator may be left at any `yield`.
  if (!isFunction(owner) || owner.generator) return null;
  const taken = takenBy(node);
  if (taken === null) return null;
  const lent = lentBy(file, node);
  if (lent === null || (!taken.awaited && lent.model.atOnce !== true) || mayRunFunction(file, node, lent.model)) return null;
  const found = { file, node, ...lent, owner, statement: taken.statement };
  if (taken.target === null) return lent.model.returned.some(({ by }) => by === 'lender') ? { ...found, variable: null } : null;
  const variable = heldIn(file, taken.target, lent.model, owner);
  return variable === null ? null : { ...found, variable };
}

interface Taken {
  readonly awaited: boolean;
  readonly statement: Loan['statement'];
  /** What is written with it; `null` for a call whose result nobody keeps. */
  readonly target: Node | null;
}

/** The statement of which a call is all: what is chosen, wrapped or handed on is not ours to follow. */
function takenBy(node: TSESTree.CallExpression): Taken | null {
  let current: Node = outermost(node);
  const awaited = current.parent?.type === 'AwaitExpression';
  if (awaited) current = outermost(current.parent!);
  const parent = current.parent;
  if (parent?.type === 'ExpressionStatement') return { awaited, statement: parent, target: null };
  if (parent?.type === 'VariableDeclarator' && parent.init === current) {
    const statement = parent.parent;
    const isDisposed = statement.kind === 'using' || statement.kind === 'await using';
    return isDisposed || statement.declarations.length > 1 ? null : { awaited, statement, target: parent.id };
  }
  if (parent?.type === 'AssignmentExpression' && parent.operator === '=' && parent.right === current && parent.parent.type === 'ExpressionStatement') {
    return { awaited, statement: parent.parent, target: parent.left };
  }
  return null;
}

/** The local variable that alone holds it. */
function heldIn(file: SourceFile, target: Node, { element }: LoanModel, owner: FunctionNode): Variable | null {
  const name = element === undefined ? target : target.type === 'ArrayPattern' ? target.elements[element] : null;
  if (name?.type !== 'Identifier') return null;
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global' || variable.defs.length !== 1 || (variable.defs[0]!.type as string) !== 'Variable') return null;
  if (enclosingFunction(variable.defs[0]!.node as Node) !== owner) return null;
  // Written once; `undefined` and `null` before and after mean that nothing is held.
  const writes = variable.references.filter((reference) => reference.isWrite());
  const others = writes.filter((reference) => (reference.identifier as Node) !== name && !isNothing(reference.writeExpr as Node | null | undefined));
  return others.length === 0 ? variable : null;
}

function isNothing(node: Node | null | undefined): boolean {
  if (node == null) return false;
  const inner = unwrap(node);
  return (inner.type === 'Literal' && inner.value === null) || (inner.type === 'Identifier' && inner.name === 'undefined');
}

/** What a call hands out, where everything that it may be hands out the same. */
function lentBy(file: SourceFile, node: TSESTree.CallExpression): { readonly model: LoanModel; readonly lender: InstanceValue | null } | null {
  const lent = presentAlternatives(evaluate(file, node.callee)).map(lentByClient);
  const first = lent[0];
  if (first != null) return lent.every((one) => one?.model === first.model) ? first : null;
  const steps = exportSteps(file, node.callee, (packageName, type) => lenderOfPackage(packageName)?.types?.[type] ?? null);
  const call = steps?.steps.join('.');
  const model = steps === null ? undefined : lenderOfPackage(steps.package)?.lends.find((one) => one.call === call || `default.${one.call}` === call);
  return model === undefined ? null : { model, lender: null };
}

function lentByClient(callee: Value): { readonly model: LoanModel; readonly lender: InstanceValue | null } | null {
  if (callee.kind === 'instance-member') {
    const { instance, path } = callee;
    const model = instance.model.lends?.find((one) => one.client === instance.client && one.call === path.join('.'));
    return model === undefined ? null : { model, lender: instance };
  }
  if (callee.kind !== 'model-export') return null;
  const model = callee.model.lends?.find((one) => one.client === undefined && one.call === callee.path.replace(/^default\./, ''));
  return model === undefined ? null : { model, lender: null };
}

/** A handler gets it, and the library takes it back: `pool.connect(done)`, `knex.transaction(async (trx) => …)`. */
function mayRunFunction(file: SourceFile, node: TSESTree.CallExpression, model: LoanModel): boolean {
  return node.arguments.some((argument) => {
    if (argument.type === 'SpreadElement' || isFunction(unwrap(argument))) return true;
    return model.runsFunction === true && evaluate(file, argument).kind !== 'object' && evaluate(file, argument).kind !== 'literal';
  });
}
