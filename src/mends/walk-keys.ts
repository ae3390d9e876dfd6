import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, isFunction, outermost, parentThroughWrappers, unwrap } from '../analysis/syntax.js';
import type { KeyspaceScan } from '../facts/keyspace-scans.js';
import type { Mend } from './edit.js';
import { indentAt } from './layout.js';

type Node = TSESTree.Node;

/**
 * Lists keys a page at a time: `const keys = await redis.keys(p)` becomes a loop over the pages, and the
 * same array after it. A key that comes twice, as it may, is kept once.
 * @returns `null` where the list is not a constant of an async function
 */
export function walkKeys(file: SourceFile, { call, walk }: KeyspaceScan): Mend | null {
  const { node } = call;
  const [pattern, ...more] = node.arguments;
  const callee = unwrap(node.callee);
  if (walk === null || pattern === undefined || pattern.type === 'SpreadElement' || more.length > 0) return null;
  if (callee.type !== 'MemberExpression' || callee.optional || callee.object.type === 'Super') return null;
  const declared = declarationOf(node);
  if (declared === null || declared.declarator.id.type !== 'Identifier') return null;
  const name = ['foundKeys', 'walkedKeys', 'scannedKeys'].find((one) => !new RegExp(`\\b${one}\\b`).test(file.text));
  if (name === undefined) return null;
  const text = (part: Node): string => file.text.slice(part.range[0], part.range[1]);
  const steps = walk.text.replace('{client}', () => text(callee.object)).replace('{pattern}', () => text(pattern));
  const typed = /\.[cm]?tsx?$/.test(file.path) ? '<string>' : '';
  const indent = indentAt(file, declared.statement.range[0]);
  const [turn, add] = walk.yields === 'keys' ? ['page', `for (const key of page) ${name}.add(key);`] : ['key', `${name}.add(key);`];
  const { statement, declarator } = declared;
  return {
    edits: [
      { range: [statement.range[0], statement.range[0]], text: `const ${name} = new Set${typed}();\n${indent}for await (const ${turn} of ${steps}) ${add}\n${indent}` },
      { range: [declarator.init!.range[0], declarator.init!.range[1]], text: `[...${name}]` },
    ],
    title: 'list the keys a page at a time, with SCAN',
    safety: 'behaviour',
  };
}

function declarationOf(call: Node): { readonly statement: TSESTree.VariableDeclaration; readonly declarator: TSESTree.VariableDeclarator } | null {
  const awaited = parentThroughWrappers(call);
  if (awaited?.type !== 'AwaitExpression') return null;
  const declarator = parentThroughWrappers(awaited);
  const statement = declarator?.parent as Node | undefined;
  if (declarator?.type !== 'VariableDeclarator' || declarator.init !== outermost(awaited)) return null;
  if (statement?.type !== 'VariableDeclaration' || statement.declarations.length > 1 || statement.parent.type !== 'BlockStatement') return null;
  const owner = enclosingFunction(call);
  return isFunction(owner) && owner.async ? { statement, declarator } : null;
}
