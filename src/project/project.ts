import { join, resolve } from 'node:path';
import type { ImportedModule, ProjectPort, SourceFile } from '../analysis/source-file.js';
import { CACHE_TYPE, CACHE_TYPE_WORDS } from '../models/cache-names.js';
import { SHIPPED_MODELS, type ModelSet } from '../models/model-set.js';
import { diskGeneration, readText, refreshDisk, signatureOf } from './disk.js';
import { GenerationMemo } from './memo.js';
import { isCodePath } from './entry.js';
import { sourcesBelow } from './sources-below.js';
import { handedOnFrom, mayMatter } from './prefilter.js';
import { indexTypes, type TypeSites } from './type-index.js';
import { resolveByName, resolveModule } from './resolve.js';
import { runtimeOf, type Runtime, type RuntimeVerdict } from './runtime.js';
import { FileStore, isFailed } from './store.js';
import { declaredRange, installedVersion } from './versions.js';
import { isWithin, packageOfFile, workspaceOf, workspaceRootOf, workspaceRootOfFile } from './workspace.js';

export interface ProjectOptions {
  /** Workspace root, absolute. */
  readonly root: string;
  /** `false`: no other file is read. Default `true`. */
  readonly crossFile?: boolean;
  readonly models?: ModelSet;
  /** The user's own word on where code runs. */
  readonly runtime?: Runtime | null;
  /**
   * Texts that callers of `filesContaining` will ask for. Given here, each file of a package is read
   * once for all of them.
   */
  readonly needles?: readonly string[];
  /** Words without which a file holds nothing of interest, as text. Absent: every file is parsed. */
  readonly interesting?: RegExp | null;
  /** Words without which a file uses no client itself; for `mayLeadToClient`. Absent: every file may. */
  readonly uses?: RegExp | null;
  /** Text of parsed files kept in memory, in characters. */
  readonly maxText?: number;
}

/** A file and its text. */
export interface TextHit {
  readonly path: string;
  readonly text: string;
}

/** What the project answers to analysis, and to the adapters above it. */
export interface Project extends ProjectPort {
  /**
   * Tells the text of a file as it is on the disk. What a package is searched for is looked for in it, so that who
   * reads all files anyway spares the search a reading.
   */
  noteText(path: string, text: string): void;
  readonly root: string;
  readonly store: FileStore;
  runtimeOf(path: string, text: string): RuntimeVerdict;
  /** Source files of the package of a file, sorted; those of packages inside it are not among them. */
  packageFiles(fromFile: string): readonly string[];
}

interface PackageScan {
  /** Needles found in each file that holds any. */
  readonly hits: Map<string, ReadonlySet<string>>;
  readonly signatures: Map<string, string | null>;
  needles: number;
  generation: number;
  until: number;
}

/** By path. */
type Leading = Map<string, { readonly signature: string | null; readonly leads: boolean }>;

interface PackageList {
  readonly files: readonly string[];
  readonly generation: number;
  readonly until: number;
}

const VIEW = /\.(?:tsx|jsx)$/;
const TEST = /[\\/](?:tests?|__tests__|__mocks__|__fixtures__|e2e|specs?|mocks?|fixtures|stories)[\\/]|\.(?:test|spec|e2e|e2e-spec|bench|stories|story|mock)\.[cm]?[jt]sx?$/;
const NOWHERE: TypeSites = { declaredIn: [], namedIn: [] };
const MAX_FILES = 20_000;
const MAX_FILE_BYTES = 1_500_000;
/** A list of files is believed this long, or fifty times as long as it took to make. */
const LIST_TTL_MS = 10_000;
const MAX_DEPENDENCIES = 64;
/** Re-exports of re-exports are followed this far. */
const MAX_HAND_ONS = 8;

