/** Each package in a folder of its own, under its own name, as declarations import each other by name. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { typesFor } from './versions.mjs';

const run = promisify(execFile);
const TIME_LIMIT_MS = 300_000;

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock'];

export const folderOf = (root, name, version) => join(root, `${name.replace('/', '+')}@${version}`);

function installedVersion(folder, name) {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null;
}

const placing = new Map();
let asked = 0;

/** Installs what a range gives and answers the version. */
export async function installRange(root, name, range, table) {
  const folder = join(root, `asked-${process.pid}-${asked++}`);
  rmSync(folder, { recursive: true, force: true });
  try {
    await install(folder, [`${name}@${range}`]);
    const version = installedVersion(folder, name);
    if (version === null) throw new Error(`${name}@${range} left nothing behind`);
    const final = folderOf(root, name, version);
    // Two ranges may give one version at the same time.
    if (placing.has(final) || existsSync(join(final, 'done'))) rmSync(folder, { recursive: true, force: true });
    else {
      rmSync(final, { recursive: true, force: true });
      renameSync(folder, final);
      placing.set(final, beside(final, name, version, table));
    }
    await placing.get(final);
    return version;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Installs one version, unless it is there. */
export async function installVersion(root, name, version, table) {
  const folder = folderOf(root, name, version);
  if (existsSync(join(folder, 'done'))) return;
  rmSync(folder, { recursive: true, force: true });
  await install(folder, [`${name}@${version}`]);
  await beside(folder, name, version, table);
}

async function beside(folder, name, version, table) {
  const more = [...typesFor(name, version, table), ...(table.packages[name]?.with ?? [])];
  // One call with the package itself, so that a peer cannot move it to another version.
  if (more.length > 0) await install(folder, [`${name}@${version}`, ...more]);
  writeFileSync(join(folder, 'done'), '');
}

async function install(folder, what) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', ...QUIET, ...what], { cwd: folder, timeout: TIME_LIMIT_MS, maxBuffer: 16 * 1024 * 1024 });
}

/** Two at a time; npm itself is not idle. */
export async function eachOf(items, work, width = 2) {
  const rest = [...items];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  }));
}
