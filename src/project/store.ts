import { LRUCache } from 'lru-cache';
import { analyzeScopes, parse } from '../analysis/parse.js';
import { createSourceFile, type ProjectPort, type SourceFile } from '../analysis/source-file.js';
import { diskGeneration, readText, signatureOf, statOf } from './disk.js';
import { isCodePath } from './entry.js';

/** Why a file of the project cannot be used. */
export interface FailedFile {
  readonly failed: 'flow' | 'syntax' | 'no-parser' | 'too-large' | 'not-code' | 'unreadable';
  readonly message: string;
}

export interface FileStoreOptions {
  /** Text, in characters, of parsed files kept. Default 16 million: a parsed file weighs some twenty times its text. */
  readonly maxText?: number;
  /** Files above this size in bytes are not read. Default 1.5 MB. */
  readonly maxFileBytes?: number;
  /** Handed to every file that is parsed here. */
  readonly project?: () => ProjectPort | null;
}

interface Parsed {
  readonly signature: string;
  readonly file: SourceFile | null;
  readonly failure: FailedFile | null;
}

const DEFAULT_MAX_TEXT = 16_000_000;
const DEFAULT_MAX_FILE_BYTES = 1_500_000;
/** Room for texts that were read but not parsed, as a share of the whole. */
const SIDE_SHARE = 0.25;
/** What an entry costs besides its text. */
const ENTRY_SIZE = 200;

export function isFailed(result: SourceFile | FailedFile | null): result is FailedFile {
  return result !== null && 'failed' in result;
}

/**
 * Files of the project, each read and parsed once while it does not change. Bounded by the total
 * length of text; what was dropped is read again when asked for. Never throws.
 */
export class FileStore {
  readonly #parsed: LRUCache<string, Parsed>;
  readonly #texts: LRUCache<string, { readonly signature: string; readonly text: string }>;
  readonly #maxFileBytes: number;
  readonly #project: () => ProjectPort | null;
  #parses = 0;
  #generation = -1;

  constructor(options: FileStoreOptions = {}) {
    const maxSize = Math.max(1, options.maxText ?? DEFAULT_MAX_TEXT);
    const sideSize = Math.max(1, Math.floor(maxSize * SIDE_SHARE));
    this.#maxFileBytes = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
    this.#project = options.project ?? (() => null);
    this.#parsed = new LRUCache({ maxSize, sizeCalculation: (entry) => ENTRY_SIZE + (entry.file?.text.length ?? 0) });
    this.#texts = new LRUCache({ maxSize: sideSize, sizeCalculation: (entry) => ENTRY_SIZE + entry.text.length });
  }

  /** How many files were parsed so far. */
  get parses(): number {
    return this.#parses;
  }

  /**
   * The parsed file.
   * @returns `null` where there is no such file; a failure where it cannot be used. A file that no
   * longer parses, as while it is being typed, gives its last good form.
   */
  get(path: string): SourceFile | FailedFile | null {
    const signature = signatureOf(path);
    if (signature === null) {
      this.#parsed.delete(path);
      return null;
    }
    const generation = diskGeneration();
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#forgetIfChanged();
    }
    const before = this.#parsed.get(path);
    if (before?.signature === signature) return before.file ?? before.failure;
    const { file, failure } = this.#read(path);
    const entry: Parsed = { signature, file: file ?? before?.file ?? null, failure };
    this.#parsed.set(path, entry);
    return entry.file ?? failure;
  }

  /**
   * What was worked out about a file may rest on the files that it imports: one change, and all of it is
   * worked out anew. Only the last good form of what is being typed stays.
   */
  #forgetIfChanged(): void {
    const changed = [...this.#parsed.entries()].filter(([path, entry]) => signatureOf(path) !== entry.signature);
    if (changed.length === 0) return;
    this.#parsed.clear();
    for (const [path, entry] of changed) this.#parsed.set(path, entry);
  }

  /** The text of a file without its BOM, unparsed; `null` when it is missing, too large or unreadable. */
  text(path: string): string | null {
    const signature = signatureOf(path);
    if (signature === null) return null;
    const known = this.#texts.get(path);
    if (known?.signature === signature) return known.text;
    const parsed = this.#parsed.peek(path);
    // The last good form of a broken file is not its text.
    if (parsed?.signature === signature && parsed.failure === null && parsed.file !== null) return parsed.file.text;
    const source = readText(path, this.#maxFileBytes);
    if (source === null) return null;
    const text = withoutBom(source);
    this.#texts.set(path, { signature, text });
    return text;
  }

  #read(path: string): { file: SourceFile | null; failure: FailedFile | null } {
    if (!isCodePath(path)) return { file: null, failure: { failed: 'not-code', message: 'not a file of code' } };
    const size = statOf(path)?.size ?? 0;
    if (size > this.#maxFileBytes) return { file: null, failure: { failed: 'too-large', message: `${size} bytes` } };
    const text = this.text(path);
    if (text === null) return { file: null, failure: { failed: 'unreadable', message: 'cannot be read' } };
    this.#parses++;
    const result = parse(path, text);
    if (!result.ok) return { file: null, failure: { failed: result.why, message: result.message } };
    const { program, comments, sourceType } = result;
    return {
      file: createSourceFile({
        path,
        text: result.text,
        program,
        comments,
        scopes: () => analyzeScopes(program, sourceType),
        project: this.#project(),
      }),
      failure: null,
    };
  }
}

function withoutBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
