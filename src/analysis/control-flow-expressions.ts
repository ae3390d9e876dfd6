import type { TSESTree } from '@typescript-eslint/types';
import type { Cursor, OpenBlock } from './control-flow-cursor.js';
import { layFlat, mayThrow } from './control-flow-flat.js';
import { childrenOf } from './node-children.js';
import { isFunction, unwrap } from './syntax.js';

type Node = TSESTree.Node;

/** What laying down expressions needs from its surroundings. */
export interface Evaluation {
  readonly cursor: Cursor;
  /** May reading a member throw? */
  readonly memberAccessThrows: boolean;
  /** Is this a call that ends the process? */
  endsProcess(call: TSESTree.CallExpression): boolean;
  /** Lays down the statements of a class's static block. */
  statements(body: readonly Node[]): void;
}

/** Recursion beyond this is laid down without its branches, so that no input can overflow the stack. */
const MAX_DEPTH = 400;

/** Runs one level deeper; too deep, the node is laid down flat. */
export function nested(on: Evaluation, node: Node, run: () => void): void {
  const { cursor } = on;
  if (cursor.depth >= MAX_DEPTH) return layFlat(cursor, node);
  cursor.depth++;
  run();
  cursor.depth--;
}

/** Lays down the evaluation of an expression, for its value. */
export function evaluate(on: Evaluation, node: Node | null | undefined): void {
  if (node != null) nested(on, node, () => evaluateHere(on, node));
}

function evaluateAll(on: Evaluation, nodes: readonly (Node | null)[] | null | undefined): void {
  if (nodes != null) for (const node of nodes) evaluate(on, node);
}

function evaluateHere(on: Evaluation, node: Node): void {
  const { cursor } = on;
  switch (node.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
    case 'Super':
    case 'MetaProperty':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
    case 'PrivateIdentifier':
      return cursor.step(node, 'value');
    case 'LogicalExpression':
      return logical(on, node);
    case 'ConditionalExpression': {
      const then = cursor.open();
      const otherwise = cursor.open();
      const end = cursor.open();
      condition(on, node.test, then, otherwise);
      cursor.at(then);
      evaluate(on, node.consequent);
      cursor.to(end);
      cursor.at(otherwise);
      evaluate(on, node.alternate);
      cursor.to(end);
      cursor.at(end);
      return cursor.step(node, 'value');
    }
    case 'ChainExpression': {
      const outer = cursor.chainEnd;
      const end = (cursor.chainEnd = cursor.open());
      evaluate(on, node.expression);
      cursor.chainEnd = outer;
      cursor.to(end);
      cursor.at(end);
      return cursor.step(node, 'value');
    }
    case 'MemberExpression':
      memberReference(on, node);
      cursor.step(node, 'value');
      if (on.memberAccessThrows && unwrap(node.object).type !== 'ThisExpression') cursor.mayThrow();
      return;
    case 'CallExpression':
      evaluate(on, node.callee);
      if (node.optional) cutShort(on, node.callee);
      evaluateAll(on, node.arguments);
      cursor.step(node, 'value');
      return on.endsProcess(node) ? cursor.dead() : cursor.mayThrow();
    case 'NewExpression':
      evaluate(on, node.callee);
      evaluateAll(on, node.arguments);
      cursor.step(node, 'value');
      return cursor.mayThrow();
    case 'TaggedTemplateExpression':
      evaluate(on, node.tag);
      evaluate(on, node.quasi);
      cursor.step(node, 'value');
      return cursor.mayThrow();
    case 'AwaitExpression':
      evaluate(on, node.argument);
      cursor.step(node, 'await');
      return cursor.mayThrow();
    case 'YieldExpression':
      evaluate(on, node.argument);
      cursor.step(node, 'await');
      // The consumer may stop here for good: what it leaves behind is only cleaned up by `finally`.
      if (cursor.current.reachable) {
        const suspended = cursor.current;
        const resumed = cursor.open();
        cursor.leave(cursor.exit, null);
        cursor.edge(suspended, cursor.throwTarget(), 'throw');
        cursor.edge(suspended, resumed, 'normal');
        cursor.at(resumed);
      }
      return;
    case 'AssignmentExpression':
      return assignment(on, node);
    case 'UpdateExpression': {
      const target = unwrap(node.argument);
      evaluate(on, node.argument);
      cursor.step(target, 'write');
      return cursor.step(node, 'value');
    }
    case 'BinaryExpression':
      return binary(on, node);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return evaluateClass(on, node);
    case 'Property':
      if (node.computed) evaluate(on, node.key);
      evaluate(on, node.value);
      return cursor.step(node, 'value');
    case 'TemplateLiteral':
      evaluateAll(on, node.expressions);
      return cursor.step(node, 'value');
    default:
      return generic(on, node);
  }
}

