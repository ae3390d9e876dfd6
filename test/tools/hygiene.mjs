/**
 * Is the package in order for those who install it? publint and are-the-types-wrong judge the packed archive, knip looks
 * for what nothing uses. `npm run hygiene [-- --sizes]`
 * With --sizes the archive is installed into an empty folder, from the registry, to say what it weighs with all it needs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const KNIP = 'knip@6.44.2';
const MEGABYTE = 1e6;
const { values: options } = parseArgs({ options: { sizes: { type: 'boolean', default: false } } });

const folder = mkdtempSync(join(tmpdir(), 'resilience-hygiene-'));
try {
  const [packed] = JSON.parse(npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  const archive = join(folder, packed.filename);
  const failed = [
    check('publint', ['publint', 'run', archive, '--strict']),
    check('are-the-types-wrong', ['attw', archive, '--profile', 'esm-only', '--no-color']),
    // By itself: the parser that it brings is another version than ours.
    check('knip', ['npx', '--yes', KNIP, '--no-progress']),
    // A packed test would be run by nobody.
    verdict('no tests in the archive', packed.files.filter(({ path }) => /(?:^|\/)(?:test|tests)\/|\.test\./.test(path)).map(({ path }) => path).join('\n')),
  ].filter((each) => each);
  console.log(`archive: ${megabytes(packed.size)} packed, ${megabytes(packed.unpackedSize)} unpacked, ${packed.files.length} files`);
  if (options.sizes) console.log(installed(archive));
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function npm(cwd, ...args) {
  return execFileSync('npm', [...args, '--loglevel=error'], { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}

function check(name, [program, ...args]) {
  const { status, stdout, stderr } = spawnSync(program === 'npx' ? program : join(ROOT, 'node_modules/.bin', program), args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  return verdict(name, status === 0 ? '' : `${stdout}${stderr}`);
}

/** Prints one line; `true` where something is wrong. */
function verdict(name, fault) {
  console.log(fault === '' ? `${name}: nothing found` : `${name}:\n${fault}`);
  return fault !== '';
}

function installed(archive) {
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  // Without ESLint itself, which its users have.
  npm(project, 'install', '--no-audit', '--no-fund', '--legacy-peer-deps', archive);
  const modules = join(project, 'node_modules');
  // All but the project itself.
  const packages = Object.keys(JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')).packages).filter((path) => path !== '' && existsSync(join(project, path))).length;
  return `with dependencies: ${megabytes(sizeOf(modules))} in ${packages} packages`;
}

function sizeOf(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true }).reduce((total, entry) => total + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0), 0);
}

function megabytes(bytes) {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
