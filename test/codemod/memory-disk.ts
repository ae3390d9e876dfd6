import type { FsPort } from '../../src/codemod/fs-port.js';

/** A disk in memory, on which errors can be put. */
export interface MemoryDisk extends FsPort {
  readonly files: Map<string, string>;
  /** Throws the system's error of this code from now on, for writes that `when` accepts. */
  failWrites(code: string, when: (path: string) => boolean): void;
  heal(): void;
}

export function memoryDisk(initial: Readonly<Record<string, string>>): MemoryDisk {
  const files = new Map(Object.entries(initial));
  let failing: { code: string; when: (path: string) => boolean } | null = null;
  const fail = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code });
  return {
    files,
    failWrites: (code, when) => void (failing = { code, when }),
    heal: () => void (failing = null),
    readText(path) {
      const text = files.get(path);
      return text === undefined ? Promise.reject(fail('ENOENT', path)) : Promise.resolve(text);
    },
    exists: (path) => Promise.resolve(files.has(path)),
    realPath: (path) => Promise.resolve(path),
    replace(path, text) {
      if (failing?.when(path) === true) return Promise.reject(fail(failing.code, path));
      files.set(path, text);
      return Promise.resolve();
    },
    makeFolder: () => Promise.resolve(),
    removeFile(path) {
      return files.delete(path) ? Promise.resolve() : Promise.reject(fail('ENOENT', path));
    },
    removeFolder(path) {
      for (const name of files.keys()) if (name.startsWith(`${path}/`)) files.delete(name);
      return Promise.resolve();
    },
  };
}
