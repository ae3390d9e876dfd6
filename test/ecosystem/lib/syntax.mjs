/**
 * A parser and a walk for finding places to mutate. Independent of `src/` on purpose: a measure that
 * finds its places with the rules' own analysis only asks whether they agree with themselves.
 */
import { parseSync } from 'oxc-parser';

const isNode = (value) => value !== null && typeof value === 'object' && typeof value.type === 'string';

/** The program of a text, or null where it does not parse. */
export function parse(path, text) {
  const lang = /\.[cm]?ts$/.test(path) ? 'ts' : path.endsWith('.tsx') ? 'tsx' : 'jsx';
  for (const sourceType of ['module', 'commonjs', 'script']) {
    try {
      const { program, errors } = parseSync(path, text, { astType: 'ts', preserveParens: false, lang, sourceType });
      if (!errors.some((error) => error.severity === 'Error')) return program;
    } catch {
      // Another kind of source may do.
    }
  }
  return null;
}

/** Calls `visit(node, ancestors)` for each node, parents first; `ancestors` ends with the parent. */
export function walk(node, visit, ancestors = []) {
  visit(node, ancestors);
  ancestors.push(node);
  for (const key of Object.keys(node)) {
    const value = node[key];
    if (Array.isArray(value)) for (const item of value.filter(isNode)) walk(item, visit, ancestors);
    else if (isNode(value)) walk(value, visit, ancestors);
  }
  ancestors.pop();
}

export const isFunction = (node) => /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node?.type);

/** All nodes below one that pass a test, without those of functions inside it. */
export function within(root, test) {
  const found = [];
  const enter = (node) => {
    if (test(node)) found.push(node);
    for (const key of Object.keys(node)) {
      for (const item of Array.isArray(node[key]) ? node[key] : [node[key]]) if (isNode(item) && !isFunction(item)) enter(item);
    }
  };
  enter(root);
  return found;
}

export const has = (root, type) => within(root, (node) => node.type === type).length > 0;

/** The innermost function above, or null at the top level. */
export const functionAbove = (ancestors) => ancestors.findLast(isFunction) ?? null;

/** The last name of a callee: `find` of `this.orders.find(…)`. */
export function calleeName(node) {
  const callee = node.callee.type === 'ChainExpression' ? node.callee.expression : node.callee;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && !callee.computed ? callee.property.name : '';
}

/** The expression under `await`, `as`, `!` and optional chains. */
export function bare(node) {
  let inner = node;
  while (/^(?:AwaitExpression|ChainExpression|TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|TSTypeAssertion)$/.test(inner?.type)) inner = inner.argument ?? inner.expression;
  return inner;
}

/** The statements of a block, or the statement itself. */
export const statementsOf = (node) => (node.type === 'BlockStatement' ? node.body : [node]);

/** Does a statement leave: its last one returns, throws, breaks or continues? */
export function leaves(node) {
  return /^(?:Return|Throw|Break|Continue)Statement$/.test(statementsOf(node).at(-1)?.type);
}

export const nameOfKey = (property) => (property.type !== 'Property' || property.computed ? '' : (property.key.name ?? String(property.key.value)));
