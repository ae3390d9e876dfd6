import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf } from '../../src/analysis/node-children.js';
import { analyzeScopes, parse } from '../../src/analysis/parse.js';
import { createSourceFile, type SourceFile } from '../../src/analysis/source-file.js';

type Node = TSESTree.Node;

/** A file made of code. Throws where the code does not parse: then the test is wrong. */
export function sourceOf(code: string, path = '/project/file.ts'): SourceFile {
  const parsed = parse(path, code);
  if (!parsed.ok) throw new Error(`${parsed.message}\n${code}`);
  const { program, text, comments, sourceType } = parsed;
  return createSourceFile({ path, text, program, comments, scopes: () => analyzeScopes(program, sourceType) });
}

/** All nodes that may carry a value, in source order, parents before children. */
export function nodesOf(file: SourceFile): Node[] {
  const nodes: Node[] = [];
  const stack: Node[] = [file.program];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    nodes.push(node);
    stack.push(...childrenOf(node).reverse());
  }
  return nodes;
}

/**
 * The node that begins behind the marker `/*name*\/`: the outermost one, other than an expression
 * statement; with a type, the outermost of that type.
 */
export function marked(file: SourceFile, name: string, type?: string): Node {
  const marker = file.text.indexOf(`/*${name}*/`);
  if (marker < 0) throw new Error(`no marker ${name}`);
  const rest = marker + name.length + 4;
  const begin = rest + /^\s*/.exec(file.text.slice(rest))![0].length;
  void file.index;
  const node = nodesOf(file).find((one) => one.range[0] === begin && (type === undefined ? one.type !== 'ExpressionStatement' && one.type !== 'Program' : one.type === type));
  if (node === undefined) throw new Error(`no node behind ${name}`);
  return node;
}
