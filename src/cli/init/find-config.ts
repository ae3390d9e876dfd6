import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordAt, readJson } from '../../project/json.js';
import { isWithin, workspaceOf } from '../../project/workspace.js';

/** In ESLint's own order: of several in one folder it takes the first. */
const FLAT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`);
const OXLINT = ['.oxlintrc.json', '.oxlintrc.jsonc', 'oxlint.config.ts'];

export interface FoundConfigs {
  /** Where a new configuration would stand. */
  readonly root: string;
  /** The flat config that ESLint takes for the folder; absolute. */
  readonly flat: string | null;
  /** Others beside it, which ESLint passes over. */
  readonly passedOver: readonly string[];
  /** Flat configs of packages below: ESLint takes these there. */
  readonly below: readonly string[];
  /** `.eslintrc*` files, or a package.json with `eslintConfig`. */
  readonly legacy: readonly string[];
  readonly oxlint: string | null;
}

/** The linter configurations that hold for a folder: its own or the nearest above it, up to the workspace root. */
export function findConfigs(cwd: string): FoundConfigs {
  const { root, packages } = workspaceOf(cwd);
  const folders = upTo(cwd, root);
  const home = folders.find((folder) => among(folder, FLAT).length > 0) ?? null;
  const [flat = null, ...passedOver] = home === null ? [] : among(home, FLAT);
  const above = home ?? root;
  const below = [...packages.values()].filter((folder) => folder !== above && isWithin(above, folder)).flatMap((folder) => among(folder, FLAT).slice(0, 1));
  const legacy = folders.map(legacyIn).find((found) => found.length > 0) ?? [];
  const oxlint = folders.flatMap((folder) => among(folder, OXLINT))[0] ?? null;
  return { root, flat, passedOver, below: below.sort(), legacy, oxlint };
}

/** The folder and those above it, up to a root. */
function upTo(cwd: string, root: string): readonly string[] {
  const folders = [cwd];
  for (let folder = cwd; folder !== root && dirname(folder) !== folder; ) folders.push((folder = dirname(folder)));
  return folders;
}

const among = (folder: string, names: readonly string[]): string[] => names.map((name) => join(folder, name)).filter((path) => existsSync(path));

function legacyIn(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const files = names.filter((name) => /^\.eslintrc(?:\.(?:js|cjs|json|ya?ml))?$/.test(name)).sort();
  const manifest = join(folder, 'package.json');
  const inManifest = Object.keys(recordAt(readJson(manifest), 'eslintConfig')).length > 0;
  return [...files.map((name) => join(folder, name)), ...(inManifest ? [manifest] : [])];
}
