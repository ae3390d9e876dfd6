import type { TSESTree } from '@typescript-eslint/types';
import { nodesInside } from '../analysis/sorted-nodes.js';
import { enclosingFunction, memberName, outermost, parentThroughWrappers, unwrap } from '../analysis/syntax.js';
import type { LoanModel } from '../models/types.js';
import type { Loan } from './loans.js';

type Node = TSESTree.Node;

/** What a function does with what it took. */
export interface LoanUses {
  /** The calls that give it back, in source order. */
  readonly returns: readonly TSESTree.CallExpression[];
  /** The calls that end all that its lender lent: `pool.end()`. */
  readonly ends: readonly Node[];
  /** The calls that it is handed to. */
  readonly passes: readonly Node[];
  /** Where it is asked whether there is one. */
  readonly tests: readonly Node[];
  /** Calls of its own methods: `[client.query(…)]`. */
  readonly calls: readonly TSESTree.CallExpression[];
  /** It goes where this function does not see it: returned, stored, given back by a function inside, kept on purpose. */
  readonly escapes: boolean;
  /** Something of it is read as a value, or a function inside uses it. */
  readonly shared: boolean;
}

interface Collected {
  returns: TSESTree.CallExpression[];
  ends: Node[];
  passes: Node[];
  tests: Node[];
  calls: TSESTree.CallExpression[];
  escapes: boolean;
  shared: boolean;
}

/** The uses of a loan, each judged by where it stands. */
export function usesOf(loan: Loan): LoanUses {
  const uses: Collected = { returns: [], ends: [], passes: [], tests: [], calls: [], escapes: false, shared: false };
  for (const reference of loan.variable?.references ?? []) if (reference.isRead()) judge(loan, reference.identifier as Node, uses);
  collectByLender(loan, uses);
  uses.returns.sort((a, b) => a.range[0] - b.range[0]);
  return uses;
}

function judge(loan: Loan, identifier: Node, uses: Collected): void {
  if (enclosingFunction(identifier) !== loan.owner) return judgeInside(loan, identifier, uses);
  const holder = parentThroughWrappers(identifier);
  if (holder === undefined) return;
  const is = (node: Node): boolean => unwrap(node) === identifier;
  switch (holder.type) {
    case 'MemberExpression':
      if (is(holder.object)) return judgeMember(loan, holder, uses);
      break;
    case 'CallExpression':
      if (is(holder.callee)) {
        if (loan.model.returned.some(({ by }) => by === 'call')) uses.returns.push(holder);
        else uses.calls.push(holder);
        return;
      }
      if (isGivenBackTo(loan.model, holder)) uses.returns.push(holder);
      else uses.passes.push(holder);
      return;
    case 'TaggedTemplateExpression':
      return;
    case 'Property':
    case 'ArrayExpression':
    case 'SpreadElement': {
      const call = passedIn(holder);
      if (call === null) break;
      uses.passes.push(call);
      return;
    }
    case 'IfStatement':
    case 'ConditionalExpression':
      if (is(holder.test)) {
        uses.tests.push(identifier);
        return;
      }
      break;
    case 'LogicalExpression':
      if (is(holder.left) || isTested(holder)) {
        uses.tests.push(identifier);
        return;
      }
      break;
    case 'UnaryExpression':
    case 'BinaryExpression':
      uses.tests.push(identifier);
      return;
    case 'ExpressionStatement':
      return;
    default:
      break;
  }
  uses.escapes = true;
}

/** A function inside: one that gives it back decides when, and any other may run later. */
function judgeInside(loan: Loan, identifier: Node, uses: Collected): void {
  const holder = parentThroughWrappers(identifier);
  const inner: Collected = { returns: [], ends: [], passes: [], tests: [], calls: [], escapes: false, shared: false };
  if (holder?.type === 'MemberExpression') judgeMember(loan, holder, inner);
  else if (holder?.type === 'CallExpression' && unwrap(holder.callee) === identifier) inner.returns.push(holder);
  else if (holder?.type === 'CallExpression' && isGivenBackTo(loan.model, holder)) inner.returns.push(holder);
  if (inner.returns.length > 0 || inner.escapes) uses.escapes = true;
  uses.shared = true;
}

