import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AGAIN, readBaselineFile, writeBaselineFile } from './baseline-file.js';
import { fingerprintOf } from './fingerprint.js';
import { fromRoot } from './find-files.js';
import type { BaselineOutcome, Finding } from './report.js';
import { UsageError } from './usage-error.js';

/** One finding that is known and not to be reported. */
interface BaselineEntry {
  readonly rule: string;
  /** From the folder of the baseline file, forward slashes. */
  readonly path: string;
  readonly fingerprint: string;
  /** The reported line, for people who read the file. */
  readonly code: string;
}

const VERSION = 1;

export interface BaselineInput {
  /** Absolute. */
  readonly file: string;
  /** As the user wrote it, for messages. */
  readonly name: string;
  readonly update: boolean;
  readonly findings: readonly Finding[];
  /** Absolute paths of the files that this run judged: others keep their entries. */
  readonly judged: ReadonlySet<string>;
  /** Entries of files that are not there any more are counted as gone: by one of several shards. */
  readonly countsDeleted: boolean;
}

/**
 * Takes known findings away, and writes the file anew on `update`.
 * @throws UsageError when the file is not a baseline
 */
export async function applyBaseline(input: BaselineInput): Promise<{ findings: Finding[]; outcome: BaselineOutcome }> {
  const root = dirname(input.file);
  const old = await readBaseline(input);
  const known = new Set(old.map((entry) => entry.fingerprint));
  const now = new Map(input.findings.map((finding) => [fingerprintOf(finding, root), finding]));
  const gone = old.filter((entry) => !now.has(entry.fingerprint) && wasLookedAt(entry, root, input));
  const fresh = [...now].filter(([fingerprint]) => !known.has(fingerprint)).map(([, finding]) => finding);
  const matched = now.size - fresh.length;
  if (!input.update) {
    return { findings: fresh, outcome: { path: input.name, known: matched, gone: gone.length, written: false, entries: old.length } };
  }
  const dropped = new Set(gone);
  const entries = [
    ...old.filter((entry) => !dropped.has(entry) && !now.has(entry.fingerprint)),
    ...[...now].map(([fingerprint, finding]) => ({ rule: finding.rule, path: fromRoot(root, finding.path), fingerprint, code: shorten(finding.code) })),
  ];
  await writeBaseline(input, entries);
  // Everything that is there now is known from here on.
  return { findings: [], outcome: { path: input.name, known: now.size, gone: gone.length, written: true, entries: entries.length } };
}

/** Was the file of an entry judged in this run, or is it gone? Only then can its finding be called gone. */
function wasLookedAt(entry: BaselineEntry, root: string, { judged, countsDeleted }: BaselineInput): boolean {
  const path = join(root, entry.path);
  return judged.has(path) || (countsDeleted && !existsSync(path));
}

async function readBaseline({ file, name }: BaselineInput): Promise<readonly BaselineEntry[]> {
  const data = await readBaselineFile(file, name);
  if (data === undefined) return [];
  const { version, findings } = (data ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== VERSION) {
    throw new UsageError(`${name} is not a baseline of this version: "version" is ${JSON.stringify(version) ?? 'missing'}, and ${VERSION} is wanted. ${AGAIN}`);
  }
  if (!Array.isArray(findings) || !findings.every(isEntry)) {
    throw new UsageError(`${name} is not a baseline: "findings" must be a list of { rule, path, fingerprint }. ${AGAIN}`);
  }
  // A merge may leave an entry of both sides; it is one finding.
  return [...new Map(findings.map((entry) => [entry.fingerprint, entry])).values()];
}

function isEntry(value: unknown): value is BaselineEntry {
  const entry = value as Partial<Record<keyof BaselineEntry, unknown>> | null;
  return [entry?.rule, entry?.path, entry?.fingerprint].every((field) => typeof field === 'string') && (entry?.code === undefined || typeof entry.code === 'string');
}

async function writeBaseline({ file, name }: BaselineInput, entries: readonly BaselineEntry[]): Promise<void> {
  const key = (entry: BaselineEntry): string => `${entry.path}\0${entry.rule}\0${entry.code}\0${entry.fingerprint}`;
  const findings = [...entries]
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    // Field by field: the bytes depend on the findings alone.
    .map(({ rule, path, fingerprint, code }) => ({ path, rule, code, fingerprint }));
  await writeBaselineFile(file, name, { version: VERSION, findings });
}

const shorten = (code: string): string => (code.length <= 100 ? code : `${code.slice(0, 99)}…`);
