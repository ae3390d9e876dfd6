import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { memberCalled } from '../analysis/client-member.js';
import { evaluate } from '../analysis/evaluate.js';
import { GLOBAL_OBJECTS } from '../analysis/evaluate-builtin.js';
import { exportValue } from '../analysis/evaluate-export.js';
import { presentAlternatives } from '../analysis/member.js';
import { operationOf } from '../analysis/operation.js';
import type { SourceFile } from '../analysis/source-file.js';
import { rootOf } from '../analysis/syntax.js';
import type { FunctionNode, OperationValue, Value } from '../analysis/value.js';
import { atConstructions, classOfConstructor } from '../project/construction-sites.js';
import { endsChain, isFragment } from './query-chains.js';
import { modeOf, type Mode } from './call-mode.js';
import { importMatters } from './import-matters.js';

type Node = TSESTree.Node;
export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

/** A call that leaves the process, resolved to a model. */
export interface IoCall {
  readonly file: SourceFile;
  readonly node: CallNode;
  readonly operation: OperationValue;
  /** The value of its options argument; `null` when provably none is passed. */
  readonly options: Value | null;
  /** The argument node of the options, where one is written. */
  readonly optionsNode: TSESTree.Node | null;
  /** `stream` and `blocking` calls wait on purpose: they want an abort signal, not a timeout. */
  readonly mode: Mode;
  /** The callee may also be something that we do not know. */
  readonly uncertain: boolean;
  /**
   * For a call of a project function that forwards its options into an I/O call: that inner call. `byClient`: nothing
   * that is passed reaches its options, only the client is handed in.
   */
  readonly through: { readonly callee: FunctionNode; readonly name: string; readonly inner: IoCall; readonly byClient: boolean } | null;
}

/** A call of a project function: judged by what the function does with its arguments. */
export interface ProjectCall {
  readonly file: SourceFile;
  readonly node: TSESTree.CallExpression;
  readonly callee: Extract<Value, { kind: 'function' }>;
}

interface Calls {
  readonly io: readonly IoCall[];
  /** Operations that call nobody by themselves: of caches in the process, and commands that a pipeline collects. */
  readonly local: readonly IoCall[];
  readonly project: readonly ProjectCall[];
}

const MEMO = Symbol('io-calls');
const ROOTS = Symbol('roots that matter');

/** All I/O calls of a file, in source order; and its calls of project functions. */
export function callsOf(file: SourceFile): Calls {
  return file.memo(MEMO, () => collect(file, file.index.calls, file.index.tagged));
}

/** The calls inside one function, or other node. */
export function callsIn(file: SourceFile, owner: Node): Calls {
  const [from, to] = owner.range;
  const inside = (node: Node): boolean => node.range[0] >= from && node.range[1] <= to;
  return collect(file, file.index.calls.filter(inside), file.index.tagged.filter(inside));
}

/** What some calls of a file are, one by one: for facts that look at few of them. */
export function callsAmong(file: SourceFile, calls: SourceFile['index']['calls'], tagged: SourceFile['index']['tagged'] = []): Calls {
  return collect(file, calls, tagged);
}

function collect(file: SourceFile, calls: SourceFile['index']['calls'], tagged: SourceFile['index']['tagged']): Calls {
  const io: IoCall[] = [];
  const local: IoCall[] = [];
  const project: ProjectCall[] = [];
  for (const node of calls) {
    if (node.callee.type === 'Super' || !rootMatters(file, rootOf(node.callee))) continue;
    const callees = presentAlternatives(evaluate(file, node.callee));
    const uncertain = callees.some((member) => member.kind === 'unknown' || member.kind === 'parameter') && callees.length > 1;
    for (const member of callees) {
      if (memberCalled(member)?.is === 'chain' && !endsChain(file, node)) continue;
      if (member.kind === 'function' && node.type === 'CallExpression') {
        project.push({ file, node, callee: member });
        continue;
      }
      const operation = operationOf(wholeModule(file, member), { file, args: node.arguments }) ?? injectedOperation(member);
      if (operation !== null && operation.operation.tagOnly !== true) (callsOut(operation) ? io : local).push(describeCall(file, node, operation, uncertain));
    }
  }
  for (const node of tagged) {
    if (!rootMatters(file, rootOf(node.tag))) continue;
    for (const member of presentAlternatives(evaluate(file, node.tag))) {
      const operation = operationOf(member);
      if (operation !== null && !(operation.operation.lazy === 'then' && isFragment(node))) io.push({ file, node, operation, options: null, optionsNode: null, mode: 'reply', uncertain: false, through: null });
    }
  }
  return { io, local, project };
}

function callsOut({ model, operation }: OperationValue): boolean {
  return model.inProcess === undefined && operation.collected !== true;
}

/** `const axios = require('axios'); axios(…)`: the module called as its default export. */
function wholeModule(file: SourceFile, value: Value): Value {
  return value.kind === 'export' && value.path.length === 0 ? exportValue(file, value.package, ['default']) : value;
}