class WorkspaceProject implements Project {
  readonly root: string;
  readonly crossFile: boolean;
  readonly models: ModelSet;
  readonly store: FileStore;
  readonly #runtime: Runtime | null;
  readonly #interesting: RegExp | null;
  readonly #uses: RegExp | null;
  readonly #needles: string[];
  #anyNeedle: { readonly count: number; readonly pattern: RegExp } = { count: -1, pattern: /(?!)/ };
  readonly #lists = new Map<string, PackageList>();
  readonly #scans = new Map<string, PackageScan>();
  readonly #leading = new Map<RegExp, Leading>();
  readonly #found = new GenerationMemo<readonly string[]>();
  readonly #types = new GenerationMemo<ReadonlyMap<string, TypeSites>>();
  readonly #matters = new Map<string, { readonly signature: string | null; readonly matters: boolean }>();

  constructor(options: ProjectOptions) {
    this.root = resolve(options.root);
    this.crossFile = options.crossFile ?? true;
    this.models = options.models ?? SHIPPED_MODELS;
    this.#runtime = options.runtime ?? null;
    this.#interesting = stateless(options.interesting);
    this.#uses = stateless(options.uses);
    this.#needles = [...new Set(options.needles ?? [])].filter((needle) => needle !== '');
    this.store = new FileStore({ project: () => this, ...(options.maxText === undefined ? {} : { maxText: options.maxText }) });
  }

  importedModule(from: string, specifier: string): ImportedModule {
    const resolution = this.crossFile ? resolveModule(from, specifier) : resolveByName(specifier);
    switch (resolution.is) {
      case 'package':
        return { is: 'package', name: resolution.name, subpath: resolution.subpath };
      case 'builtin': {
        // As written: models name modules of Node with and without `node:`.
        const [name = '', ...subpath] = specifier.split('/');
        return { is: 'package', name, subpath: subpath.join('/') };
      }
      case 'unresolved':
        return { is: 'unresolved', reason: this.crossFile ? resolution.reason : 'off' };
      case 'file':
        return this.#moduleAt(resolution.path);
    }
  }

  #moduleAt(path: string): ImportedModule {
    if (!isCodePath(path)) return { is: 'unresolved', reason: 'unparsable' };
    if (!this.#mayMatter(path)) return { is: 'uninteresting' };
    const file = this.store.get(path);
    if (file === null) return { is: 'unresolved', reason: 'not-found' };
    return isFailed(file) ? { is: 'unresolved', reason: 'unparsable' } : { is: 'file', file };
  }

  mayLeadToClient(from: string, specifier: string, words?: RegExp): boolean {
    const uses = words ?? this.#uses;
    if (!this.crossFile || uses === null) return true;
    let known = this.#leading.get(uses);
    if (known === undefined) this.#leading.set(uses, (known = new Map()));
    return this.#leads(from, specifier, uses, known, 0);
  }

  #leads(from: string, specifier: string, uses: RegExp, leading: Leading, depth: number): boolean {
    const resolution = resolveModule(from, specifier);
    if (resolution.is !== 'file') return resolution.is === 'package' && depth > 0 && uses.test(`'${specifier}'`);
    const { path } = resolution;
    if (!isCodePath(path)) return false;
    const signature = signatureOf(path);
    const known = leading.get(path);
    if (known !== undefined && known.signature === signature) return known.leads;
    // A ring of re-exports leads nowhere by itself.
    leading.set(path, { signature, leads: false });
    const text = this.store.text(path);
    const leads = text !== null && (uses.test(text) || handedOnFrom(text).some((next) => depth >= MAX_HAND_ONS || this.#leads(path, next, uses, leading, depth + 1)));
    leading.set(path, { signature, leads });
    return leads;
  }

  #mayMatter(path: string): boolean {
    const interesting = this.#interesting;
    if (interesting === null) return true;
    const signature = signatureOf(path);
    const known = this.#matters.get(path);
    if (known !== undefined && known.signature === signature) return known.matters;
    const text = this.store.text(path);
    const matters = text === null || mayMatter(text, interesting);
    this.#matters.set(path, { signature, matters });
    return matters;
  }

  installedVersion(from: string, packageName: string): string | null {
    return installedVersion(from, packageName);
  }

  declaredRange(from: string, packageName: string): string | null {
    return declaredRange(from, packageName);
  }

