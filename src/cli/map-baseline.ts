import { AGAIN, readBaselineFile, writeBaselineFile } from './baseline-file.js';
import type { MapFault } from './map-faults.js';
import { UsageError } from './usage-error.js';

/** One fault that is known and does not fail the run. */
interface KnownFault {
  /** Of the dependency. */
  readonly dependency: string;
  /** For people who read the file. */
  readonly operation: string;
  readonly fingerprint: string;
}

const VERSION = 1;

export interface MapBaselineInput {
  /** Absolute. */
  readonly file: string;
  /** As the user wrote it, for messages. */
  readonly name: string;
  readonly update: boolean;
  readonly faults: readonly MapFault[];
}

export interface MapBaselineOutcome {
  readonly name: string;
  /** Faults that the file does not know. */
  readonly fresh: readonly MapFault[];
  readonly known: number;
  /** Entries that are there no more. */
  readonly gone: readonly KnownFault[];
  readonly written: boolean;
}

/**
 * Takes known faults away, and writes the file anew on `update`.
 * @throws UsageError when the file is not a baseline of maps
 */
export async function compareWithBaseline(input: MapBaselineInput): Promise<MapBaselineOutcome> {
  const old = await readKnown(input);
  const known = new Set(old.map(({ fingerprint }) => fingerprint));
  const now = new Set(input.faults.map(({ fingerprint }) => fingerprint));
  const fresh = input.faults.filter(({ fingerprint }) => !known.has(fingerprint));
  const gone = old.filter(({ fingerprint }) => !now.has(fingerprint));
  if (!input.update) return { name: input.name, fresh, known: input.faults.length - fresh.length, gone, written: false };
  await write(input);
  return { name: input.name, fresh: [], known: input.faults.length, gone, written: true };
}

async function readKnown({ file, name, update }: MapBaselineInput): Promise<readonly KnownFault[]> {
  const data = await readBaselineFile(file, name);
  // A gate that a typing error opens is none.
  if (data === undefined && !update) throw new UsageError(`${name}: there is no such baseline. Run once with --update-baseline to write it.`);
  if (data === undefined) return [];
  const { version, faults } = (data ?? {}) as { version?: unknown; faults?: unknown };
  if (version !== VERSION || !Array.isArray(faults) || !faults.every(isKnownFault)) {
    throw new UsageError(`${name} is not a baseline of the map: { "version": ${VERSION}, "faults": [{ dependency, operation, fingerprint }] } is wanted. ${AGAIN}`);
  }
  return faults;
}

function isKnownFault(value: unknown): value is KnownFault {
  const entry = value as Partial<Record<keyof KnownFault, unknown>> | null;
  return typeof entry?.dependency === 'string' && typeof entry.operation === 'string' && typeof entry.fingerprint === 'string';
}

async function write({ file, name, faults }: MapBaselineInput): Promise<void> {
  const entries = faults.map(({ id, operation, fingerprint }): KnownFault => ({ dependency: id, operation: `${operation.file} ${operation.within ?? ''} ${operation.name}`.replace(/ {2}/, ' '), fingerprint }));
  const key = (entry: KnownFault): string => `${entry.dependency}\0${entry.operation}\0${entry.fingerprint}`;
  entries.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  await writeBaselineFile(file, name, { version: VERSION, faults: entries });
}
