import type { SourceFile } from '../analysis/source-file.js';
import type { FileGates } from '../facts/file-gates.js';
import type { Wanted } from '../mends/add-import.js';
import type { Edit } from '../mends/edit.js';
import type { OptionSpecs, OptionValues } from './options.js';

/** Everything that is done about one place; applied whole or not at all. */
export interface PlannedEdit {
  readonly kind: 'edit';
  /** Offset of the place in the file's text without its BOM: where the paired rule reports. */
  readonly at: number;
  readonly edits: readonly Edit[];
  /** What it does, completing "it will …": `add \`timeout: 10_000\``. */
  readonly title: string;
  /** Names that the file has to import for it; those of all edits of a file are written together. */
  readonly imports?: readonly Wanted[];
  /** What it asks of its package, for `complete`. */
  readonly needs?: readonly Need[];
  /** Of several paired rules, those whose reports it mends; absent: all. */
  readonly mends?: readonly string[];
}

/** A codemod's own record of something that a package has to have; plain data, as it may come from another thread. */
export type Need = Readonly<Record<string, string | number | boolean | null>>;

/** A place that is left alone, with the reason. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly at: number;
  /** A key of the codemod's `refusals`. */
  readonly reason: string;
  /** What stands there: `axios.get`. */
  readonly detail: string;
}

export type PlanStep = PlannedEdit | Refusal;

/** What a plan reads. */
export interface PlanInput<Specs extends OptionSpecs = OptionSpecs> {
  readonly file: SourceFile;
  readonly options: OptionValues<Specs>;
}

/** All edits of a package that may be made, for the files that it needs beside them. */
export interface PackageInput<Specs extends OptionSpecs = OptionSpecs> {
  /** Folder of the package. */
  readonly directory: string;
  readonly edits: readonly { readonly path: string; readonly needs: readonly Need[] }[];
  readonly options: OptionValues<Specs>;
  /** The text of a file; `null` where there is none. */
  read(path: string): Promise<string | null>;
}

/** What a package needs beside its edits. */
export interface PackageFiles {
  /** Files to create or to change, whole. */
  readonly files: readonly { readonly path: string; readonly after: string }[];
  /** Why a need cannot be met: a reason of the codemod's refusals, with what stands in the way. */
  readonly refused: ReadonlyMap<Need, { readonly reason: string; readonly detail: string }>;
  /** Libraries that the files import and that may not be installed yet, with the folder of a copy that has their types. */
  readonly libraries: Readonly<Record<string, string>>;
}

/** A plan over the facts of one file. It reads, and changes nothing. */
export interface Codemod<Specs extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  /** Completes "This codemod will …", no full stop. */
  readonly description: string;
  /** The rule whose reports it mends, or several; `null` where none is paired. */
  readonly rule: string | readonly string[] | null;
  readonly options: Specs;
  /** Why a place may be left alone, by code: a clause each, for people. */
  readonly refusals: Readonly<Record<string, string>>;
  /** Can a file hold a place for it, by its text alone? Most files are not parsed. */
  mayApply(text: string, gates: FileGates, options: OptionValues<Specs>): boolean;
  plan(input: PlanInput<Specs>): readonly PlanStep[];
  /** Files that a package needs for its edits: a module that they import, a dependency. Reads, and changes nothing. */
  complete?(input: PackageInput<Specs>): Promise<PackageFiles>;
  /**
   * What people have to know of a run that made or changed files beside its edits: a sentence each.
   * @param beside paths of those files
   */
  news?(beside: readonly string[]): readonly string[];
}

/** Declares a codemod; the runner owns files, order, status and failure. */
export function defineCodemod<const Specs extends OptionSpecs>(codemod: Codemod<Specs>): Codemod<Specs> {
  return codemod;
}

/** The rules whose reports a codemod mends. */
export function rulesOf({ rule }: Pick<Codemod, 'rule'>): readonly string[] {
  return rule === null ? [] : typeof rule === 'string' ? [rule] : rule;
}
