import type { TSESTree } from '@typescript-eslint/types';

/** Does an offset lie in a comment? */
export function inComment(offset: number, comments: readonly TSESTree.Comment[]): boolean {
  return comments.some(({ range }) => range[0] <= offset && offset < range[1]);
}
