import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

/** What one walk over a file finds: nodes by kind, in source order, with parents set. */
export interface SyntaxIndex {
  readonly calls: readonly (TSESTree.CallExpression | TSESTree.NewExpression)[];
  readonly tagged: readonly TSESTree.TaggedTemplateExpression[];
  readonly functions: readonly FunctionNode[];
  readonly classes: readonly (TSESTree.ClassDeclaration | TSESTree.ClassExpression)[];
  readonly imports: readonly (TSESTree.ImportDeclaration | TSESTree.ImportExpression | TSESTree.TSImportEqualsDeclaration)[];
  readonly assignments: readonly (TSESTree.AssignmentExpression | TSESTree.UpdateExpression)[];
  readonly members: readonly TSESTree.MemberExpression[];
  readonly tries: readonly TSESTree.TryStatement[];
  readonly loops: readonly Node[];
  readonly logicals: readonly TSESTree.LogicalExpression[];
  readonly nodeCount: number;
}

/**
 * Children that hold only types: skipped, since no value flows through them. They are read on
 * demand from the node that carries them.
 */
const TYPE_KEYS = new Set([
  'typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'superTypeArguments', 'implements', 'superTypeParameters',
]);
const SKIPPED_KEYS = new Set(['parent', 'loc', 'range', 'start', 'end', 'type', 'tokens', 'comments', 'raw', 'value', 'regex', 'kind', 'operator', 'name', 'hashbang', 'phase']);
const TYPE_NODES = new Set(['TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction', 'TSTypeAnnotation']);

const keysByType = new Map<string, readonly string[]>();

/** The child keys of a node, learnt once a type from the shape of the node itself: every parser agrees on names. */
function childKeys(node: Node): readonly string[] {
  const known = keysByType.get(node.type);
  if (known !== undefined) return known;
  const fixed = CHILD_KEYS[node.type];
  if (fixed !== undefined) {
    keysByType.set(node.type, fixed);
    return fixed;
  }
  const keys: string[] = [];
  for (const key in node) if (!SKIPPED_KEYS.has(key) && !TYPE_KEYS.has(key)) keys.push(key);
  // Not remembered: an unusual node may lack an optional key the first time.
  return keys;
}

/** Value-carrying children of every node type that matters, in source order. */
const CHILD_KEYS: Readonly<Record<string, readonly string[]>> = {
  Program: ['body'], Identifier: ['decorators'], Literal: [], TemplateElement: [], ThisExpression: [], Super: [], EmptyStatement: [],
  DebuggerStatement: [], BreakStatement: [], ContinueStatement: [], PrivateIdentifier: [], MetaProperty: [], JSXText: [], JSXIdentifier: [],
  ArrayExpression: ['elements'], ArrayPattern: ['decorators', 'elements'], ArrowFunctionExpression: ['params', 'body'],
  AssignmentExpression: ['left', 'right'], AssignmentPattern: ['decorators', 'left', 'right'], AwaitExpression: ['argument'],
  BinaryExpression: ['left', 'right'], BlockStatement: ['body'], CallExpression: ['callee', 'arguments'], CatchClause: ['param', 'body'],
  ChainExpression: ['expression'], ClassBody: ['body'], ClassDeclaration: ['decorators', 'id', 'superClass', 'body'],
  ClassExpression: ['decorators', 'id', 'superClass', 'body'], ConditionalExpression: ['test', 'consequent', 'alternate'],
  DoWhileStatement: ['body', 'test'], ExportAllDeclaration: ['source'], ExportDefaultDeclaration: ['declaration'],
  ExportNamedDeclaration: ['declaration', 'specifiers', 'source'], ExportSpecifier: ['local', 'exported'], ExpressionStatement: ['expression'],
  ForInStatement: ['left', 'right', 'body'], ForOfStatement: ['left', 'right', 'body'], ForStatement: ['init', 'test', 'update', 'body'],
  FunctionDeclaration: ['id', 'params', 'body'], FunctionExpression: ['id', 'params', 'body'], IfStatement: ['test', 'consequent', 'alternate'],
  ImportDeclaration: ['specifiers', 'source'], ImportDefaultSpecifier: ['local'], ImportExpression: ['source', 'options'], JSXAttribute: ['name', 'value'],
  ImportNamespaceSpecifier: ['local'], ImportSpecifier: ['imported', 'local'], LabeledStatement: ['body'], LogicalExpression: ['left', 'right'],
  MemberExpression: ['object', 'property'], MethodDefinition: ['decorators', 'key', 'value'], NewExpression: ['callee', 'arguments'],
  ObjectExpression: ['properties'], ObjectPattern: ['decorators', 'properties'], Property: ['key', 'value'],
  PropertyDefinition: ['decorators', 'key', 'value'], AccessorProperty: ['decorators', 'key', 'value'], RestElement: ['decorators', 'argument'], ReturnStatement: ['argument'],
  SequenceExpression: ['expressions'], SpreadElement: ['argument'], StaticBlock: ['body'], SwitchCase: ['test', 'consequent'],
  SwitchStatement: ['discriminant', 'cases'], TaggedTemplateExpression: ['tag', 'quasi'], TemplateLiteral: ['quasis', 'expressions'],
  ThrowStatement: ['argument'], TryStatement: ['block', 'handler', 'finalizer'], UnaryExpression: ['argument'], UpdateExpression: ['argument'],
  VariableDeclaration: ['declarations'], VariableDeclarator: ['id', 'init'], WhileStatement: ['test', 'body'], WithStatement: ['object', 'body'],
  YieldExpression: ['argument'], Decorator: ['expression'], TSAsExpression: ['expression'], TSSatisfiesExpression: ['expression'],
  TSNonNullExpression: ['expression'], TSTypeAssertion: ['expression'], TSInstantiationExpression: ['expression'],
  TSParameterProperty: ['decorators', 'parameter'], TSEnumDeclaration: ['id', 'body'], TSEnumBody: ['members'], TSEnumMember: ['id', 'initializer'],
  TSModuleDeclaration: ['id', 'body'], TSModuleBlock: ['body'], TSExportAssignment: ['expression'],
  TSImportEqualsDeclaration: ['id', 'moduleReference'], TSExternalModuleReference: ['expression'],
};

