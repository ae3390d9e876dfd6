import type { TSESTree } from '@typescript-eslint/types';
import type { ModuleBinding } from './module-bindings.js';
import { nodesOf } from './module-bindings.js';

/** The list of configs that a file exports: an array, or the arguments of a function that takes configs. */
export interface ConfigList {
  /** What holds the entries; they stand between its brackets. */
  readonly holder: TSESTree.ArrayExpression | TSESTree.CallExpression;
  readonly entries: readonly TSESTree.Node[];
  /** All of the exported value: what would be wrapped. */
  readonly whole: TSESTree.Node;
}

export type ListAnswer = { readonly ok: true; readonly list: ConfigList } | { readonly ok: false; readonly why: string };

/** Functions that take configs, one by one or in arrays, and give them back as a list. */
const LIST_MAKERS: readonly ModuleBinding[] = [
  { module: 'eslint/config', name: 'defineConfig' },
  { module: '@eslint/config-helpers', name: 'defineConfig' },
  { module: 'typescript-eslint', name: 'config' },
  { module: 'eslint-define-config', name: 'defineConfig' },
  { module: 'eslint-define-config', name: 'defineFlatConfig' },
  { module: 'eslint-plugin-resilience', name: 'withProject' },
];

/** Where a configuration keeps its list; where that is not certain, why. */
export function configList(program: TSESTree.Program, bindings: ReadonlyMap<string, ModuleBinding>): ListAnswer {
  const exported = exportedValues(program);
  if (exported.length === 0) return no('no `export default` and no `module.exports =` at its top level');
  if (exported.length > 1) return no(`it sets what it exports in ${exported.length} places`);
  const found = resolve(exported[0]!, program, bindings, 0);
  if ('why' in found) return { ok: false, why: found.why };
  // A hole would make one more entry of the next one.
  if (found.entries.some((entry) => entry === null)) return no('its list has holes');
  return { ok: true, list: found as ConfigList };
}

const no = (why: string): ListAnswer & { readonly ok: false } => ({ ok: false, why });

function exportedValues(program: TSESTree.Program): readonly TSESTree.Node[] {
  return program.body.flatMap((statement): TSESTree.Node[] => {
    if (statement.type === 'ExportDefaultDeclaration') return [statement.declaration];
    if (statement.type === 'TSExportAssignment') return [statement.expression];
    if (statement.type === 'ExportNamedDeclaration') {
      const specifier = statement.specifiers.find(({ exported }) => (exported.type === 'Identifier' ? exported.name : exported.value) === 'default');
      // From another file: the name of that file stands for what it exports.
      return specifier === undefined ? [] : [statement.source ?? specifier.local];
    }
    if (statement.type !== 'ExpressionStatement') return [];
    const value = moduleExports(statement.expression);
    return value === null ? [] : [value];
  });
}

/** The value of `module.exports = …`, also of `exports = module.exports = …`. */
function moduleExports(node: TSESTree.Node): TSESTree.Node | null {
  if (node.type !== 'AssignmentExpression' || node.operator !== '=') return null;
  const { left, right } = node;
  if (left.type === 'MemberExpression' && !left.computed && left.object.type === 'Identifier' && left.object.name === 'module' && left.property.type === 'Identifier' && left.property.name === 'exports') {
    return moduleExports(right) ?? right;
  }
  return left.type === 'Identifier' && left.name === 'exports' ? moduleExports(right) : null;
}

interface Place {
  readonly holder: ConfigList['holder'];
  readonly entries: readonly (TSESTree.Node | null)[];
  readonly whole: TSESTree.Node;
}

function resolve(node: TSESTree.Node, program: TSESTree.Program, bindings: ReadonlyMap<string, ModuleBinding>, depth: number): Place | { readonly why: string } {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return resolve(node.expression, program, bindings, depth);
    case 'ArrayExpression':
      return { holder: node, entries: node.elements, whole: node };
    case 'CallExpression':
      return ofCall(node, bindings);
    case 'Identifier':
      return depth > 3 ? { why: `\`${node.name}\` leads too far` } : ofName(node.name, program, bindings, depth);
    case 'ObjectExpression':
      return { why: 'it exports one config and no list' };
    case 'AwaitExpression':
      return { why: 'what it exports is awaited' };
    case 'Literal':
      return { why: `it hands on what ${node.raw} exports` };
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return { why: 'it exports a function' };
    default:
      return { why: 'what it exports is neither a list nor a function that takes one' };
  }
}

function ofCall(node: TSESTree.CallExpression, bindings: ReadonlyMap<string, ModuleBinding>): Place | { readonly why: string } {
  const called = calledExport(node.callee, bindings);
  if (called === null || !LIST_MAKERS.some(({ module, name }) => called.module === module && called.name === name)) {
    return { why: `it exports what \`${nameOf(node.callee)}(…)\` gives, and where that takes configs is not known` };
  }
  const [only] = node.arguments;
  const inner = node.arguments.length === 1 ? bare(only!) : null;
  if (inner?.type === 'ArrayExpression') return { holder: inner, entries: inner.elements, whole: node };
  if (called.name !== 'withProject') return { holder: node, entries: node.arguments, whole: node };
  // Its second argument holds options.
  const first = only === undefined ? null : bare(only);
  if (first?.type === 'ArrayExpression') return { holder: first, entries: first.elements, whole: node };
  if (first?.type !== 'CallExpression') return { why: 'what `withProject` is given is no list' };
  const below = ofCall(first, bindings);
  return 'why' in below ? below : { ...below, whole: node };
}

/** Without what only types say. */
function bare(node: TSESTree.Node): TSESTree.Node {
  return node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression' ? bare(node.expression) : node;
}

function calledExport(callee: TSESTree.Node, bindings: ReadonlyMap<string, ModuleBinding>): ModuleBinding | null {
  if (callee.type === 'Identifier') return bindings.get(callee.name) ?? null;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier' || callee.property.type !== 'Identifier') return null;
  const of = bindings.get(callee.object.name);
  return of === undefined || (of.name !== 'default' && of.name !== '*') ? null : { module: of.module, name: callee.property.name };
}

function nameOf(callee: TSESTree.Node): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') return `${nameOf(callee.object)}.${callee.property.name}`;
  return callee.type === 'CallExpression' ? `${nameOf(callee.callee)}(…)` : '…';
}

function ofName(name: string, program: TSESTree.Program, bindings: ReadonlyMap<string, ModuleBinding>, depth: number): Place | { readonly why: string } {
  const module = bindings.get(name)?.module;
  if (module !== undefined) return { why: `it exports \`${name}\` of '${module}' as it is` };
  const declared = program.body.flatMap((statement) => {
    const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return inner?.type === 'VariableDeclaration' ? inner.declarations : [];
  });
  const own = declared.filter(({ id }) => id.type === 'Identifier' && id.name === name);
  const init = own.length === 1 ? own[0]!.init : null;
  if (init == null) return { why: `it exports \`${name}\`, which is not set once at its top level` };
  for (const node of nodesOf(program)) {
    if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && node.left.name === name) return { why: `it exports \`${name}\`, which is set again later` };
  }
  return resolve(init, program, bindings, depth + 1);
}
