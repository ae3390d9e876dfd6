import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isFile, signatureOf } from './disk.js';
import { isRecord, readJson, recordAt, stringAt, stringsOf } from './json.js';
import { GenerationMemo } from './memo.js';
import { isWithin, workspaceOf, workspaceRootOfFile } from './workspace.js';

/** One entry of `paths`: the text before and after the star, and where it may lead, absolute. */
export interface PathMapping {
  readonly prefix: string;
  /** `null` for a pattern without a star. */
  readonly suffix: string | null;
  readonly targets: readonly string[];
}

/** What a tsconfig.json or jsconfig.json says, its `extends` included. */
export interface TsconfigFacts {
  readonly path: string;
  /** Most specific first. */
  readonly paths: readonly PathMapping[];
  readonly baseUrl: string | null;
  /** Lower case; `null` where no `lib` is given. */
  readonly lib: readonly string[] | null;
  /** Lower case; `null` where no file that we can read says. */
  readonly target: string | null;
  readonly types: readonly string[] | null;
  /** Lower case: how modules are found, else what `module` implies; `null` where no file that we can read says. */
  readonly moduleResolution: string | null;
  /** Lower case `module`; `null` where no file that we can read says. */
  readonly module: string | null;
  /** `verbatimModuleSyntax`; `null` where no file that we can read says. */
  readonly verbatimModules: boolean | null;
  /** `esModuleInterop`; `null` where no file that we can read says. */
  readonly interop: boolean | null;
  /** Does the compiler check for null (`strictNullChecks`, else `strict`)? `null` where no file that we can read says. */
  readonly strictNulls: boolean | null;
  /** `noUncheckedIndexedAccess`; `null` where no file that we can read says. */
  readonly checkedIndex: boolean | null;
}

interface Layer {
  paths: readonly PathMapping[] | null;
  baseUrl: string | null;
  lib: readonly string[] | null;
  target: string | null;
  types: readonly string[] | null;
  module: string | null;
  moduleResolution: string | null;
  verbatimModules: boolean | null;
  interop: boolean | null;
  strict: boolean | null;
  strictNullChecks: boolean | null;
  checkedIndex: boolean | null;
}

const MAX_EXTENDS = 12;
/** By folder. */
const nearest = new GenerationMemo<{ readonly facts: TsconfigFacts | null }>();
const known = new Map<string, { readonly signatures: ReadonlyMap<string, string | null>; readonly facts: TsconfigFacts }>();

/**
 * The nearest tsconfig.json (or jsconfig.json) of a file inside its workspace. Bases that are not
 * there are passed over: on a repository without node_modules a shared base is often missing.
 */
export function tsconfigOf(file: string): TsconfigFacts | null {
  return nearest.get(dirname(file), () => ({ facts: findNearest(file) })).facts;
}

function findNearest(file: string): TsconfigFacts | null {
  const root = workspaceRootOfFile(file);
  for (let directory = dirname(file); isWithin(root, directory); directory = dirname(directory)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const path = join(directory, name);
      if (isFile(path)) return factsOf(path);
    }
    if (dirname(directory) === directory) break;
  }
  return null;
}

function factsOf(path: string): TsconfigFacts {
  const memo = known.get(path);
  if (memo !== undefined && [...memo.signatures].every(([file, signature]) => signatureOf(file) === signature)) return memo.facts;
  const signatures = new Map<string, string | null>();
  const layer = readLayer(path, dirname(path), signatures, 0);
  const json = readJson(path);
  // A solution file holds nothing itself: what it refers to holds the options.
  if (isRecord(json) && Array.isArray(json['references']) && (layer.paths === null || layer.lib === null)) {
    for (const reference of json['references'] as readonly unknown[]) {
      const target = stringAt(reference, 'path');
      if (target === null) continue;
      const file = target.endsWith('.json') ? resolve(dirname(path), target) : resolve(dirname(path), target, 'tsconfig.json');
      // A reference to another folder is another project with options of its own.
      if (dirname(file) !== dirname(path) || !isFile(file)) continue;
      const referred = readLayer(file, dirname(file), signatures, 1);
      layer.paths ??= referred.paths;
      layer.baseUrl ??= referred.baseUrl;
      layer.lib ??= referred.lib;
      layer.target ??= referred.target;
      layer.types ??= referred.types;
      layer.module ??= referred.module;
      layer.moduleResolution ??= referred.moduleResolution;
      layer.verbatimModules ??= referred.verbatimModules;
      layer.interop ??= referred.interop;
      layer.strict ??= referred.strict;
      layer.strictNullChecks ??= referred.strictNullChecks;
      layer.checkedIndex ??= referred.checkedIndex;
    }
  }
  const paths = [...(layer.paths ?? [])].sort((a, b) => rank(b) - rank(a));
  const facts: TsconfigFacts = { path, paths, baseUrl: layer.baseUrl, lib: layer.lib, target: layer.target, types: layer.types, moduleResolution: layer.moduleResolution ?? layer.module, module: layer.module, verbatimModules: layer.verbatimModules, interop: layer.interop, strictNulls: layer.strictNullChecks ?? layer.strict, checkedIndex: layer.checkedIndex };
  known.set(path, { signatures, facts });
  return facts;
}

