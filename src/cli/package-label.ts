import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { memberOfFile } from '../project/member.js';
import { fromRoot } from './find-files.js';

/**
 * Names the package of a file: the name in the nearest `package.json` that has one, that of its project in an
 * Nx workspace, else the folder.
 * Files without one above them belong to `.`.
 */
export function packageLabels(root: string): (path: string) => string {
  const memo = new Map<string, string>();
  function labelOf(directory: string): string {
    const known = memo.get(directory);
    if (known !== undefined) return known;
    const parent = dirname(directory);
    // A package.json without a name only sets the module type of a folder.
    const label = nameIn(join(directory, 'package.json')) ?? projectAt(directory) ?? (parent === directory ? '.' : labelOf(parent));
    memo.set(directory, label);
    return label;
  }
  function projectAt(directory: string): string | null {
    const member = memberOfFile(join(directory, 'project.json'));
    return member !== null && member.name !== '' && member.directory === directory ? member.name : null;
  }
  function nameIn(path: string): string | null {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return null;
    }
    try {
      const { name, private: isPrivate, workspaces } = JSON.parse(text) as Record<string, unknown>;
      if (typeof name === 'string' && name !== '') return name;
      return isPrivate === true || workspaces !== undefined ? fromRoot(root, dirname(path)) || '.' : null;
    } catch {
      return null;
    }
  }
  return (path) => labelOf(dirname(path));
}
