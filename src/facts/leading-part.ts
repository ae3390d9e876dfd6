import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, memberName, unwrap } from '../analysis/syntax.js';
import type { Value } from '../analysis/value.js';

type Node = TSESTree.Node;

/** What a text begins with, as an expression, and what is known of the rest. */
export interface LeadingPart {
  readonly file: SourceFile;
  readonly node: Node;
  readonly value: Value;
  /** The parts behind it; `null` for one that is not known. */
  readonly rest: readonly (string | null)[];
}

const MAX_STEPS = 12;

/**
 * The expression that an address begins with: `BASE` of `${BASE}/orders`, of `new URL('/orders', BASE)` and of
 * `const url = BASE + path`.
 * @returns `null` where that is not told by this file
 */
export function leadingPart(file: SourceFile, start: Node): LeadingPart | null {
  let node = unwrap(start);
  let rest: readonly (string | null)[] = [];
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const next = step(file, node);
    if (next === null) return { file, node, value: evaluate(file, node), rest };
    node = unwrap(next.node);
    rest = [...next.rest, ...rest];
  }
  return null;
}

interface Step {
  readonly node: Node;
  readonly rest: readonly (string | null)[];
}

function step(file: SourceFile, node: Node): Step | null {
  switch (node.type) {
    case 'TemplateLiteral': {
      const [first, second] = node.quasis;
      return first?.value.cooked === '' && node.expressions[0] !== undefined ? { node: node.expressions[0], rest: [second?.value.cooked ?? '', ...(node.expressions.length > 1 ? [null] : [])] } : null;
    }
    case 'BinaryExpression':
      return node.operator === '+' ? { node: node.left, rest: [textOf(file, node.right)] } : null;
    case 'NewExpression': {
      const [path, base] = node.arguments;
      if (describe(node.callee) !== 'URL' || path === undefined || path.type === 'SpreadElement') return null;
      if (base === undefined) return { node: path, rest: [] };
      const own = textOf(file, path);
      // An absolute first argument would win.
      return base.type !== 'SpreadElement' && own !== null && !/^[a-z][\w+.-]*:|^\/\//i.test(own) ? { node: base, rest: ['/'] } : null;
    }
    case 'CallExpression': {
      const callee = unwrap(node.callee);
      if (callee.type !== 'MemberExpression') return null;
      const method = memberName(callee);
      // `.replace(/\/+$/, '')` takes a slash off the end.
      const isTrimmed = method === 'replace' && /^\/\\\/[+*]?\$\/$/.test(file.text.slice(...(node.arguments[0]?.range ?? [0, 0])));
      return method === 'toString' || method === 'trim' || isTrimmed ? { node: callee.object, rest: [] } : null;
    }
    case 'MemberExpression':
      return ['href', 'origin'].includes(memberName(node) ?? '') && unwrap(node.object).type !== 'ThisExpression' ? { node: node.object, rest: [] } : null;
    case 'Identifier':
      return definitionOf(file, node);
    default:
      return null;
  }
}

/** What a variable holds that is written once. */
function definitionOf(file: SourceFile, name: TSESTree.Identifier): Step | null {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global' || variable.defs.length !== 1) return null;
  const declarator = variable.defs[0]!.node as Node;
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || declarator.init == null) return null;
  if (variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return null;
  const init = unwrap(declarator.init);
  // What is not built of parts is named by the variable.
  return ['TemplateLiteral', 'BinaryExpression', 'NewExpression', 'Identifier'].includes(init.type) ? { node: init, rest: [] } : null;
}

function textOf(file: SourceFile, node: Node): string | null {
  const value = evaluate(file, node);
  if (value.kind === 'literal') return String(value.value);
  return value.kind === 'text' ? (value.parts[0] ?? null) : null;
}