/** An exact pattern comes first, then the longest prefix: TypeScript's own order. */
function rank(mapping: PathMapping): number {
  return mapping.suffix === null ? Number.MAX_SAFE_INTEGER : mapping.prefix.length;
}

function readLayer(path: string, configDirectory: string, signatures: Map<string, string | null>, depth: number): Layer {
  const layer: Layer = { paths: null, baseUrl: null, lib: null, target: null, types: null, module: null, moduleResolution: null, verbatimModules: null, interop: null, strict: null, strictNullChecks: null, checkedIndex: null };
  if (depth > MAX_EXTENDS || signatures.has(path)) return layer;
  signatures.set(path, signatureOf(path));
  const json = readJson(path);
  if (!isRecord(json)) return layer;
  for (const base of stringsOf(json['extends'])) {
    const file = baseFile(base, path);
    if (file === null) continue;
    const inherited = readLayer(file, configDirectory, signatures, depth + 1);
    // Of several bases the later one wins.
    layer.paths = inherited.paths ?? layer.paths;
    layer.baseUrl = inherited.baseUrl ?? layer.baseUrl;
    layer.lib = inherited.lib ?? layer.lib;
    layer.target = inherited.target ?? layer.target;
    layer.types = inherited.types ?? layer.types;
    layer.module = inherited.module ?? layer.module;
    layer.moduleResolution = inherited.moduleResolution ?? layer.moduleResolution;
    layer.verbatimModules = inherited.verbatimModules ?? layer.verbatimModules;
    layer.interop = inherited.interop ?? layer.interop;
    layer.strict = inherited.strict ?? layer.strict;
    layer.strictNullChecks = inherited.strictNullChecks ?? layer.strictNullChecks;
    layer.checkedIndex = inherited.checkedIndex ?? layer.checkedIndex;
  }
  const options = recordAt(json, 'compilerOptions');
  const expand = (text: string): string => text.replaceAll('${configDir}', configDirectory);
  const baseUrl = stringAt(options, 'baseUrl');
  if (baseUrl !== null) layer.baseUrl = resolve(dirname(path), expand(baseUrl));
  if (isRecord(options['paths'])) {
    // Paths are relative to the base URL in force, else to the file that states them.
    const from = layer.baseUrl ?? dirname(path);
    layer.paths = Object.entries(options['paths']).flatMap(([pattern, targets]) => {
      const star = pattern.indexOf('*');
      const mapping: PathMapping = {
        prefix: star === -1 ? pattern : pattern.slice(0, star),
        suffix: star === -1 ? null : pattern.slice(star + 1),
        targets: stringsOf(targets).map((target) => resolve(from, expand(target))),
      };
      return mapping.targets.length === 0 ? [] : [mapping];
    });
  }
  if (Array.isArray(options['lib'])) layer.lib = stringsOf(options['lib']).map((entry) => entry.toLowerCase());
  layer.target = stringAt(options, 'target')?.toLowerCase() ?? layer.target;
  layer.module = stringAt(options, 'module')?.toLowerCase() ?? layer.module;
  layer.moduleResolution = stringAt(options, 'moduleResolution')?.toLowerCase() ?? layer.moduleResolution;
  if (Array.isArray(options['types'])) layer.types = stringsOf(options['types']);
  if (typeof options['verbatimModuleSyntax'] === 'boolean') layer.verbatimModules = options['verbatimModuleSyntax'];
  if (typeof options['esModuleInterop'] === 'boolean') layer.interop = options['esModuleInterop'];
  if (typeof options['strict'] === 'boolean') layer.strict = options['strict'];
  if (typeof options['strictNullChecks'] === 'boolean') layer.strictNullChecks = options['strictNullChecks'];
  if (typeof options['noUncheckedIndexedAccess'] === 'boolean') layer.checkedIndex = options['noUncheckedIndexedAccess'];
  return layer;
}

function baseFile(base: string, from: string): string | null {
  const root = workspaceRootOfFile(from);
  const candidates: string[] = [];
  if (base.startsWith('.') || isAbsolute(base)) {
    candidates.push(resolve(dirname(from), base));
  } else {
    const [first = '', second = ''] = base.split('/');
    const name = first.startsWith('@') ? `${first}/${second}` : first;
    const directory = workspaceOf(from).packages.get(name);
    if (directory === undefined) return null;
    candidates.push(join(directory, base.slice(name.length)));
  }
  for (const candidate of candidates) {
    if (!isWithin(root, candidate)) continue;
    for (const path of [candidate, `${candidate}.json`, join(candidate, 'tsconfig.json')]) if (isFile(path)) return path;
  }
  return null;
}