/** Walks a program once. Never throws, whatever the tree; iterative, so depth cannot overflow the stack. */
export function buildSyntaxIndex(program: TSESTree.Program): SyntaxIndex {
  const calls: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [];
  const tagged: TSESTree.TaggedTemplateExpression[] = [];
  const functions: FunctionNode[] = [];
  const classes: (TSESTree.ClassDeclaration | TSESTree.ClassExpression)[] = [];
  const imports: (TSESTree.ImportDeclaration | TSESTree.ImportExpression | TSESTree.TSImportEqualsDeclaration)[] = [];
  const assignments: (TSESTree.AssignmentExpression | TSESTree.UpdateExpression)[] = [];
  const members: TSESTree.MemberExpression[] = [];
  const tries: TSESTree.TryStatement[] = [];
  const loops: Node[] = [];
  const logicals: TSESTree.LogicalExpression[] = [];
  let nodeCount = 0;

  const stack: Node[] = [program];
  while (stack.length > 0) {
    const node = stack.pop()!;
    nodeCount++;
    switch (node.type) {
      case 'CallExpression':
      case 'NewExpression':
        calls.push(node);
        break;
      case 'TaggedTemplateExpression':
        tagged.push(node);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        functions.push(node);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        classes.push(node);
        break;
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'TSImportEqualsDeclaration':
        imports.push(node);
        break;
      case 'AssignmentExpression':
      case 'UpdateExpression':
        assignments.push(node);
        break;
      case 'MemberExpression':
        members.push(node);
        break;
      case 'TryStatement':
        tries.push(node);
        break;
      case 'LogicalExpression':
        logicals.push(node);
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        loops.push(node);
        break;
      default:
        break;
    }
    const keys = childKeys(node);
    // Pushed backwards, so that nodes are visited in source order.
    for (let k = keys.length - 1; k >= 0; k--) {
      const child = (node as unknown as Record<string, unknown>)[keys[k]!];
      if (child == null || typeof child !== 'object') continue;
      if (Array.isArray(child)) {
        for (let i = child.length - 1; i >= 0; i--) visit(child[i], node, stack);
      } else {
        visit(child, node, stack);
      }
    }
  }
  return { calls, tagged, functions, classes, imports, assignments, members, tries, loops, logicals, nodeCount };
}

function visit(child: unknown, parent: Node, stack: Node[]): void {
  if (child == null) return;
  const node = child as { type?: unknown; parent?: Node };
  if (typeof node.type !== 'string' || TYPE_NODES.has(node.type)) return;
  // ESLint and oxlint set parents themselves (theirs may be read-only); our own parses get them here.
  if (node.parent === undefined || node.parent === null) node.parent = parent;
  stack.push(child as Node);
}
