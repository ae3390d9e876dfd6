import type { SourceFile } from '../analysis/source-file.js';
import type { FileGates } from '../facts/file-gates.js';
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
  /** Of several paired rules, those whose reports it mends; absent: all. */
  readonly mends?: readonly string[];
}

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
}

/** Declares a codemod; the runner owns files, order, status and failure. */
export function defineCodemod<const Specs extends OptionSpecs>(codemod: Codemod<Specs>): Codemod<Specs> {
  return codemod;
}

/** The rules whose reports a codemod mends. */
export function rulesOf({ rule }: Pick<Codemod, 'rule'>): readonly string[] {
  return rule === null ? [] : typeof rule === 'string' ? [rule] : rule;
}
