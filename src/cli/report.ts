import type { Reason } from '../analysis/value.js';
import type { ShardStamp } from './shard-stamp.js';

/** A replacement of the text between two places; lines and columns are 1-based, the end is exclusive. */
export interface SuggestedEdit {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
  readonly text: string;
}

/** A mend that a rule offers. */
export interface Suggestion {
  readonly description: string;
  readonly edit: SuggestedEdit;
}

/** One report of one rule, independent of how it is printed. */
export interface Finding {
  /** With the plugin's prefix: `resilience/require-timeout`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** Absolute. */
  readonly path: string;
  /** From the working directory, forward slashes. */
  readonly relativePath: string;
  /** 1-based, as are the other three. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly messageId: string;
  readonly suggestions: readonly Suggestion[];
  /** The reported line with its white space normalised. */
  readonly code: string;
  /** Which one this is among findings of the same rule, message and code in the file, from 0. */
  readonly ordinal: number;
  /** Label of the nearest package: its name, else its folder. */
  readonly package: string;
}

/** A finding as it is printed. */
export interface ReportedFinding extends Omit<Finding, 'code' | 'ordinal'> {
  /** From the workspace's root: the same wherever in it the run was started. */
  readonly fingerprint: string;
}

/** A file that was not judged, and why. */
export interface UnparsedFile {
  readonly relativePath: string;
  readonly why: 'syntax' | 'flow';
  readonly message: string;
  /** 1-based; `null` where the parser gave no place. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface UnreadableFile {
  readonly relativePath: string;
  readonly message: string;
  /** Named on the command line, so that the run cannot be called complete without it. */
  readonly explicit: boolean;
}

/** A rule that threw. */
export interface InternalError {
  readonly relativePath: string;
  readonly rule: string | null;
  readonly message: string;
}

/** Files left out before parsing, by reason. */
export interface LeftOut {
  readonly notProduction: number;
  readonly generated: number;
  readonly tooLarge: number;
}

/** How often a rule decided: the figures of `--stats`. */
export interface RuleStats {
  readonly rule: string;
  readonly sites: number;
  readonly set: number;
  readonly absent: number;
  readonly unknown: number;
  /** (set + absent) / sites, between 0 and 1; `null` with no sites. */
  readonly decidedShare: number | null;
  readonly kinds: Readonly<Record<string, { readonly set: number; readonly absent: number; readonly unknown: number }>>;
  /** Most frequent first. */
  readonly unknownReasons: readonly { readonly reason: Reason['code'] | (string & {}); readonly count: number }[];
}

/** What the baseline took away. */
export interface BaselineOutcome {
  readonly path: string;
  /** Findings of this run that it knows. */
  readonly known: number;
  /** Entries whose finding is gone. */
  readonly gone: number;
  readonly written: boolean;
  readonly entries: number;
}

/** Everything a run found out. Renderers print it; nothing is printed that is not in here. */
export interface CheckReport {
  /** Where relative paths start. */
  readonly root: string;
  /** Root of the workspace around it. */
  readonly workspace: string;
  /** `null`: the run was not one of several. */
  readonly shard: ShardStamp | null;
  readonly preset: string;
  readonly eslintVersion: string;
  readonly pluginVersion: string;
  readonly findings: readonly ReportedFinding[];
  readonly filesRead: number;
  readonly unparsed: readonly UnparsedFile[];
  readonly unreadable: readonly UnreadableFile[];
  readonly internalErrors: readonly InternalError[];
  readonly leftOut: LeftOut;
  /** Findings switched off by `eslint-disable` comments. */
  readonly disabledByComment: number;
  /** Findings that `eslint-suppressions.json` takes away. */
  readonly suppressedInBulk: number;
  readonly baseline: BaselineOutcome | null;
  /** `--since`: the reference, and how many files changed. */
  readonly since: { readonly ref: string; readonly changedFiles: number } | null;
  /** One line each: settings that could not be read and the like. */
  readonly warnings: readonly string[];
  readonly stats: readonly RuleStats[] | null;
  readonly milliseconds: number;
}
