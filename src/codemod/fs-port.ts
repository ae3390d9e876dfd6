import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, mkdir, realpath, rm, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** All that a run does to the disk. Tests put errors in here. */
export interface FsPort {
  /** @throws the system's error: ENOENT, EACCES, …; or one for a file that is not UTF-8, whose other bytes would be lost in writing */
  readText(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  /** The path without symbolic links; the path itself where it cannot be told. */
  realPath(path: string): Promise<string>;
  /** Writes a whole file: a temporary file beside it, flushed, then renamed over it, so that at any moment the old text or the new one is there. The mode stays. @throws also for a file that is marked as read-only, which a rename would pass over */
  replace(path: string, text: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Removes a file that a run made. */
  removeFile(path: string): Promise<void>;
  /** Removes a folder with all in it, if it is there. */
  removeFolder(path: string): Promise<void>;
}

export const disk: FsPort = {
  // At once: by way of a thread it takes ten times as long, one file after the other.
  readText: async (path) => decode(readFileSync(path)),
  exists: (path) => access(path).then(
    () => true,
    () => false,
  ),
  realPath: (path) => realpath(path).catch(() => path),
  async replace(path, text) {
    const mode = await stat(path).then(
      (found) => found.mode,
      () => OWNER_WRITES,
    );
    if ((mode & OWNER_WRITES) === 0) throw new Error('it is marked as read-only');
    await writeFileAtomic(path, text, { encoding: 'utf8', fsync: true });
  },
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  removeFile: (path) => rm(path),
  removeFolder: (path) => rm(path, { recursive: true, force: true }),
};

const OWNER_WRITES = 0o200;

/**
 * The text of a file.
 * @throws for bytes that are not UTF-8
 */
export function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Error('it is not in UTF-8; save it as UTF-8 first');
  return bytes.toString('utf8');
}

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
