import type { TSESTree } from '@typescript-eslint/types';
import { Cursor, type FinallyFrame, type Frame, type OpenBlock } from './control-flow-cursor.js';
import { bind, condition, evaluate, nested, type Evaluation } from './control-flow-expressions.js';
import { layFlat } from './control-flow-flat.js';
import type { Graph } from './control-flow-graph.js';
import { childrenOf } from './node-children.js';
import { isFunction, memberName, unwrap } from './syntax.js';
import type { SourceFile } from './source-file.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

/** A `finally` in a `finally` in a `finally` is laid down once for all ways through it. */
const MAX_FINALLY_COPIES = 2;

/** Builds the graph of a function or program. Total: any tree gives a graph, a broken one an approximate graph. */
export function buildControlFlow(file: SourceFile, fn: FunctionNode | TSESTree.Program, memberAccessThrows: boolean): Graph {
  try {
    return build(file, fn, memberAccessThrows);
  } catch {
    // A tree that lacks what its types promise (an editor's recovery): its nodes are there, its branches are not.
    const cursor = new Cursor();
    for (const child of childrenOf(fn)) layFlat(cursor, child);
    cursor.to(cursor.exit);
    return cursor.finish();
  }
}

function build(file: SourceFile, fn: FunctionNode | TSESTree.Program, memberAccessThrows: boolean): Graph {
  const cursor = new Cursor();
  const on: Evaluation = {
    cursor,
    memberAccessThrows,
    endsProcess: (call) => endsProcess(file, call),
    statements: (body) => statements(on, body),
  };
  if (isFunction(fn)) {
    for (const param of fn.params ?? []) bind(on, param);
    if (fn.body != null && (fn.body as Node).type === 'BlockStatement') statements(on, (fn.body as TSESTree.BlockStatement).body);
    else evaluate(on, fn.body);
  } else {
    statements(on, fn.body ?? []);
  }
  cursor.to(cursor.exit);
  return cursor.finish();
}

/** Statements of one block, after what is hoisted to its head. */
function statements(on: Evaluation, body: readonly Node[]): void {
  hoist(on, body);
  for (const one of body) statement(on, one);
}

function hoist(on: Evaluation, body: readonly Node[]): void {
  for (const one of body) {
    if (one.type === 'ImportDeclaration') for (const specifier of one.specifiers) on.cursor.step(specifier.local, 'write');
    const declared = one.type === 'ExportNamedDeclaration' || one.type === 'ExportDefaultDeclaration' ? one.declaration : one;
    if (declared?.type === 'FunctionDeclaration' && declared.id != null) on.cursor.step(declared.id, 'write');
  }
}

function statement(on: Evaluation, node: Node | null | undefined, labels: readonly string[] = []): void {
  if (node != null) nested(on, node, () => statementHere(on, node, labels));
}

function statementHere(on: Evaluation, node: Node, labels: readonly string[]): void {
  const { cursor } = on;
  switch (node.type) {
    case 'ExpressionStatement':
      cursor.step(node, 'start');
      return evaluate(on, node.expression);
    case 'BlockStatement':
    case 'TSModuleBlock':
      cursor.step(node, 'start');
      return statements(on, node.body);
    case 'VariableDeclaration':
      return declaration(on, node);
    case 'IfStatement':
      return conditional(on, node);
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return loop(on, node, labels);
    case 'ForInStatement':
    case 'ForOfStatement':
      return iteration(on, node, labels);
    case 'SwitchStatement':
      return choice(on, node, labels);
    case 'TryStatement':
      return attempt(on, node);
    case 'LabeledStatement':
      return labeled(on, node, labels);
    case 'ReturnStatement':
      cursor.step(node, 'start');
      evaluate(on, node.argument);
      cursor.step(node, 'jump');
      return cursor.leave(cursor.exit, null);
    case 'ThrowStatement':
      cursor.step(node, 'start');
      evaluate(on, node.argument);
      cursor.step(node, 'jump');
      if (cursor.current.reachable) cursor.to(cursor.throwTarget(), 'throw');
      return cursor.dead();
    case 'BreakStatement':
    case 'ContinueStatement': {
      cursor.step(node, 'jump');
      const target = targetOf(cursor.frame, node);
      return target === null ? cursor.dead() : cursor.leave(target.block, target.frame);
    }
    case 'WithStatement':
      cursor.step(node, 'start');
      evaluate(on, node.object);
      return statement(on, node.body);
    case 'FunctionDeclaration':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'EmptyStatement':
    case 'DebuggerStatement':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSNamespaceExportDeclaration':
      return cursor.step(node, 'start');
    case 'ClassDeclaration':
      // Its place as a statement is where it is evaluated.
      return node.declare ? cursor.step(node, 'start') : evaluate(on, node);
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      cursor.step(node, 'start');
      return statement(on, node.declaration);
    case 'TSModuleDeclaration':
      cursor.step(node, 'start');
      if (node.declare || node.body == null) return;
      cursor.step(node.id, 'write');
      return statement(on, node.body);
    case 'TSEnumDeclaration':
      cursor.step(node, 'start');
      if (node.declare) return;
      for (const member of node.body?.members ?? node.members ?? []) evaluate(on, member.initializer);
      return cursor.step(node.id, 'write');
    case 'TSExportAssignment':
      cursor.step(node, 'start');
      return evaluate(on, node.expression);
    case 'TSImportEqualsDeclaration':
      cursor.step(node, 'start');
      return cursor.step(node.id, 'write');
    default:
      // An expression where a statement should be (a default export, an arrow's body), or unknown syntax.
      return evaluate(on, node);
  }
}

