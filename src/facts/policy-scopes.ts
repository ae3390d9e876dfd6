import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, outermost, rootOf, unwrap } from '../analysis/syntax.js';
import { callsAmong } from './io-calls.js';

type Node = TSESTree.Node;

/** Does a call stand in a function that a policy runs: of a library, or of a module of the project that is made on one? */
export function isInPolicy(file: SourceFile, node: Node): boolean {
  return functionArguments(node).some((call) => runsUnderPolicy(file, call));
}

/** Is an expression what a policy gives: `axiosAdapter(payments)`, or a list with such a thing in it? */
export function isMadeByPolicy(file: SourceFile, expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === 'ArrayExpression') return node.elements.some((element) => element !== null && element.type !== 'SpreadElement' && isMadeByPolicy(file, element));
  return node.type === 'CallExpression' && runsUnderPolicy(file, node);
}

/** Is a client handed to a function that puts it behind a policy: `throughPolicy(s3, new S3Client({}))`? */
export function isHandedToPolicy(file: SourceFile, node: Node): boolean {
  const holder = outermost(node);
  const parent = holder.parent;
  return parent?.type === 'CallExpression' && parent.callee !== holder && runsUnderPolicy(file, parent);
}

/** Does a call stand in a function that runs within a transaction: `$transaction(async (tx) => …)`? */
export function isInTransaction(file: SourceFile, node: Node): boolean {
  return functionArguments(node).some((call) => call.type === 'CallExpression' && callsAmong(file, [call]).io.some(({ operation }) => operation.operation.hands !== undefined));
}

/** The calls that are handed a function around a node, from the inside out. */
function functionArguments(node: Node): readonly (TSESTree.CallExpression | TSESTree.NewExpression)[] {
  const calls: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [];
  for (let at: Node | undefined = node; at != null; at = at.parent) {
    if (!isFunction(at)) continue;
    const holder = outermost(at);
    const parent = holder.parent;
    if ((parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee !== holder) calls.push(parent);
  }
  return calls;
}

function runsUnderPolicy(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const values = presentAlternatives(evaluate(file, call.callee));
  // A limiter of concurrency or a retry is no policy to leave alone.
  if (values.some((value) => value.kind === 'policy' || (value.kind === 'policy-export' && value.model.exports[value.path]?.does !== 'passes'))) return true;
  const root = rootOf(call.callee);
  if (root.type !== 'Identifier') return false;
  if (presentAlternatives(evaluate(file, root)).some((value) => value.kind === 'policy')) return true;
  const variable = file.bindings.variableOf(root);
  const declaration = variable === null || variable === 'global' ? null : (variable.defs[0]?.parent as Node | null | undefined);
  const specifier = declaration?.type === 'ImportDeclaration' ? declaration.source.value : specifierOf(variable === null || variable === 'global' ? undefined : (variable.defs[0]?.node as Node | undefined));
  return specifier !== null && isMadeOnPolicies(file, specifier);
}

/** `const { payments } = require('./resilience')` */
function specifierOf(definition: Node | undefined): string | null {
  const init = definition?.type === 'VariableDeclarator' ? definition.init : null;
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'require') return null;
  const [argument] = init.arguments;
  return argument?.type === 'Literal' && typeof argument.value === 'string' ? argument.value : null;
}

/** A module of the project that imports a library of policies, so that what it hands out may be one. */
function isMadeOnPolicies(file: SourceFile, specifier: string): boolean {
  const found = file.project.importedModule(file.path, specifier);
  if (found.is !== 'file') return false;
  const memo = found.file.memo(MADE_ON_POLICIES, () => ({ is: importsPolicies(found.file) }));
  return memo.is;
}

const MADE_ON_POLICIES = Symbol('made on policies');

function importsPolicies(file: SourceFile): boolean {
  // The machinery may come from a package that others share.
  if (/\bimport\s*\{[^}]*\bpolicy\b[^}]*\}/.test(file.text) && /=\s*policy\(/.test(file.text)) return true;
  return [...file.text.matchAll(/\b(?:from|require\s*\(|import\s*\()\s*['"]([^'"\n]+)['"]/g)].some(([, source]) => file.project.models.policies(source!).length > 0);
}
