import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { ENDS_WRITING, codeOf, hashOf, problemOf, type FsPort } from './fs-port.js';

/**
 * What a run is about to write, and has written, so that it can be finished or taken back. All texts,
 * old and new, are on the disk before the first file is touched; each file is then replaced whole.
 * Which files are done is told by their text, not by a mark that could be lost.
 */
export interface Journal {
  /** Keeps both texts of a file; `before` is `null` for one that is made. Nothing of the user's is touched. */
  stage(path: string, before: string | null, after: string): Promise<void>;
  /** Writes all staged files. Without any, the journal of the run before stays. */
  commit(onFile?: (done: number, total: number, path: string) => void): Promise<WriteOutcome>;
}

export interface WriteOutcome {
  readonly written: readonly string[];
  /** Files that already held what was to be written. */
  readonly unchanged: readonly string[];
  readonly failed: readonly { readonly path: string; readonly problem: string }[];
}

/** Thrown where a journal cannot be used; the message says what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

const Entry = v.object({ path: v.string(), before: v.nullable(v.string()), after: v.string(), at: v.number() });
const Slot = v.picklist(['a', 'b']);
const Record_ = v.object({ version: v.literal(1), slot: Slot, state: v.picklist(['ready', 'done', 'undone']), what: v.string(), entries: v.array(Entry) });
type Record = v.InferOutput<typeof Record_>;

const CHANGED = 'it was changed by somebody else since; left as it is';

/** Where the journal of a workspace lies. */
export function journalFolder(root: string): string {
  return join(root, 'node_modules', '.cache', 'eslint-plugin-resilience', 'codemod');
}

/**
 * Begins the journal of a run.
 * @param what the run, as people would name it: `add-timeouts`
 * @throws JournalError while an interrupted run waits to be finished or taken back
 */
export async function openJournal(root: string, what: string, fs: FsPort): Promise<Journal> {
  const folder = journalFolder(root);
  // What is staged lies beside the texts of the last run: until this one is sure, that one can be undone.
  const slot = (await settled(folder, fs))?.slot === 'a' ? 'b' : 'a';
  await fs.removeFolder(join(folder, slot));
  await fs.makeFolder(join(folder, slot, 'before'));
  await fs.makeFolder(join(folder, slot, 'after'));
  // Not every repository ignores node_modules, and nobody wants both texts in a commit.
  await fs.replace(join(folder, '.gitignore'), '*\n');
  const entries: Record['entries'] = [];
  let next = 0;
  return {
    async stage(path, before, after) {
      const at = next++;
      if (before !== null) await fs.replace(join(folder, slot, 'before', String(at)), before);
      await fs.replace(join(folder, slot, 'after', String(at)), after);
      entries.push({ path, before: before === null ? null : hashOf(before), after: hashOf(after), at });
    },
    async commit(onFile) {
      if (entries.length === 0) return { written: [], unchanged: [], failed: [] };
      const record: Record = { version: 1, slot, state: 'ready', what, entries };
      await write(folder, record, fs);
      return finish(folder, record, 'after', 'done', fs, onFile);
    },
  };
}

/**
 * Makes sure that no interrupted run waits here: asked before a run begins its work.
 * @throws JournalError with what to do about it
 */
export async function requireSettled(root: string, fs: FsPort): Promise<void> {
  await settled(journalFolder(root), fs);
}

async function settled(folder: string, fs: FsPort): Promise<Record | null> {
  const previous = await read(folder, fs);
  if (previous?.state !== 'ready') return previous;
  throw new JournalError(`A run of ${previous.what} was interrupted (${previous.entries.length} files). Finish it with --resume, or take it back with --undo.`);
}

/**
 * Finishes a run that was interrupted.
 * @throws JournalError when none was
 */
export async function resume(root: string, fs: FsPort, onFile?: (done: number, total: number, path: string) => void): Promise<WriteOutcome & { readonly what: string }> {
  const folder = journalFolder(root);
  const record = await read(folder, fs);
  if (record?.state !== 'ready') throw new JournalError('There is nothing to resume: no run was interrupted here.');
  return { ...(await finish(folder, record, 'after', 'done', fs, onFile)), what: record.what };
}

/**
 * Puts back every file of the last run, byte for byte, whether it was interrupted or not.
 * @throws JournalError when there is no run, or it was taken back already
 */
export async function undo(root: string, fs: FsPort, onFile?: (done: number, total: number, path: string) => void): Promise<WriteOutcome & { readonly what: string }> {
  const folder = journalFolder(root);
  const record = await read(folder, fs);
  if (record === null) throw new JournalError('There is nothing to undo: no run has written here.');
  if (record.state === 'undone') throw new JournalError(`There is nothing to undo: the last run (${record.what}) was taken back already.`);
  return { ...(await finish(folder, record, 'before', 'undone', fs, onFile)), what: record.what };
}

/** Brings every file to one of its two texts; what is neither is left alone. */
async function finish(
  folder: string,
  record: Record,
  to: 'before' | 'after',
  state: Record['state'],
  fs: FsPort,
  onFile: ((done: number, total: number, path: string) => void) | undefined,
): Promise<WriteOutcome> {
  const written: string[] = [];
  const unchanged: string[] = [];
  const failed: { path: string; problem: string }[] = [];
  let stopped: string | null = null;
  for (const [index, entry] of record.entries.entries()) {
    onFile?.(index, record.entries.length, entry.path);
    if (stopped !== null) {
      failed.push({ path: entry.path, problem: `not tried: ${stopped}` });
      continue;
    }
    try {
      // A file that the run makes need not be there.
      const current = entry.before !== null || (await fs.exists(entry.path)) ? hashOf(await fs.readText(entry.path)) : null;
      if (current === entry[to]) unchanged.push(entry.path);
      else if (current !== entry.before && current !== entry.after) failed.push({ path: entry.path, problem: CHANGED });
      else if (entry[to] === null) {
        await fs.removeFile(entry.path);
        written.push(entry.path);
      } else {
        await fs.makeFolder(dirname(entry.path));
        await fs.replace(entry.path, await fs.readText(join(folder, record.slot, to, String(entry.at))));
        written.push(entry.path);
      }
    } catch (error) {
      const problem = problemOf(error);
      failed.push({ path: entry.path, problem });
      if (ENDS_WRITING.has(codeOf(error) ?? '')) stopped = problem;
    }
  }
  // With a full disk the run stays open: it can be resumed when there is room.
  if (stopped === null) await write(folder, { ...record, state }, fs);
  return { written, unchanged, failed };
}

async function read(folder: string, fs: FsPort): Promise<Record | null> {
  const path = join(folder, 'run.json');
  if (!(await fs.exists(path))) return null;
  const parsed = v.safeParse(Record_, parseJson(await fs.readText(path)));
  if (!parsed.success) throw new JournalError(`${path} is no journal of this version. Remove its folder if the run that wrote it is settled.`);
  return parsed.output;
}

function write(folder: string, record: Record, fs: FsPort): Promise<void> {
  return fs.replace(join(folder, 'run.json'), JSON.stringify(record));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