function declaration(on: Evaluation, node: TSESTree.VariableDeclaration): void {
  const { cursor } = on;
  cursor.step(node, 'start');
  if (node.declare) return;
  for (const declarator of node.declarations) {
    evaluate(on, declarator.init);
    // `let x;` sets undefined, again in each round of a loop; `var x;` does nothing.
    if (declarator.init != null || node.kind !== 'var') bind(on, declarator.id);
    cursor.step(declarator, 'value');
  }
}

/** `else if` is a list, not a nesting. */
function conditional(on: Evaluation, first: TSESTree.IfStatement): void {
  const { cursor } = on;
  const end = cursor.open();
  for (let node: TSESTree.IfStatement | null = first; node !== null; ) {
    const then = cursor.open();
    const otherwise = cursor.open();
    cursor.step(node, 'start');
    condition(on, node.test, then, otherwise);
    cursor.at(then);
    statement(on, node.consequent);
    cursor.to(end);
    cursor.at(otherwise);
    const alternate: TSESTree.Statement | null | undefined = node.alternate;
    if (alternate?.type === 'IfStatement') {
      node = alternate;
    } else {
      statement(on, alternate);
      node = null;
    }
  }
  cursor.to(end);
  cursor.at(end);
}

/** Lays down a body inside a frame. */
function within(on: Evaluation, frame: Frame, run: () => void): void {
  const { cursor } = on;
  const outer = cursor.frame;
  cursor.frame = frame;
  run();
  cursor.frame = outer;
}

function loopFrame(on: Evaluation, labels: readonly string[], breakTo: OpenBlock, continueTo: OpenBlock): Frame {
  return { kind: 'loop', outer: on.cursor.frame, labels, breakTo, continueTo };
}

function loop(on: Evaluation, node: TSESTree.ForStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement, labels: readonly string[]): void {
  const { cursor } = on;
  cursor.step(node, 'start');
  if (node.type === 'ForStatement') {
    if (node.init?.type === 'VariableDeclaration') declaration(on, node.init);
    else evaluate(on, node.init);
  }
  cursor.next();
  const head = cursor.current;
  const body = node.type === 'DoWhileStatement' ? head : cursor.open();
  const end = cursor.open();
  const again = node.type === 'WhileStatement' ? head : cursor.open();
  const test = (): void => {
    if (node.test != null) condition(on, node.test, body, end);
    else cursor.to(body);
  };
  if (node.type !== 'DoWhileStatement') test();
  cursor.at(body);
  within(on, loopFrame(on, labels, end, again), () => statement(on, node.body));
  cursor.to(again);
  if (node.type !== 'WhileStatement') {
    cursor.at(again);
    if (node.type === 'DoWhileStatement') test();
    else {
      evaluate(on, node.update);
      cursor.to(head);
    }
  }
  cursor.at(end);
}

function iteration(on: Evaluation, node: TSESTree.ForInStatement | TSESTree.ForOfStatement, labels: readonly string[]): void {
  const { cursor } = on;
  cursor.step(node, 'start');
  evaluate(on, node.right);
  cursor.next();
  const head = cursor.current;
  const body = cursor.open();
  const end = cursor.open();
  if (node.type === 'ForOfStatement' && node.await) {
    cursor.step(node, 'await');
    cursor.mayThrow();
  }
  cursor.to(body, 'true', node);
  cursor.to(end, 'false', node);
  cursor.at(body);
  if (node.left.type === 'VariableDeclaration') {
    cursor.step(node.left, 'start');
    for (const declarator of node.left.declarations) {
      bind(on, declarator.id);
      cursor.step(declarator, 'value');
    }
  } else bind(on, node.left);
  within(on, loopFrame(on, labels, end, head), () => statement(on, node.body));
  cursor.to(head);
  cursor.at(end);
}

