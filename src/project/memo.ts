import { diskGeneration } from './disk.js';

/** A map whose answers are believed for a time, and which forgets everything when it grows too large. */
export class TimedMemo<V> {
  readonly #ttlMs: number;
  readonly #max: number;
  readonly #entries = new Map<string, { readonly value: V; readonly at: number }>();

  constructor(ttlMs: number, max = 20_000) {
    this.#ttlMs = ttlMs;
    this.#max = max;
  }

  get(key: string, make: () => V): V {
    const now = Date.now();
    const known = this.#entries.get(key);
    if (known !== undefined && now - known.at < this.#ttlMs && now >= known.at) return known.value;
    const value = make();
    if (this.#entries.size >= this.#max) this.#entries.clear();
    this.#entries.set(key, { value, at: Date.now() });
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** A map whose answers hold while those of the disk do: for what is derived from paths and files. */
export class GenerationMemo<V> {
  readonly #max: number;
  readonly #entries = new Map<string, V>();
  #generation = -1;

  constructor(max = 50_000) {
    this.#max = max;
  }

  get(key: string, make: () => V): V {
    const current = diskGeneration();
    if (current !== this.#generation) {
      this.#generation = current;
      this.#entries.clear();
    }
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (this.#entries.size >= this.#max) this.#entries.clear();
    this.#entries.set(key, value);
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
