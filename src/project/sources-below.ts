import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { isCodePath } from './entry.js';

/**
 * Folders that hold no source, by name and not by .gitignore: reading those costs several times what
 * the listing itself does.
 */
const NO_SOURCE: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor']);
const BUILT = /\.min\.[cm]?js$|\.d\.[cm]?ts$/;

/**
 * The source files below a directory, sorted. Follows no link, so it cannot leave the directory; what
 * cannot be read is passed over.
 */
export function sourcesBelow(directory: string, limit: number): readonly string[] {
  const found: string[] = [];
  const queue = [directory];
  while (queue.length > 0 && found.length < limit) {
    const folder = queue.pop()!;
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries) {
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !NO_SOURCE.has(entry.name)) queue.push(join(folder, entry.name));
      } else if (entry.isFile() && isCodePath(entry.name) && !BUILT.test(entry.name)) {
        found.push(join(folder, entry.name));
      }
    }
  }
  return found.sort().slice(0, limit);
}
