import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a file in a fixture project. */
export function fixture(...parts: readonly string[]): string {
  return join(fileURLToPath(new URL('../fixtures/projects', import.meta.url)), ...parts);
}

/** Makes a directory with these files, outside the repository. */
export function tempProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