/** Children in source order, then the node itself: right for everything that only combines values. */
function generic(on: Evaluation, node: Node): void {
  for (const child of childrenOf(node)) evaluate(on, child);
  on.cursor.step(node, 'value');
  if (mayThrow(node)) on.cursor.mayThrow();
}

function memberReference(on: Evaluation, node: TSESTree.MemberExpression): void {
  evaluate(on, node.object);
  if (node.optional) cutShort(on, node.object);
  if (node.computed) evaluate(on, node.property);
}

/** The `?.` after this operand. */
function cutShort(on: Evaluation, operand: Node): void {
  const { cursor } = on;
  if (cursor.chainEnd !== null) cursor.to(cursor.chainEnd, 'nullish', operand);
  cursor.next('non-nullish', operand);
}

/** `a + b + c + …` leans left as deep as it is long. */
function binary(on: Evaluation, node: TSESTree.BinaryExpression): void {
  const spine: TSESTree.BinaryExpression[] = [];
  let leftmost: Node = node;
  while (leftmost.type === 'BinaryExpression') {
    spine.push(leftmost);
    leftmost = leftmost.left;
  }
  evaluate(on, leftmost);
  for (let i = spine.length - 1; i >= 0; i--) {
    evaluate(on, spine[i]!.right);
    on.cursor.step(spine[i]!, 'value');
  }
}

/** The operands of `a && b && c`, and the nodes between. */
function operandsOf(node: TSESTree.LogicalExpression): { operands: Node[]; spine: Node[] } {
  const operands: Node[] = [];
  const spine: Node[] = [];
  let left: Node = node;
  while (left.type === 'LogicalExpression' && left.operator === node.operator) {
    spine.push(left);
    operands.push(left.right);
    left = left.left;
  }
  operands.push(left);
  return { operands: operands.reverse(), spine: spine.reverse() };
}

function logical(on: Evaluation, node: TSESTree.LogicalExpression): void {
  const { cursor } = on;
  const { operands, spine } = operandsOf(node);
  const end = cursor.open();
  operands.forEach((operand, i) => {
    if (i === operands.length - 1) return evaluate(on, operand);
    const next = cursor.open();
    if (node.operator === '&&') condition(on, operand, next, end);
    else if (node.operator === '||') condition(on, operand, end, next);
    else {
      evaluate(on, operand);
      cursor.to(next, 'nullish', operand);
      cursor.to(end, 'non-nullish', operand);
    }
    cursor.at(next);
  });
  cursor.to(end);
  cursor.at(end);
  for (const one of spine) cursor.step(one, 'value');
}

/** Lays down an expression of which only the truth matters. It ends in one of the two blocks; go on at one of them. */
export function condition(on: Evaluation, test: Node, whenTrue: OpenBlock, whenFalse: OpenBlock): void {
  const { cursor } = on;
  if (cursor.depth >= MAX_DEPTH) {
    layFlat(cursor, test);
    cursor.to(whenTrue);
    cursor.to(whenFalse);
    return;
  }
  cursor.depth++;
  conditionHere(on, test, whenTrue, whenFalse);
  cursor.depth--;
}

function conditionHere(on: Evaluation, test: Node, whenTrue: OpenBlock, whenFalse: OpenBlock): void {
  const { cursor } = on;
  if (test.type === 'UnaryExpression' && test.operator === '!') {
    cursor.step(test, 'start');
    return condition(on, test.argument, whenFalse, whenTrue);
  }
  if (test.type === 'LogicalExpression' && test.operator !== '??') {
    const { operands, spine } = operandsOf(test);
    for (const one of spine) cursor.step(one, 'start');
    operands.forEach((operand, i) => {
      if (i === operands.length - 1) return condition(on, operand, whenTrue, whenFalse);
      const next = cursor.open();
      if (test.operator === '&&') condition(on, operand, next, whenFalse);
      else condition(on, operand, whenTrue, next);
      cursor.at(next);
    });
    return;
  }
  if (test.type === 'ConditionalExpression') {
    const then = cursor.open();
    const otherwise = cursor.open();
    cursor.step(test, 'start');
    condition(on, test.test, then, otherwise);
    cursor.at(then);
    condition(on, test.consequent, whenTrue, whenFalse);
    cursor.at(otherwise);
    condition(on, test.alternate, whenTrue, whenFalse);
    return;
  }
  evaluate(on, test);
  const constant = constantTruth(test);
  if (constant !== false) cursor.to(whenTrue, 'true', test);
  if (constant !== true) cursor.to(whenFalse, 'false', test);
}