/**
 * A method of something that a constructor was handed: the operation, where every construction of the
 * class in the package hands it the same kind of client. For code without types; with a type
 * annotation the class is known without looking.
 */
function injectedOperation(value: Value): OperationValue | null {
  if (value.kind !== 'parameter' || value.path.length === 0) return null;
  const pattern = value.node.params[value.index];
  if (pattern === undefined || (pattern.type !== 'Identifier' && pattern.type !== 'ObjectPattern') || pattern.typeAnnotation != null) return null;
  const values = atConstructions(value.file, value, value.node);
  if (values === null) return null;
  const operations = values.map((handed) => operationOf(handed));
  const first = operations[0];
  if (first == null || !operations.every((operation) => operation?.model === first.model && operation.operation === first.operation)) return null;
  const unknown = operations.some((operation) => operation!.instance?.made?.node !== first.instance?.made?.node);
  if (!unknown || first.instance === null) return first;
  // Several clients: each construction is judged in the bounds.
  return { ...first, instance: { ...first.instance, layers: [], made: null, optionsUnknown: { code: 'parameter', detail: 'made in several places' } } };
}

function describeCall(file: SourceFile, node: TSESTree.CallExpression | TSESTree.NewExpression, operation: OperationValue, uncertain: boolean): IoCall {
  const found = operation.operation.options === undefined ? null : argumentValue(file, node.arguments, operation.operation.options);
  const options = found?.value ?? null;
  return {
    file,
    node,
    operation,
    options,
    optionsNode: found?.node ?? null,
    mode: modeOf(file, node, operation.operation, options),
    uncertain,
    through: null,
  };
}

/** Can this callee be, or lead to, a client? Cheap: decided once a variable. */
export function leadsToClient(file: SourceFile, callee: Node): boolean {
  return rootMatters(file, rootOf(callee));
}

/**
 * Can the thing at the left end of a callee be a client, or lead to one? Decided once a variable: most
 * calls of a file are on things that cannot.
 */
function rootMatters(file: SourceFile, root: Node): boolean {
  switch (root.type) {
    case 'Identifier': {
      const variable = file.bindings.variableOf(root);
      if (variable === null || variable === 'global') {
        return GLOBAL_OBJECTS.has(root.name) || file.project.models.global(root.name).length > 0 || root.name === 'require';
      }
      const memo = file.memo(ROOTS, () => new Map<Variable, boolean>());
      let matters = memo.get(variable);
      if (matters === undefined) {
        // Guards against a variable that is defined by a call on itself.
        memo.set(variable, false);
        if (!bindingMatters(file, variable)) return false;
        const values = presentAlternatives(evaluate(file, root));
        // Types may know what a member of it is, where the value does not tell.
        matters = values.some(mayBeClient) || (file.types !== null && values.some((value) => value.kind === 'unknown' || value.kind === 'parameter'));
        memo.set(variable, matters);
      }
      return matters;
    }
    case 'ThisExpression':
    case 'NewExpression':
    case 'ImportExpression':
      return true;
    case 'ConditionalExpression':
    case 'LogicalExpression':
      return true;
    default:
      return false;
  }
}

/** What a project file hands out is only evaluated when it may be a client. */
function bindingMatters(file: SourceFile, variable: Variable): boolean {
  const definition = variable.defs[0];
  if ((definition?.type as string | undefined) !== 'ImportBinding') return true;
  const declaration = definition!.parent as Node | undefined;
  if (declaration?.type !== 'ImportDeclaration') return true;
  return importMatters(file.project, file.path, declaration.source.value, importedName(definition!.node as TSESTree.ImportClause));
}

/** The name under which a clause takes something from its module; `*` for all of it. */
export function importedName(clause: TSESTree.ImportClause): string {
  if (clause.type === 'ImportDefaultSpecifier') return 'default';
  if (clause.type === 'ImportNamespaceSpecifier') return '*';
  return clause.imported.type === 'Identifier' ? clause.imported.name : clause.imported.value;
}

function mayBeClient(value: Value): boolean {
  switch (value.kind) {
    case 'instance':
    case 'instance-member':
    case 'operation':
    case 'model-export':
    case 'function':
    case 'object':
    case 'object-of-class':
    case 'class':
    case 'module':
    case 'policy':
    case 'policy-export':
      return true;
    case 'parameter':
      // `this.http` that a constructor was handed; other parameters are judged at the calls of their function.
      return value.path.length > 0 && classOfConstructor(value.node) !== null;
    case 'builtin':
      return GLOBAL_OBJECTS.has(value.path[0] ?? '');
    case 'export':
      // A package that a model knows, reached by its namespace.
      return value.path.length === 0 || (value.path.length === 1 && value.path[0] === 'default');
    default:
      return false;
  }
}
