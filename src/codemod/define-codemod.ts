import type { SourceFile } from '../analysis/source-file.js';

/** A replacement of a range of the original text. */
export interface TextEdit {
  /** Start and end offset in the file's text; equal offsets insert. */
  readonly range: readonly [number, number];
  readonly text: string;
}

/** Everything that is done about one place; applied whole or not at all. */
export interface PlannedEdit {
  readonly kind: 'edit';
  /** 1-based line of the place, for reports. */
  readonly line: number;
  readonly edits: readonly TextEdit[];
  /** One sentence for the report: what changes for the running program. */
  readonly effect: string;
}

/** A place that is left alone, with the reason. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly line: number;
  /** A short code that is counted (`stream`, `downstream-varies`). */
  readonly reason: string;
  readonly detail?: string;
}

export type PlanStep = PlannedEdit | Refusal;

/** A plan over the facts of one file. It reads, and changes nothing. */
export interface Codemod {
  readonly name: string;
  /** Completes "This codemod will …", no full stop. */
  readonly description: string;
  /** The rule whose reports it mends, `null` where none is paired. */
  readonly rule: string | null;
  /** Names of the fact families it reads, for documentation and for the text prefilter. */
  readonly facts: readonly string[];
  plan(file: SourceFile): readonly PlanStep[];
}

/** Declares a codemod; the runner owns files, order, status and failure. */
export function defineCodemod(codemod: Codemod): Codemod {
  return codemod;
}
