import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { SHIPPED_MODELS, type ModelSet } from '../models/model-set.js';
import { createBindings, type Bindings } from './bindings.js';
import { createLineTable, type LineTable } from './line-table.js';
import { buildSyntaxIndex, type SyntaxIndex } from './syntax-index.js';
import type { TypeQueries } from './types.js';

/** What analysis may ask about other files. `src/project` answers; with cross-file off nothing does. */
export interface ProjectPort {
  /**
   * What the module named in an import is.
   * - `file`: a file of this project or workspace
   * - `package`: an installed or uninstalled package (its bare name, and the subpath after it)
   * - `unresolved`: nobody knows
   */
  importedModule(from: string, specifier: string): ImportedModule;
  /**
   * Could what is imported be, or lead to, a client? Judged by text, cheaply; errs on the side of yes.
   * @param words without which a file uses no client that is asked for; absent: no client at all
   */
  mayLeadToClient(from: string, specifier: string, words?: RegExp): boolean;
  /** The installed version of a package as seen from a file, `null` where nothing tells. */
  installedVersion(from: string, packageName: string): string | null;
  /** The range under which package.json declares a package, as seen from a file; `null` where none does. */
  declaredRange(from: string, packageName: string): string | null;
  /** `false`: no other file is read. */
  readonly crossFile: boolean;
  /** The library knowledge in force: shipped models and the user's. */
  readonly models: ModelSet;
  /**
   * Files of the package that a file belongs to, and of the workspace packages it depends on, whose
   * text holds at least one of `needles` (each registered with the project when it was made).
   */
  filesContaining(from: string, needles: readonly string[]): readonly SourceFile[];
  /**
   * Where a type stands that stands for a cache by its name, in the same files: those that declare it,
   * and those with a class made on it. By text.
   */
  typesNamed(from: string, name: string): { readonly declaredIn: readonly string[]; readonly namedIn: readonly string[] };
  /** A file of the project, parsed whatever it holds; `null` where it cannot be. */
  file(path: string): SourceFile | null;
  /** As `filesContaining`, without parsing. A needle that was not registered costs a reading of the package: for what is asked seldom. */
  textsContaining(from: string, needles: readonly string[]): readonly { readonly path: string; readonly text: string }[];
}

export type ImportedModule =
  | { readonly is: 'file'; readonly file: SourceFile }
  | { readonly is: 'package'; readonly name: string; readonly subpath: string }
  /** A project file that holds nothing of interest to us: proved by its text alone. */
  | { readonly is: 'uninteresting' }
  | { readonly is: 'unresolved'; readonly reason: 'off' | 'not-found' | 'unparsable' | 'outside' };

/** One parsed file, with what was worked out about it. Everything below is made on first use and kept. */
export interface SourceFile {
  /** Absolute path, forward slashes as the host gives it. */
  readonly path: string;
  readonly text: string;
  readonly program: TSESTree.Program;
  readonly comments: readonly TSESTree.Comment[];
  readonly index: SyntaxIndex;
  readonly scopes: ScopeManager;
  readonly bindings: Bindings;
  readonly lines: LineTable;
  /** Type queries where a type program is there; `null` otherwise. Never required. */
  readonly types: TypeQueries | null;
  /** Other files and packages; a solitary file has a port that answers nothing. */
  readonly project: ProjectPort;
  /** Per-file memo tables, keyed by the analysis that owns them. */
  memo<T extends object>(key: symbol, make: () => T): T;
}

/** Answers for a file that stands alone. */
const SOLITARY: ProjectPort = {
  importedModule(_from, specifier) {
    if (specifier.startsWith('.') || specifier.startsWith('/')) return { is: 'unresolved', reason: 'off' };
    return { is: 'package', ...splitSpecifier(specifier) };
  },
  mayLeadToClient: () => true,
  installedVersion: () => null,
  declaredRange: () => null,
  crossFile: false,
  models: SHIPPED_MODELS,
  filesContaining: () => [],
  typesNamed: () => ({ declaredIn: [], namedIn: [] }),
  file: () => null,
  textsContaining: () => [],
};

/** `@scope/name/sub/path` -> name `@scope/name`, subpath `sub/path`. */
export function splitSpecifier(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, count).join('/'), subpath: parts.slice(count).join('/') };
}

export interface SourceFileInput {
  readonly path: string;
  readonly text: string;
  readonly program: TSESTree.Program;
  readonly comments: readonly TSESTree.Comment[];
  /** Called at most once. */
  readonly scopes: () => ScopeManager;
  readonly types?: () => TypeQueries | null;
  readonly project?: ProjectPort | null;
}

class LazySourceFile implements SourceFile {
  readonly path: string;
  readonly text: string;
  readonly program: TSESTree.Program;
  readonly comments: readonly TSESTree.Comment[];
  readonly project: ProjectPort;
  readonly #input: SourceFileInput;
  readonly #memo = new Map<symbol, object>();
  #index: SyntaxIndex | undefined;
  #scopes: ScopeManager | undefined;
  #bindings: Bindings | undefined;
  #lines: LineTable | undefined;
  #types: TypeQueries | null | undefined;

  constructor(input: SourceFileInput) {
    this.#input = input;
    this.path = input.path;
    this.text = input.text;
    this.program = input.program;
    this.comments = input.comments;
    this.project = input.project ?? SOLITARY;
  }
  get index(): SyntaxIndex {
    return (this.#index ??= buildSyntaxIndex(this.program));
  }
  get scopes(): ScopeManager {
    // The index sets the parents that scope questions rely on.
    void this.index;
    return (this.#scopes ??= this.#input.scopes());
  }
  get bindings(): Bindings {
    return (this.#bindings ??= createBindings(this.scopes));
  }
  get lines(): LineTable {
    return (this.#lines ??= createLineTable(this.text));
  }
  get types(): TypeQueries | null {
    if (this.#types === undefined) this.#types = this.#input.types?.() ?? null;
    return this.#types;
  }
  memo<T extends object>(key: symbol, make: () => T): T {
    let value = this.#memo.get(key);
    if (value === undefined) this.#memo.set(key, (value = make()));
    return value as T;
  }
}

/** Makes the context of one file. */
export function createSourceFile(input: SourceFileInput): SourceFile {
  return new LazySourceFile(input);
}