  runtimeOf(path: string, text: string): RuntimeVerdict {
    const verdict = runtimeOf(path, text, { runtime: this.#runtime });
    // A package that depends on a view library and holds no view serves others: a router, a shared library.
    if (verdict.mixed === true && this.crossFile && !this.packageFiles(path).some((file) => VIEW.test(file))) return { runtime: 'unknown', why: verdict.why };
    return verdict;
  }

  file(path: string): SourceFile | null {
    const file = this.store.get(path);
    return file === null || isFailed(file) ? null : file;
  }

  packageFiles(fromFile: string): readonly string[] {
    const directory = this.#packageOf(fromFile);
    return directory === null ? [] : this.#filesIn(directory);
  }

  #packageOf(fromFile: string): string | null {
    if (!this.crossFile) return null;
    const directory = packageOfFile(fromFile)?.directory ?? workspaceRootOfFile(fromFile);
    return isWithin(this.root, directory) ? directory : null;
  }

  #filesIn(directory: string): readonly string[] {
    const generation = diskGeneration();
    const started = Date.now();
    const known = this.#lists.get(directory);
    if (known !== undefined && (known.generation === generation || started < known.until)) return known.files;
    const inner = [...workspaceOf(directory).packages.values()].filter((other) => other !== directory && isWithin(directory, other));
    const files = sourcesBelow(directory, MAX_FILES).filter((path) => !inner.some((other) => isWithin(other, path)));
    const now = Date.now();
    this.#lists.set(directory, { files, generation, until: now + Math.max(LIST_TTL_MS, 50 * (now - started)) });
    return files;
  }

  filesContaining(from: string, needles: readonly string[]): readonly SourceFile[] {
    return this.#pathsContaining(from, needles).flatMap((path) => this.file(path) ?? []);
  }

