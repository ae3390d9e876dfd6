import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { storedAs, type CacheAccess } from '../facts/cache-access.js';
import { unwrap } from '../analysis/syntax.js';
import type { Mend } from './edit.js';

type Node = TSESTree.Node;

/** The statement that is nothing but this call, waited for or not; `null` where its value is used. */
export function statementOf(node: Node): TSESTree.ExpressionStatement | null {
  let current: Node = node;
  for (let parent = current.parent as Node | undefined; parent != null; current = parent, parent = parent.parent as Node | undefined) {
    switch (parent.type) {
      case 'ExpressionStatement': {
        const block = parent.parent as Node | undefined;
        return block?.type === 'BlockStatement' || block?.type === 'Program' ? parent : null;
      }
      case 'AwaitExpression':
      case 'ChainExpression':
        continue;
      case 'UnaryExpression':
        if (parent.operator !== 'void') return null;
        continue;
      case 'MemberExpression':
        if (parent.object !== current) return null;
        continue;
      case 'CallExpression':
        if (parent.callee !== current) return null;
        continue;
      default:
        return null;
    }
  }
  return null;
}

/** What a write stores, where it is a name that can be tested before the write. */
export function storedName(file: SourceFile, write: CacheAccess): string | null {
  if (write.value === null || write.value.file !== file) return null;
  const inner = unwrap(storedAs(file, write.value.node).expression);
  return inner.type === 'Identifier' ? inner.name : null;
}

/** Puts a condition in front of the statement that writes; `null` where the write is no statement of its own. */
export function guardWrite(file: SourceFile, write: CacheAccess, condition: string): Mend | null {
  const statement = statementOf(write.node);
  if (statement === null || write.file !== file) return null;
  return { edits: [{ range: [statement.range[0], statement.range[0]], text: `if (${condition}) ` }], title: `write only \`if (${condition})\``, safety: 'behaviour' };
}