function choice(on: Evaluation, node: TSESTree.SwitchStatement, labels: readonly string[]): void {
  const { cursor } = on;
  cursor.step(node, 'start');
  evaluate(on, node.discriminant);
  for (const one of node.cases) hoist(on, one.consequent);
  const end = cursor.open();
  const bodies = node.cases.map(() => cursor.open());
  let otherwise = end;
  node.cases.forEach((one, i) => {
    if (one.test == null) {
      otherwise = bodies[i]!;
      return;
    }
    evaluate(on, one.test);
    cursor.to(bodies[i]!, 'true', one);
    cursor.next('false', one);
  });
  cursor.to(otherwise);
  within(on, { kind: 'switch', outer: cursor.frame, labels, breakTo: end, continueTo: null }, () => {
    node.cases.forEach((one, i) => {
      cursor.at(bodies[i]!);
      cursor.step(one, 'start');
      for (const inner of one.consequent) statement(on, inner);
      cursor.to(bodies[i + 1] ?? end);
    });
  });
  cursor.at(end);
}

function labeled(on: Evaluation, node: TSESTree.LabeledStatement, outer: readonly string[]): void {
  const { cursor } = on;
  const labels = [...outer, node.label.name];
  cursor.step(node, 'start');
  switch (node.body?.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'SwitchStatement':
    case 'LabeledStatement':
      return statement(on, node.body, labels);
    default: {
      const end = cursor.open();
      within(on, { kind: 'label', outer: cursor.frame, labels, breakTo: end, continueTo: null }, () => statement(on, node.body));
      cursor.to(end);
      cursor.at(end);
    }
  }
}

function targetOf(frame: Frame | null, node: TSESTree.BreakStatement | TSESTree.ContinueStatement): { block: OpenBlock; frame: Frame } | null {
  const label = node.label?.name;
  for (; frame !== null; frame = frame.outer) {
    if (frame.kind === 'catch' || frame.kind === 'finally') continue;
    const block = node.type === 'ContinueStatement' ? frame.continueTo : frame.breakTo;
    if (block === null || (label === undefined ? frame.kind === 'label' : !frame.labels.includes(label))) continue;
    return { block, frame };
  }
  return null;
}

function attempt(on: Evaluation, node: TSESTree.TryStatement): void {
  const { cursor } = on;
  cursor.step(node, 'start');
  const outer = cursor.frame;
  const end = cursor.open();
  const last: FinallyFrame | null =
    node.finalizer == null ? null : { kind: 'finally', outer, passages: [], shared: cursor.finallyDepth >= MAX_FINALLY_COPIES };
  const around = last ?? outer;
  const finish = (): void => {
    cursor.frame = around;
    cursor.leave(end, outer);
  };

  const before = cursor.current;
  cursor.next();
  if (node.handler == null) {
    cursor.frame = around;
    statement(on, node.block);
    finish();
  } else {
    const handler = cursor.open();
    cursor.frame = { kind: 'catch', outer: around, handler };
    statement(on, node.block);
    if (!handler.reachable) {
      // Nothing of the table is in there, but somebody expects an error: it may come first or last.
      cursor.edge(before, handler, 'throw');
      cursor.to(handler, 'throw');
    }
    finish();
    cursor.at(handler);
    cursor.step(node.handler, 'start');
    bind(on, node.handler.param);
    statement(on, node.handler.body);
    finish();
  }

  cursor.frame = outer;
  if (last !== null) {
    // Nothing leaves an endless `try`: its `finally` still has a place.
    if (last.passages.length === 0) last.passages.push({ entry: cursor.open(), destinations: [] });
    cursor.finallyDepth++;
    for (const passage of last.passages) {
      cursor.at(passage.entry);
      statement(on, node.finalizer);
      cursor.resume(passage);
    }
    cursor.finallyDepth--;
  }
  cursor.at(end);
}

/** `process.exit()` or `process.abort()`, of the global or of `node:process`. */
function endsProcess(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') {
    const object = unwrap(callee.object);
    const name = memberName(callee);
    if (object.type !== 'Identifier' || (name !== 'exit' && name !== 'abort')) return false;
    const variable = file.bindings.variableOf(object);
    if (variable === null || variable === 'global') return object.name === 'process';
    return importedFromProcess(variable.defs[0]?.parent, variable.defs[0]?.node, null);
  }
  if (callee.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(callee);
  if (variable === null || variable === 'global') return false;
  const definition = variable.defs[0];
  return ['exit', 'abort'].some((name) => importedFromProcess(definition?.parent, definition?.node, name));
}

function importedFromProcess(declaration: Node | null | undefined, specifier: Node | undefined, name: string | null): boolean {
  if (declaration?.type !== 'ImportDeclaration' || !/^(?:node:)?process$/.test(declaration.source.value)) return false;
  if (name === null) return specifier?.type === 'ImportDefaultSpecifier' || specifier?.type === 'ImportNamespaceSpecifier';
  return specifier?.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' && specifier.imported.name === name;
}
