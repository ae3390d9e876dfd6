/** The service under test, before and after the codemods, compiled. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODEMODS } from './policy-numbers.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../../..');
const CLI = join(ROOT, 'dist/src/cli/main.js');
const COMPILER = join(ROOT, 'node_modules/typescript/bin/tsc');
const PACKAGES = ['axios', 'cockatiel', 'ioredis', 'opossum', 'pg', '@types/node', '@types/pg', '@types/opossum'];

/** Folders where the service's packages are looked for, the first wins. */
const PACKAGE_FOLDERS = [join(ROOT, 'node_modules'), ...(process.env.FAULTS_PACKAGES === undefined ? [] : [process.env.FAULTS_PACKAGES])];

/**
 * @param {{ kind: 'before' } | { kind: 'after', source?: string }} variant `source`: a folder with a ready `after` instead of what the codemods make
 * @returns {{ main: string, folder: string, log: string, remove: () => void }} `log`: what the codemods printed
 */
export function buildService(variant) {
  // Outside the checkout: what lies below a folder named test counts as tests.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `resilience-faults-${variant.kind}-`)));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    cpSync(join(HERE, 'service'), folder, { recursive: true });
    linkPackages(folder);
    let log = '';
    if (variant.source !== undefined) cpSync(variant.source, join(folder, 'src'), { recursive: true });
    else if (variant.kind === 'after') log = CODEMODS.map((args) => runCodemod(folder, args)).join('\n');
    run('the service does not compile', COMPILER, ['-p', folder], folder);
    return { main: join(folder, 'dist/server.js'), folder, log, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function linkPackages(folder) {
  for (const name of PACKAGES) {
    const found = PACKAGE_FOLDERS.map((from) => join(from, name)).find((path) => existsSync(path));
    if (found === undefined) continue;
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(found), link, 'dir');
  }
}

function runCodemod(folder, args) {
  if (!existsSync(CLI)) throw new Error('the command is not built: run `npm run build`');
  return `$ codemod ${args.join(' ')}\n${run(`codemod ${args[0]} failed`, CLI, ['codemod', ...args, '--write', '--allow-dirty', '--no-config', '--no-color', '--cwd', folder], folder)}`;
}

function run(what, script, args, cwd) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  if (status !== 0) throw new Error(`${what}:\n${stdout}${stderr}`);
  return stdout;
}
