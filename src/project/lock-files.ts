import { createRequire } from 'node:module';
import { isRecord, parseJson, recordAt, stringAt } from './json.js';

/** A lock file, asked for one package at a time. Never throws. */
export interface LockFile {
  /**
   * The version that a package of the workspace gets.
   * @param importer directory of the importing package, relative to the lock file, `''` for its own
   * @param name as declared, which may be an alias
   * @param range as declared by the importing package; `null` when it declares none
   * @returns `null` when the lock file does not say, or names several and nothing chooses
   */
  version(importer: string, name: string, range: string | null): string | null;
}

const require = createRequire(import.meta.url);
const VERSION = /^\d+\.\d+\.\d+/;

function versionIn(text: string): string | null {
  return VERSION.test(text) ? text : null;
}

/** The one version of a list that holds only one. */
function only(versions: readonly string[]): string | null {
  const different = new Set(versions);
  return different.size === 1 ? versions[0]! : null;
}

/** package-lock.json and npm-shrinkwrap.json, all versions of the format. `null` when broken. */
export function npmLock(text: string): LockFile | null {
  const json = parseJson(text);
  if (!isRecord(json)) return null;
  // Only versions are kept: the parsed file may be ten times as large.
  const versions = new Map<string, string>();
  const packages = recordAt(json, 'packages');
  for (const [path, entry] of Object.entries(packages)) {
    const version = stringAt(entry, 'version');
    if (version !== null && path !== '') versions.set(path, version);
  }
  if (versions.size === 0) addNested(recordAt(json, 'dependencies'), '', versions, 0);
  return {
    version(importer, name) {
      for (let directory = importer; ; directory = parentOf(directory)) {
        const version = versions.get(directory === '' ? `node_modules/${name}` : `${directory}/node_modules/${name}`);
        if (version !== undefined) return versionIn(version);
        if (directory === '') return null;
      }
    },
  };
}

function addNested(dependencies: Readonly<Record<string, unknown>>, above: string, versions: Map<string, string>, depth: number): void {
  if (depth > 20) return;
  for (const [name, entry] of Object.entries(dependencies)) {
    const path = `${above}node_modules/${name}`;
    const version = stringAt(entry, 'version');
    // An alias reads `npm:axios@1.2.3`.
    if (version !== null) versions.set(path, version.replace(/^npm:.+@/, ''));
    addNested(recordAt(entry, 'dependencies'), `${path}/`, versions, depth + 1);
  }
}

function parentOf(directory: string): string {
  const slash = directory.lastIndexOf('/');
  return slash === -1 ? '' : directory.slice(0, slash);
}

/** Fields of pnpm's importers that hold dependencies. */
const PNPM_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/**
 * pnpm-lock.yaml, versions 5 to 9. Only the sections that name importers are parsed: the whole file
 * takes a second a megabyte.
 */
export function pnpmLock(text: string): LockFile | null {
  const { parse } = require('yaml') as typeof import('yaml');
  const blocks = importerBlocks(topLevelSections(text, new Set(['importers'])).join('\n'));
  // Without a workspace, the only importer's fields stand at the top.
  const top = topLevelSections(text, new Set(PNPM_FIELDS)).join('');
  /** Only the entry that is asked for is parsed: a block of a large application takes a fifth of a second. */
  const versionOf = (importer: string, name: string): string | null => {
    const block = blocks.get(importer);
    const entry = block !== undefined ? dependencyEntry(block, name, 4) : importer === '.' ? dependencyEntry(top, name, 0) : null;
    if (entry === null) return null;
    try {
      const parsed: unknown = parse(`entry:${entry}`, { maxAliasCount: 0, logLevel: 'silent' });
      const version = stringAt(parsed, 'entry') ?? stringAt(recordAt(parsed, 'entry'), 'version');
      return version === null ? null : pnpmVersion(version);
    } catch {
      return null;
    }
  };
  return {
    version(importer, name) {
      for (let directory = importer; ; directory = parentOf(directory)) {
        const version = versionOf(directory === '' ? '.' : directory, name);
        if (version !== null) return versionIn(version);
        if (directory === '') break;
      }
      return only(pnpmPackageVersions(text, name));
    },
  };
}

/** What stands behind the name of a dependency, in the fields of this indent; the last field that has it counts. */
function dependencyEntry(block: string, name: string, indent: number): string | null {
  let found: string | null = null;
  for (const field of PNPM_FIELDS) {
    const head = new RegExp(`^ {${indent}}${field}:[^\\S\\n]*$`, 'm').exec(block);
    if (head === null) continue;
    const rest = block.slice(head.index + head[0].length);
    const end = new RegExp(`\\n {0,${indent}}[^\\s]`).exec(rest);
    const section = end === null ? rest : rest.slice(0, end.index + 1);
    const entry = new RegExp(`^ {${indent + 2}}(['"]?)${escapeText(name)}\\1:([^\\n]*(?:\\n {${indent + 4},}[^\\n]*)*)`, 'm').exec(section);
    found = entry?.[2] ?? found;
  }
  return found;
}

