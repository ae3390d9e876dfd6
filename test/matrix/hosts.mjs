import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIXTURES = join(ROOT, 'test/fixtures/matrix');
const NODES = join(ROOT, 'test/.tmp/nodes');
const WINDOWS = process.platform === 'win32';

function npm(cwd, ...args) {
  return execFileSync('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund', '--prefer-offline'], { cwd, encoding: 'utf8', shell: WINDOWS, stdio: 'pipe', timeout: 240_000 });
}

/**
 * Projects with the packed package, made when a cell first asks for them. They lie outside the checkout: what the package
 * forgot to name would otherwise be found in the checkout's own node_modules.
 */
export class Hosts {
  #folder = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-matrix-')));
  #made = new Map();

  remove() {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #once(key, make) {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key);
  }

  /** The archive as a release makes it, of `dist` as it stands. */
  archive() {
    return this.#once('archive', () => {
      npm(ROOT, 'pack', '--ignore-scripts', '--pack-destination', this.#folder);
      return join(this.#folder, readdirSync(this.#folder).find((name) => name.endsWith('.tgz')));
    });
  }

  /** An ESLint of this version and the package, and no compiler. */
  eslint(version) {
    return this.#once(`eslint-${version}`, () => {
      const folder = this.#project(join(this.#folder, `eslint-${version}`));
      npm(folder, 'install', '--save-dev', `eslint@${version}`, 'jiti@2', this.archive());
      return folder;
    });
  }

  /** A folder of its own below that, without a compiler either. */
  plain(eslint, name) {
    return this.#once(`plain-${eslint}-${name}`, () => this.#project(join(this.eslint(eslint), name)));
  }

  /** The same with a compiler, and the parser that uses it. */
  typescript(eslint, version) {
    return this.#once(`typescript-${eslint}-${version}`, () => {
      const folder = this.#project(join(this.eslint(eslint), `typescript-${version}`));
      // The parser's peer is the ESLint of the folder above.
      npm(folder, 'install', '--save-dev', '--legacy-peer-deps', `typescript@${version}`, '@typescript-eslint/parser@8');
      cpSync(join(FIXTURES, 'packages'), join(folder, 'node_modules'), { recursive: true });
      return folder;
    });
  }

  #project(folder) {
    mkdirSync(folder, { recursive: true });
    cpSync(join(FIXTURES, 'shop'), folder, { recursive: true });
    return folder;
  }
}

/** A Node of this version, kept below `test/.tmp`. */
export function nodeBinary(version) {
  const name = `node-${WINDOWS ? 'win' : process.platform}-${process.arch}`;
  const folder = join(NODES, version);
  if (!existsSync(folder)) {
    const own = `${folder}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'package.json'), '{ "private": true }');
    npm(own, 'install', `${name}@${version}`);
    try {
      renameSync(own, folder);
    } catch {
      rmSync(own, { recursive: true, force: true });
    }
  }
  return join(folder, 'node_modules', name, 'bin', WINDOWS ? 'node.exe' : 'node');
}

export function installedVersion(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}
