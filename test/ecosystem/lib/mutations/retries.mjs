/** Delays and limits of retries to take away. */
import { bare, calleeName, has, isFunction, leaves, nameOfKey, walk, within } from '../syntax.mjs';
import { withComma } from './timeouts.mjs';

const SLEEP = /sleep|delay|^wait|backoff|pause|setTimeout/i;
const COUNTER = /attempt|retr(?:y|ies)|tries|trys/i;
const LOOP = /^(?:While|DoWhile|For|ForOf)Statement$/;

/** `await sleep(…)`, `await new Promise((resolve) => setTimeout(resolve, …))`. */
function isSleep(node, text) {
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AwaitExpression') return false;
  const awaited = bare(node.expression.argument);
  if (awaited.type === 'NewExpression') return calleeName(awaited) === 'Promise' && /\bsetTimeout\b/.test(text.slice(awaited.start, awaited.end));
  return awaited.type === 'CallExpression' && SLEEP.test(calleeName(awaited));
}

/** Does a loop look like one that tries again: something awaited in a `try`, and a way out on success? */
function triesAgain(loop) {
  return within(loop.body, (node) => node.type === 'TryStatement').some((attempt) => attempt.handler != null && has(attempt.block, 'AwaitExpression'));
}

function mayFinish(loop) {
  return within(loop.body, (node) => node.type === 'ReturnStatement' || node.type === 'BreakStatement').length > 0;
}

/** Does a function call itself by its name? */
function callsItself(fn, ancestors) {
  const parent = ancestors[ancestors.indexOf(fn) - 1];
  const name = fn.id?.name ?? (parent?.type === 'VariableDeclarator' ? parent.id.name : parent?.type === 'MethodDefinition' || parent?.type === 'Property' ? parent.key.name : undefined);
  return name !== undefined && within(fn.body, (node) => isOwnCall(node, name)).length > 0;
}

/** `load(…)` or `this.load(…)`: a method of something else may have the same name. */
function isOwnCall(node, name) {
  if (node.type !== 'CallExpression' || calleeName(node) !== name) return false;
  return node.callee.type === 'Identifier' || node.callee.object?.type === 'ThisExpression';
}

/** What stands between a node and the region that tries again: the loop or the function, or null. */
function regionAbove(ancestors) {
  for (let index = ancestors.length - 1; index >= 0; index -= 1) {
    const node = ancestors[index];
    if (LOOP.test(node.type)) return triesAgain(node) ? 'loop' : null;
    if (isFunction(node)) return has(node.body, 'TryStatement') && callsItself(node, ancestors) ? 'recursion' : null;
  }
  return null;
}

export function findBackoffs(program, text) {
  const found = [];
  walk(program, (node, ancestors) => {
    if (isSleep(node, text)) {
      const region = regionAbove(ancestors);
      if (region !== null) found.push({ start: node.start, end: node.end, text: ';', pattern: `delay in a ${region}` });
    }
    if (node.type === 'ObjectExpression') {
      const names = node.properties.map(nameOfKey);
      for (const property of node.properties) {
        if (nameOfKey(property) === 'backoff' && names.includes('attempts')) found.push({ ...withComma(text, property), text: '', pattern: 'backoff option' });
        if (nameOfKey(property) === 'retryDelay' && names.includes('retries')) found.push({ ...withComma(text, property), text: '', pattern: 'retryDelay option' });
      }
    }
  });
  return found;
}

/** `attempt < max`: a comparison of order with a counter's name in it, and not a position in a list. */
function isBound(node, text) {
  const code = text.slice(node.start, node.end);
  return node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator) && COUNTER.test(code) && !/\.length\b/.test(code);
}

export function findLimits(program, text) {
  const found = [];
  walk(program, (node, ancestors) => {
    if (LOOP.test(node.type) && node.test != null && triesAgain(node) && mayFinish(node)) {
      const { test } = node;
      if (isBound(test, text) || (node.type === 'ForStatement' && test.type === 'BinaryExpression' && /^[<>]=?$/.test(test.operator) && !/\.length\b/.test(text.slice(test.start, test.end)))) {
        found.push({ start: test.start, end: test.end, text: 'true', pattern: 'bound of a loop' });
      } else if (test.type === 'LogicalExpression' && test.operator === '&&') {
        const half = [test.left, test.right].find((side) => isBound(side, text));
        const rest = half === test.left ? test.right : test.left;
        if (half !== undefined) found.push({ start: test.start, end: test.end, text: text.slice(rest.start, rest.end), pattern: 'bound of a loop, one half' });
      }
    }
    if (node.type !== 'IfStatement' || node.alternate != null || !leaves(node.consequent)) return;
    const [bound] = within(node.test, (inner) => isBound(inner, text));
    const region = bound === undefined ? null : regionAbove(ancestors);
    if (region === null) return;
    // A branch that tries again stays, without its limit; one that gives up goes.
    const again = region === 'recursion' && within(node.consequent, (inner) => inner.type === 'CallExpression' && /attempt|retr/i.test(text.slice(inner.start, inner.end))).length > 0 && !has(node.consequent, 'ThrowStatement');
    found.push(again ? { start: bound.start, end: bound.end, text: 'true', pattern: 'test of a recursion' } : { start: node.start, end: node.end, text: ';', pattern: `way out of a ${region}` });
  });
  return found;
}
