import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, isFunction, memberName } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { CALLS_HOOK, HOOK_MODULES, STATEFUL_HOOK } from '../models/view-names.js';
import { packageSignals } from '../project/runtime-signals.js';
import { recordAt } from '../project/json.js';
import { packageOfFile } from '../project/workspace.js';

/** May a file be rendered in a browser as well: is it a view, or of a package that others put into theirs? */
export function mayBeView(file: SourceFile): boolean {
  if (/\.[cm]?[jt]sx$/.test(file.path)) return true;
  const manifest = packageOfFile(file.path);
  return manifest !== null && packageSignals(Object.keys(recordAt(manifest.json, 'peerDependencies'))).browser !== null;
}

/**
 * Does a call stand in a function within a component that has hooks: a handler, an effect? A server that renders the
 * component runs none of these. Of a file that serves both sides, so much is known to run in a browser.
 */
export function isInComponent(file: SourceFile, node: TSESTree.Node): boolean {
  const components = componentsOf(file);
  if (components.size === 0) return false;
  let inner = enclosingFunction(node);
  while (isFunction(inner)) {
    const outer = enclosingFunction(inner);
    if (isFunction(outer) && components.has(outer)) return true;
    inner = outer;
  }
  return false;
}

const COMPONENTS = Symbol('components with hooks');

/** Functions that call a hook of React themselves. */
function componentsOf(file: SourceFile): ReadonlySet<FunctionNode> {
  return file.memo(COMPONENTS, () => {
    const found = new Set<FunctionNode>();
    if (!CALLS_HOOK.test(file.text)) return found;
    for (const call of file.index.calls) {
      const { callee } = call;
      const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '';
      const owner = STATEFUL_HOOK.test(name) && isOfHookModule(file, callee) ? enclosingFunction(call) : null;
      if (isFunction(owner)) found.add(owner);
    }
    return found;
  });
}

/** `useState` and `React.useState`, by their import. */
function isOfHookModule(file: SourceFile, callee: TSESTree.Node): boolean {
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  const variable = root.type === 'Identifier' ? file.bindings.variableOf(root) : null;
  const declaration = variable === null || variable === 'global' ? null : variable.defs[0]?.parent;
  return declaration?.type === 'ImportDeclaration' && HOOK_MODULES.has(declaration.source.value);
}