/** The text of each importer of a lock file, by its path: parsed when it is asked for. */
function importerBlocks(section: string): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>();
  const heads = /^ {2}(?:'([^'\n]+)'|"([^"\n]+)"|([^\s'":#][^\n]*?)):[ \t]*(?:\{\})?[ \t]*$/gm;
  let open: { readonly name: string; readonly start: number } | null = null;
  for (let head = heads.exec(section); head !== null; head = heads.exec(section)) {
    if (open !== null) blocks.set(open.name, section.slice(open.start, head.index));
    open = { name: head[1] ?? head[2] ?? head[3]!, start: head.index };
  }
  if (open !== null) blocks.set(open.name, section.slice(open.start));
  return blocks;
}

/** `1.2.3(peer@4)`, `/axios@1.2.3`, `/axios/1.2.3_peer@4` and `axios@1.2.3` are 1.2.3; a link stays one. */
function pnpmVersion(text: string): string {
  const bare = text.replace(/[(_].*$/, '');
  const match = /(?:^|[@/])(\d+\.\d+\.\d+[^@/]*)$/.exec(bare);
  return match?.[1] ?? bare;
}

/** Top-level sections of a YAML text, by their key line, as texts of their own. */
function topLevelSections(text: string, keys: ReadonlySet<string>): readonly string[] {
  const sections: string[] = [];
  const heads = /^(?:([A-Za-z]+):|---)[^\n]*$/gm;
  let start: number | null = null;
  for (let head = heads.exec(text); head !== null; head = heads.exec(text)) {
    if (start !== null) sections.push(text.slice(start, head.index));
    start = head[1] !== undefined && keys.has(head[1]) ? head.index : null;
  }
  if (start !== null) sections.push(text.slice(start));
  return sections;
}

function pnpmPackageVersions(text: string, name: string): readonly string[] {
  const key = new RegExp(`^ {2}['"]?/?${escapeText(name)}[@/](\\d+\\.\\d+\\.\\d+[^:('"_\\s]*)`, 'gm');
  return [...text.matchAll(key)].map((match) => match[1]!);
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * yarn.lock, classic and berry. The blocks of the file are found by their heads, and only those of a
 * package that is asked for are parsed.
 */
export function yarnLock(text: string): LockFile | null {
  const { parseSyml } = require('@yarnpkg/parsers') as typeof import('@yarnpkg/parsers');
  // The parser tells the two formats apart by this line.
  const head = /^# yarn lockfile v1\s*$/m.test(text.slice(0, 2000)) ? '# yarn lockfile v1\n' : '';
  const blocks = new Map<string, string[]>();
  for (const block of text.replaceAll('\r\n', '\n').split(/\n(?=[^\s#])/)) {
    if (!/^[^\s#][^\n]*:[ \t]*(?:\n|$)/.test(block)) continue;
    const name = /^["']?((?:@[^/@"',\s]+\/)?[^@"',\s/]+)@/.exec(block)?.[1];
    if (name === undefined) continue;
    const list = blocks.get(name);
    if (list === undefined) blocks.set(name, [block]);
    else list.push(block);
  }
  if (blocks.size === 0) return null;
  return {
    version(_importer, name, range) {
      const found: { readonly ranges: readonly string[]; readonly version: string }[] = [];
      for (const block of blocks.get(name) ?? []) {
        try {
          for (const [key, entry] of Object.entries(parseSyml(`${head}${block}\n`) as Readonly<Record<string, unknown>>)) {
            const version = stringAt(entry, 'version');
            if (version === null || !VERSION.test(version)) continue;
            const ranges = key.split(/\s*,\s*/).map((descriptor) => descriptor.slice(name.length + 1));
            found.push({ ranges, version });
          }
        } catch {
          // One block that cannot be read does not spoil the others.
        }
      }
      if (range !== null) {
        const wanted = new Set([range, `npm:${range}`, range.replace(/^npm:/, '')]);
        const chosen = found.find((entry) => entry.ranges.some((own) => wanted.has(own)));
        if (chosen !== undefined) return chosen.version;
      }
      return only(found.map((entry) => entry.version));
    },
  };
}

/** bun.lock, the text format. */
export function bunLock(text: string): LockFile | null {
  const json = parseJson(text);
  if (!isRecord(json) || !isRecord(json['packages'])) return null;
  const versions = new Map<string, string>();
  for (const [key, entry] of Object.entries(json['packages'])) {
    const id = Array.isArray(entry) && typeof entry[0] === 'string' ? entry[0] : null;
    if (id !== null) versions.set(key, id.slice(id.lastIndexOf('@') + 1));
  }
  const names = new Map<string, string>();
  for (const [directory, entry] of Object.entries(recordAt(json, 'workspaces'))) {
    const name = stringAt(entry, 'name');
    if (name !== null) names.set(directory, name);
  }
  return {
    version(importer, name) {
      const owner = names.get(importer);
      const version = (owner === undefined ? undefined : versions.get(`${owner}/${name}`)) ?? versions.get(name);
      return version === undefined ? null : versionIn(version);
    },
  };
}
