import { createHash } from 'node:crypto';
import { access, mkdir, readFile, realpath, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** All that a run does to the disk. Tests put errors in here. */
export interface FsPort {
  /** @throws the system's error: ENOENT, EACCES, … */
  readText(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  /** The path without symbolic links; the path itself where it cannot be told. */
  realPath(path: string): Promise<string>;
  /** Writes a whole file: a temporary file beside it, flushed, then renamed over it, so that at any moment the old text or the new one is there. The mode stays. */
  replace(path: string, text: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Removes a folder with all in it, if it is there. */
  removeFolder(path: string): Promise<void>;
}

export const disk: FsPort = {
  readText: (path) => readFile(path, 'utf8'),
  exists: (path) => access(path).then(
    () => true,
    () => false,
  ),
  realPath: (path) => realpath(path).catch(() => path),
  replace: (path, text) => writeFileAtomic(path, text, { encoding: 'utf8', fsync: true }),
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  removeFolder: (path) => rm(path, { recursive: true, force: true }),
};

/** Tells one text from another. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Why a file could not be read or written, for people. */
export function problemOf(error: unknown): string {
  const code = codeOf(error);
  return (code === null ? undefined : PROBLEMS[code]) ?? (error instanceof Error ? error.message.split('\n')[0]! : String(error));
}

/** The system's name of an error: ENOSPC. */
export function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'no permission (EACCES)',
  EPERM: 'not permitted (EPERM)',
  EROFS: 'the file system is read-only (EROFS)',
  ENOSPC: 'no space left on the device (ENOSPC)',
  EDQUOT: 'the disk quota is used up (EDQUOT)',
  ENOENT: 'it is no longer there (ENOENT)',
  EISDIR: 'it is a folder (EISDIR)',
  EMFILE: 'too many open files (EMFILE)',
};

/** After these no other file can be written either. */
export const ENDS_WRITING: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
