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