/** `while (true)` has one way on. */
function constantTruth(test: Node): boolean | null {
  const inner = unwrap(test);
  if (inner.type !== 'Literal' || ('regex' in inner && inner.regex != null) || 'bigint' in inner) return null;
  return Boolean(inner.value);
}

const LOGICAL_ASSIGNMENT = {
  '||=': ['false', 'true'],
  '&&=': ['true', 'false'],
  '??=': ['nullish', 'non-nullish'],
} as const;

function assignment(on: Evaluation, node: TSESTree.AssignmentExpression): void {
  const { cursor } = on;
  const target = unwrap(node.left);
  if (node.operator === '=') {
    if (target.type === 'MemberExpression') memberReference(on, target);
    evaluate(on, node.right);
    if (target.type === 'MemberExpression') cursor.step(target, 'write');
    else bind(on, target);
    return cursor.step(node, 'value');
  }
  evaluate(on, node.left);
  if (node.operator === '||=' || node.operator === '&&=' || node.operator === '??=') {
    const assign = cursor.open();
    const end = cursor.open();
    const [whenAssigned, otherwise] = LOGICAL_ASSIGNMENT[node.operator];
    cursor.to(assign, whenAssigned, node.left);
    cursor.to(end, otherwise, node.left);
    cursor.at(assign);
    evaluate(on, node.right);
    cursor.step(target, 'write');
    cursor.to(end);
    cursor.at(end);
  } else {
    evaluate(on, node.right);
    cursor.step(target, 'write');
  }
  cursor.step(node, 'value');
}

/** Lays down the writes of a pattern. Its value has been evaluated. */
export function bind(on: Evaluation, pattern: Node | null | undefined): void {
  if (pattern != null) nested(on, pattern, () => bindHere(on, pattern));
}

function bindHere(on: Evaluation, pattern: Node): void {
  const { cursor } = on;
  switch (pattern.type) {
    case 'Identifier':
      return cursor.step(pattern, 'write');
    case 'MemberExpression':
      memberReference(on, pattern);
      return cursor.step(pattern, 'write');
    case 'AssignmentPattern': {
      const byDefault = cursor.open();
      const end = cursor.open();
      cursor.to(byDefault);
      cursor.to(end);
      cursor.at(byDefault);
      evaluate(on, pattern.right);
      cursor.to(end);
      cursor.at(end);
      bind(on, pattern.left);
      return cursor.step(pattern, 'value');
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'Property') {
          if (property.computed) evaluate(on, property.key);
          bind(on, property.value);
          cursor.step(property, 'value');
        } else bind(on, property);
      }
      return cursor.step(pattern, 'value');
    case 'ArrayPattern':
      for (const element of pattern.elements) bind(on, element);
      return cursor.step(pattern, 'value');
    case 'RestElement':
      bind(on, pattern.argument);
      return cursor.step(pattern, 'value');
    case 'TSParameterProperty':
      bind(on, pattern.parameter);
      return cursor.step(pattern, 'value');
    default:
      if (unwrap(pattern) !== pattern) {
        bind(on, unwrap(pattern));
        return cursor.step(pattern, 'value');
      }
      return generic(on, pattern);
  }
}

/**
 * What runs when a class is defined: decorators, heritage, computed keys, static parts. Instance
 * fields run in the constructor and have no place in this graph.
 */
function evaluateClass(on: Evaluation, node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): void {
  const { cursor } = on;
  evaluateAll(on, node.decorators);
  evaluate(on, node.superClass);
  if (node.id != null) cursor.step(node.id, 'write');
  for (const element of node.body?.body ?? []) {
    if (element.type === 'StaticBlock') {
      cursor.step(element, 'start');
      on.statements(element.body);
      continue;
    }
    if (element.type === 'TSIndexSignature') continue;
    if (element.computed) evaluate(on, element.key);
    evaluateAll(on, element.decorators);
    if (isFunction(element.value)) cursor.step(element.value, 'value');
    else if (element.static) evaluate(on, element.value);
    cursor.step(element, 'value');
  }
  cursor.step(node, 'value');
}
