/** Exact versions of packages, each set in a folder of its own below `test/.tmp`: drivers look for each other by name. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../../.tmp/models', import.meta.url));

/** `import()` looks from the file in which it stands. */
const LOAD = 'export const load = (name) => import(name);\n';

/**
 * @param {Readonly<Record<string, string>>} packages exact versions by name; empty for what Node brings
 * @returns {Promise<string>} the folder
 * @throws {Error} with npm's words where they cannot be installed
 */
export async function install(packages) {
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: packages }, null, 2);
  const first = Object.entries(packages)[0];
  const label = first === undefined ? 'node' : `${first[0].replace(/[@/]/g, '_')}-${first[1]}`;
  const folder = join(FOLDER, `${label}-${createHash('sha256').update(manifest).digest('hex').slice(0, 8)}`);
  if (existsSync(folder)) return folder;
  const own = `${folder}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), manifest);
  writeFileSync(join(own, 'load.mjs'), LOAD);
  if (first !== undefined) {
    try {
      await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', '--legacy-peer-deps'], { cwd: own, maxBuffer: 1 << 26 });
    } catch (error) {
      rmSync(own, { recursive: true, force: true });
      throw new Error(`npm install of ${Object.entries(packages).map((entry) => entry.join('@')).join(', ')} failed:\n${error.stderr}`, { cause: error });
    }
  }
  renameSync(own, folder);
  return folder;
}