function judgeMember(loan: Loan, first: TSESTree.MemberExpression, uses: Collected): void {
  const names: (string | null)[] = [];
  let member = first;
  for (;;) {
    names.push(memberName(member));
    const parent = parentThroughWrappers(member);
    if (parent?.type !== 'MemberExpression' || unwrap(parent.object) !== member) break;
    member = parent;
  }
  const holder = parentThroughWrappers(member);
  const [name] = names;
  const givesBack = loan.model.returned.some((one) => one.by === 'method' && one.name === name);
  if (holder?.type === 'CallExpression' && unwrap(holder.callee) === member) {
    if (givesBack && names.length === 1) uses.returns.push(holder);
    else if (givesBack || (names.length === 1 && loan.model.keeps?.includes(name ?? '') === true)) uses.escapes = true;
    else uses.calls.push(holder);
    return;
  }
  if (holder?.type === 'AssignmentExpression' && unwrap(holder.left) === member) return;
  // `onClose(client.release)`: somebody else is to call it.
  if (givesBack) uses.escapes = true;
  else if (isQuestion(holder)) uses.tests.push(first);
  else uses.shared = true;
}

function isQuestion(holder: Node | undefined): boolean {
  return holder?.type === 'IfStatement' || holder?.type === 'UnaryExpression' || holder?.type === 'BinaryExpression' || holder?.type === 'LogicalExpression';
}

/** `pool.release(resource)`. */
function isGivenBackTo(model: LoanModel, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  return model.returned.some((one) => one.by === 'argument' && one.name === name);
}

/** The call that an object or list is written for: `save(order, { transaction })`. */
function passedIn(node: Node): Node | null {
  let current: Node = node;
  for (let parent = current.parent; parent !== undefined; parent = current.parent) {
    if (parent.type === 'CallExpression' && parent.arguments.some((argument) => argument === current)) return parent;
    if (parent.type !== 'ObjectExpression' && parent.type !== 'ArrayExpression' && parent.type !== 'Property' && parent.type !== 'SpreadElement') return null;
    current = parent;
  }
  return null;
}

/** Is a logical expression only asked for its truth? */
function isTested(node: Node): boolean {
  const holder = parentThroughWrappers(node);
  if (holder?.type === 'LogicalExpression') return isTested(holder);
  return (holder?.type === 'IfStatement' || holder?.type === 'ConditionalExpression' || holder?.type === 'WhileStatement') && unwrap(holder.test) === node;
}

/** `mutex.release()`, `dataSource.destroy()`: a method of what lent it, which is written as it was for the taking. */
function collectByLender({ file, node, model, owner }: Loan, uses: Collected): void {
  const returning = model.returned.flatMap((one) => (one.by === 'lender' ? [one.name] : []));
  const ending = model.endedBy ?? [];
  const callee = unwrap(node.callee);
  if (returning.length + ending.length === 0 || callee.type !== 'MemberExpression') return;
  const lender = textOf(callee.object);
  for (const call of nodesInside(file.index.calls, owner)) {
    const target = unwrap(call.callee);
    if (call.type !== 'CallExpression' || target.type !== 'MemberExpression') continue;
    const name = memberName(target) ?? '';
    if ((!returning.includes(name) && !ending.includes(name)) || textOf(target.object) !== lender) continue;
    if (enclosingFunction(call) !== owner) uses.escapes = true;
    else if (returning.includes(name)) uses.returns.push(call);
    else uses.ends.push(call);
  }

  function textOf(one: Node): string {
    return file.text.slice(...outermost(one).range).replace(/\s+/g, '');
  }
}
