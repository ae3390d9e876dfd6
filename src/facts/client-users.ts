import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { pathInWorkspace } from '../project/workspace.js';
import { callsOf } from './io-calls.js';

/** A file that calls a client, with how often. */
export interface ClientUser {
  /** From the root of the workspace. */
  readonly path: string;
  readonly calls: number;
}

const MOST_FILES = 200;
/** A shorter name stands in every file. */
const SHORTEST_NAME = 2;

/**
 * The files whose code calls a client, those with most calls first: whoever bounds it as a whole has to know
 * them. Of the file that makes it and, where it is exported by name, of the package's files that hold the name.
 */
export function clientUsers(file: SourceFile, construction: TSESTree.Node): readonly ClientUser[] {
  const users: ClientUser[] = [];
  for (const candidate of [file, ...importers(file, construction)]) {
    const count = callsOf(candidate).io.filter(({ operation }) => {
      const made = operation.instance?.made;
      return made != null && made.file.path === file.path && made.node.range[0] === construction.range[0];
    }).length;
    if (count > 0) users.push({ path: pathInWorkspace(candidate.path), calls: count });
  }
  return users.sort((a, b) => b.calls - a.calls || (a.path < b.path ? -1 : 1));
}

function importers(file: SourceFile, construction: TSESTree.Node): readonly SourceFile[] {
  const declarator = construction.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || declarator.id.name.length < SHORTEST_NAME) return [];
  if (declarator.parent.parent.type !== 'ExportNamedDeclaration' || !file.project.crossFile) return [];
  const hits = file.project.textsContaining(file.path, [`${declarator.id.name}.`]).filter(({ path }) => path !== file.path);
  return hits.slice(0, MOST_FILES).flatMap(({ path }) => file.project.file(path) ?? []);
}
