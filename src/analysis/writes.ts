import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { staticName, unwrap } from './syntax.js';
import type { SourceFile } from './source-file.js';

type Node = TSESTree.Node;

export type WriteKind =
  | 'declaration' // `const x = value`, the default of a pattern
  | 'assignment' // `x = value`, `x ??= value`
  | 'compound' // `x += value`, `x++`: made of its old value
  | 'loop' // the item or key of for-of and for-in
  | 'parameter'
  | 'catch'
  | 'import'
  | 'function'
  | 'class'
  | 'enum'
  | 'namespace'
  | 'undefined'; // declared without a value, and nothing was written yet

/** One way a variable gets its value. */
export interface Write {
  readonly kind: WriteKind;
  /** What writes: declarator, assignment, loop, function (for a parameter), catch clause, import specifier, class … */
  readonly node: Node;
  /** The identifier that is written. */
  readonly target: TSESTree.Identifier;
  /** The expression whose value is written, or of whose value `path` is; `null` where no expression gives it. */
  readonly value: TSESTree.Expression | null;
  /** The whole pattern (of a parameter: the parameter); the target itself where nothing is destructured. */
  readonly pattern: Node;
  /** Keys and indices from the value to the target. `null` is a step that is not known: a rest, a computed key, a default on the way. */
  readonly path: readonly (string | number | null)[];
  /** The default of the pattern, taken where the value is undefined. */
  readonly fallback: TSESTree.Expression | null;
  /** May another write reach the read instead? */
  readonly conditional: boolean;
}

const WRITES = Symbol('writes');

/** All writes of a variable in its file, in source order; the implicit `undefined` only where it is written as `let x;`. */
export function writesOf(file: SourceFile, variable: Variable): readonly Write[] {
  const memo = file.memo(WRITES, () => new WeakMap<Variable, readonly Write[]>());
  let writes = memo.get(variable);
  if (writes === undefined) memo.set(variable, (writes = collect(file, variable)));
  return writes;
}

/** Does the variable keep the value of its declaration? */
export function isWrittenOnce(file: SourceFile, variable: Variable): boolean {
  const writes = writesOf(file, variable);
  return writes.length <= 1 && writes[0]?.kind !== 'undefined';
}

function collect(file: SourceFile, variable: Variable): readonly Write[] {
  void file.index;
  const writes = new Map<Node, Write>();
  for (const definition of variable.defs) {
    const target = definition.name as Node;
    if (target.type !== 'Identifier') continue;
    const write = fromDefinition(definition.type as string, definition.node, target);
    if (write !== null) writes.set(target, write);
  }
  for (const reference of variable.references) {
    const target = reference.identifier as Node;
    if (!reference.isWrite() || target.type !== 'Identifier' || writes.has(target)) continue;
    const write = fromPattern(target);
    if (write !== null) writes.set(target, write);
  }
  return [...writes.values()].sort((a, b) => a.target.range[0] - b.target.range[0]);
}

const NAMED: Readonly<Record<string, WriteKind>> = {
  ClassName: 'class', FunctionName: 'function', ImportBinding: 'import', TSEnumName: 'enum', TSModuleName: 'namespace',
};

function fromDefinition(type: string, node: Node, target: TSESTree.Identifier): Write | null {
  const named = NAMED[type];
  if (named !== undefined) return { kind: named, node, target, value: null, pattern: target, path: [], fallback: null, conditional: false };
  if (type === 'CatchClause' || type === 'Parameter' || type === 'Variable') return fromPattern(target);
  return null;
}

/** Climbs from an identifier to what its pattern belongs to; no further than the pattern. */
function fromPattern(target: TSESTree.Identifier): Write | null {
  const path: (string | number | null)[] = [];
  let fallback: TSESTree.Expression | null = null;
  let pattern: Node = target;
  for (let parent = pattern.parent as Node | undefined; parent != null; parent = pattern.parent) {
    switch (parent.type) {
      case 'AssignmentPattern':
        if (pattern === target || unwrap(pattern) === target) fallback = parent.right;
        // A default further out may stand in for a part of the path.
        else path.unshift(null);
        break;
      case 'Property':
        path.unshift(staticName(parent.key, parent.computed));
        break;
      case 'ArrayPattern':
        path.unshift(pattern.type === 'RestElement' ? null : parent.elements.indexOf(pattern as never));
        break;
      case 'RestElement':
        path.unshift(null);
        break;
      case 'ObjectPattern':
      case 'TSParameterProperty':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
        break;
      default:
        return atRoot(parent, { target, pattern, path, fallback, conditional: false });
    }
    pattern = parent;
  }
  return null;
}

function atRoot(owner: Node, part: Omit<Write, 'kind' | 'node' | 'value'>): Write | null {
  const { pattern, path } = part;
  const make = (kind: WriteKind, value: TSESTree.Expression | null): Write => ({ ...part, kind, node: owner, value });
  switch (owner.type) {
    case 'VariableDeclarator': {
      const declaration = owner.parent;
      const loop = declaration?.parent as Node | undefined;
      if ((loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement') && loop.left === declaration) {
        return { ...part, kind: 'loop', node: loop, value: null };
      }
      if (owner.init != null) return make('declaration', owner.init);
      // `var x;` writes nothing; `declare` says that it is written elsewhere.
      return declaration?.type === 'VariableDeclaration' && declaration.kind !== 'var' && !declaration.declare ? make('undefined', null) : null;
    }
    case 'AssignmentExpression':
      if (owner.operator === '=') return make('assignment', owner.right);
      if (path.length === 0 && /^(?:\|\||&&|\?\?)=$/.test(owner.operator)) return make('assignment', owner.right);
      return make('compound', null);
    case 'UpdateExpression':
      return make('compound', null);
    case 'ForOfStatement':
    case 'ForInStatement':
      return make('loop', null);
    case 'CatchClause':
      return make('catch', null);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return owner.params.includes(pattern as never) ? make('parameter', null) : null;
    default:
      return null;
  }
}
