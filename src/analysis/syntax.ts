import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

/** Is this node a function of any form? */
export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node != null &&
    (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression')
  );
}

/** Strips what does not change a value: type assertions, `!`, optional-chain wrappers, parentheses. */
export function unwrap(node: Node): Node {
  let current: Node = node;
  for (;;) {
    switch (current.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        current = current.expression;
        continue;
      default:
        // Only some parsers produce parentheses as nodes; the type is not in the shared AST.
        if ((current.type as string) === 'ParenthesizedExpression') {
          current = (current as unknown as { expression: Node }).expression;
          continue;
        }
        return current;
    }
  }
}

/** The nearest ancestor that is not a wrapper which `unwrap` strips. */
export function parentThroughWrappers(node: Node): Node | undefined {
  let parent = node.parent;
  while (parent != null && unwrap(parent) !== parent) parent = parent.parent;
  return parent;
}

/** The outermost wrapper around this expression (itself where there is none). */
export function outermost(node: Node): Node {
  let current = node;
  while (current.parent != null && current.parent !== current && unwrap(current.parent) === unwrap(current)) current = current.parent;
  return current;
}

/** The key of a member access or property, where it is known without evaluation. */
export function staticName(key: Node, computed: boolean): string | null {
  if (!computed) {
    if (key.type === 'Identifier') return key.name;
    if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  }
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')) return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? null;
  return null;
}

/** The name of a member access: `a.b` and `a['b']` give `b`. */
export function memberName(node: TSESTree.MemberExpression): string | null {
  return staticName(node.property, node.computed);
}

/** Is this link of a chain, or one before it, optional? What follows it is not read where it is missing. */
export function isOptionalUpTo(link: Node): boolean {
  for (let current: Node = link; ; ) {
    if (current.type === 'MemberExpression' || current.type === 'CallExpression') {
      if (current.optional) return true;
      current = current.type === 'MemberExpression' ? current.object : current.callee;
    } else if (current.type === 'TSNonNullExpression') current = current.expression;
    else return false;
  }
}

/** The expression at the left end of a chain of members and calls: `a` of `a.b().c`. */
export function rootOf(node: Node): Node {
  let current = unwrap(node);
  for (;;) {
    if (current.type === 'MemberExpression') current = unwrap(current.object);
    else if (current.type === 'CallExpression') current = unwrap(current.callee);
    else if (current.type === 'AwaitExpression') current = unwrap(current.argument);
    else return current;
  }
}

/** The function (or program) whose body directly holds this node. */
export function enclosingFunction(node: Node): FunctionNode | TSESTree.Program {
  let current: Node | undefined = node.parent;
  while (current != null) {
    if (isFunction(current) || current.type === 'Program') return current;
    current = current.parent;
  }
  return node as TSESTree.Program;
}

/** The class that directly holds this node, where `this` still means its instance. */
export function enclosingClass(node: Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | null {
  let current: Node | undefined = node.parent;
  let child: Node = node;
  while (current != null) {
    if (current.type === 'ClassBody' && current.parent != null) {
      // A static member's `this` is the class, not an instance.
      if ((child.type === 'MethodDefinition' || child.type === 'PropertyDefinition') && child.static) return null;
      return current.parent as TSESTree.ClassDeclaration | TSESTree.ClassExpression;
    }
    // A function that is not an arrow brings its own `this`, unless it is a method of the class.
    if (
      (current.type === 'FunctionDeclaration' || current.type === 'FunctionExpression') &&
      current.parent?.type !== 'MethodDefinition' &&
      current.parent?.type !== 'PropertyDefinition'
    ) {
      return null;
    }
    child = current;
    current = current.parent;
  }
  return null;
}

/** Text for people: `axios.get`, `this.http.post`, shortened. */
export function describe(node: Node): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'MemberExpression': {
      const name = memberName(inner);
      return `${describe(inner.object)}${name === null ? '[…]' : `.${name}`}`;
    }
    case 'CallExpression':
      return `${describe(inner.callee)}()`;
    case 'NewExpression':
      return `new ${describe(inner.callee)}()`;
    case 'AwaitExpression':
      return `(await ${describe(inner.argument)})`;
    default:
      return '…';
  }
}
