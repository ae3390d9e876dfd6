import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../src/analysis/source-file.js';
import { openProject, type ProjectSettings } from '../../src/facts/open-project.js';

export interface TempProject {
  readonly root: string;
  /** Parses a file of the project; throws where it cannot be: then the test is wrong. */
  file(path: string): SourceFile;
}

const roots: string[] = [];

/** Removes every project made since the last call; for `afterAll`. */
export function removeTempProjects(): void {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
}

/**
 * Writes files into a folder of their own and opens them as the linter would.
 * @param files text by path; a `package.json` of a Node package is added where none is given
 * @param installed versions of packages that count as installed, `axios: '1.7.2'`
 */
export function tempProject(
  files: Readonly<Record<string, string>>,
  installed: Readonly<Record<string, string>> = {},
  settings: Partial<ProjectSettings> = {},
): TempProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-project-')));
  roots.push(root);
  const all: Record<string, string> = {
    'package.json': JSON.stringify({ name: 'orders', private: true, type: 'module', engines: { node: '>=20' } }),
    'package-lock.json': JSON.stringify({ name: 'orders', lockfileVersion: 3, packages: {} }),
    ...files,
  };
  for (const [name, version] of Object.entries(installed)) all[`node_modules/${name}/package.json`] = JSON.stringify({ name, version });
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const project = openProject(join(root, 'package.json'), { crossFile: true, runtime: null, models: [], policies: [], ...settings });
  return {
    root,
    file(path) {
      const file = project.file(join(root, path));
      if (file === null) throw new Error(`${path} cannot be parsed`);
      return file;
    },
  };
}