  textsContaining(fromFile: string, needles: readonly string[]): readonly TextHit[] {
    return this.#pathsContaining(fromFile, needles).flatMap((path) => {
      const text = this.store.text(path);
      return text === null ? [] : [{ path, text }];
    });
  }

  typesNamed(fromFile: string, name: string): TypeSites {
    const directory = this.#packageOf(fromFile);
    if (directory === null) return NOWHERE;
    return this.#types.get(directory, () => indexTypes(this.textsContaining(fromFile, CACHE_TYPE_WORDS), CACHE_TYPE)).get(name) ?? NOWHERE;
  }

  #pathsContaining(fromFile: string, needles: readonly string[]): readonly string[] {
    const directory = this.#packageOf(fromFile);
    const asked = needles.filter((needle) => needle !== '');
    if (directory === null || asked.length === 0) return [];
    return this.#found.get(`${directory}\0${asked.join('\0')}`, () => this.#find(directory, asked));
  }

  #find(directory: string, asked: readonly string[]): readonly string[] {
    for (const needle of asked) if (!this.#needles.includes(needle)) this.#needles.push(needle);
    const paths: string[] = [];
    for (const each of [directory, ...dependenciesOf(directory)]) {
      for (const [path, found] of this.#scan(each).hits) if (asked.some((needle) => found.has(needle))) paths.push(path);
    }
    return paths;
  }

  noteText(path: string, text: string): void {
    const directory = text.length > MAX_FILE_BYTES ? null : this.#packageOf(path);
    if (directory === null) return;
    let scan = this.#scans.get(directory);
    // Of no generation: a search still asks whether there are other files.
    if (scan?.needles !== this.#needles.length) this.#scans.set(directory, (scan = { hits: new Map(), signatures: new Map(), needles: this.#needles.length, generation: -1, until: 0 }));
    const signature = signatureOf(path);
    if (signature !== null && scan.signatures.get(path) !== signature) this.#noteHits(scan, path, signature, text);
  }

  #noteHits(scan: PackageScan, path: string, signature: string | null, text: string | null): void {
    scan.signatures.set(path, signature);
    if (this.#anyNeedle.count !== this.#needles.length) {
      this.#anyNeedle = { count: this.#needles.length, pattern: new RegExp(this.#needles.map((needle) => needle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')) };
    }
    if (text === null || !this.#anyNeedle.pattern.test(text)) scan.hits.delete(path);
    else scan.hits.set(path, new Set(this.#needles.filter((needle) => text.includes(needle))));
  }

  #scan(directory: string): PackageScan {
    const generation = diskGeneration();
    const started = Date.now();
    let scan = this.#scans.get(directory);
    const complete = scan?.needles === this.#needles.length;
    if (scan !== undefined && complete && (scan.generation === generation || started < scan.until)) return scan;
    // A needle that nobody registered asks for every file once more.
    if (scan === undefined || !complete) scan = { hits: new Map(), signatures: new Map(), needles: this.#needles.length, generation, until: 0 };
    // What tests set and construct does not hold in production.
    const files = this.#filesIn(directory).filter((path) => !TEST.test(path.slice(directory.length)));
    const present = new Set(files);
    for (const path of scan.signatures.keys()) {
      if (present.has(path)) continue;
      scan.signatures.delete(path);
      scan.hits.delete(path);
    }
    for (const path of files) {
      const signature = signatureOf(path);
      if (scan.signatures.has(path) && scan.signatures.get(path) === signature) continue;
      // Read past the store: most files hold no needle, and would push out what is wanted again.
      this.#noteHits(scan, path, signature, readText(path, MAX_FILE_BYTES));
    }
    scan.generation = generation;
    const done = Date.now();
    // A large package is not gone through again at every pause.
    scan.until = done + 50 * (done - started);
    this.#scans.set(directory, scan);
    return scan;
  }
}

/** A sticky or global pattern would remember where it stopped. */
function stateless(pattern: RegExp | null | undefined): RegExp | null {
  return pattern == null ? null : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
}

/** Directories of the workspace packages that a package depends on, directly or through others. */
function dependenciesOf(directory: string): readonly string[] {
  const { packages } = workspaceOf(directory);
  const found = new Set<string>();
  const queue = [directory];
  while (queue.length > 0 && found.size < MAX_DEPENDENCIES) {
    const manifest = packageOfFile(join(queue.shift()!, 'package.json'));
    for (const [name, range] of manifest?.dependencies ?? []) {
      const folder = /^(?:link|file|portal):(.*)$/.exec(range)?.[1];
      const dependency = folder === undefined ? packages.get(name) : [...packages.values()].find((other) => other === resolve(manifest!.directory, folder));
      if (dependency === undefined || dependency === directory || found.has(dependency)) continue;
      found.add(dependency);
      queue.push(dependency);
    }
  }
  return [...found];
}

/** Makes the project of one workspace. */
export function createProject(options: ProjectOptions): Project {
  return new WorkspaceProject(options);
}

const projects = new Map<string, Project>();
const modelSets = new WeakMap<ModelSet, number>();
let modelSetCount = 0;

/**
 * The project of a file: one a workspace root and set of options in this process.
 * @param path any file or directory of the workspace
 */
export function projectFor(path: string, options: Omit<ProjectOptions, 'root'> = {}): Project {
  refreshDisk();
  const root = workspaceRootOf(path);
  // The same options object is asked with for every file of a run.
  const last = lastProjects.get(options);
  if (last?.root === root) return last;
  const project = projectOf(root, options);
  lastProjects.set(options, project);
  return project;
}

const lastProjects = new WeakMap<object, Project>();

function projectOf(root: string, options: Omit<ProjectOptions, 'root'>): Project {
  const models = options.models ?? SHIPPED_MODELS;
  let modelKey = modelSets.get(models);
  if (modelKey === undefined) modelSets.set(models, (modelKey = modelSetCount++));
  const key = [root, options.crossFile ?? true, options.runtime ?? '', modelKey, options.interesting?.source ?? '', options.uses?.source ?? '', options.needles?.join('\n') ?? ''].join('\0');
  let project = projects.get(key);
  if (project === undefined) projects.set(key, (project = createProject({ ...options, root })));
  return project;
}
