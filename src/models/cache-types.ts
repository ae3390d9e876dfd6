import type { ArgumentRef } from './types.js';

/** What an operation does to the entries of a cache. */
export interface CacheModel {
  /** `wrap` reads, and on a miss runs the function in `loader` and writes what it gives. */
  readonly role: 'read' | 'write' | 'delete' | 'expire' | 'wrap';
  /** The key; absent: the first argument. */
  readonly key?: ArgumentRef;
  /** The part of an entry that is meant, where the key alone does not say it: the field of a hash. */
  readonly field?: ArgumentRef;
  /** What is written. */
  readonly value?: ArgumentRef;
  /** Of `wrap`: the function that loads. */
  readonly loader?: ArgumentRef;
  /** Every way in which a time to live can be written; an operation without one writes entries that stay. */
  readonly ttl?: readonly CacheTtl[];
  /** In what form the value comes back: as `text`, as it was (`json`: through JSON), or as the very `reference`. */
  readonly holds: 'text' | 'json' | 'reference';
}

/** One spelling of a time to live. */
export interface CacheTtl {
  readonly unit: 's' | 'ms' | 'epoch-s' | 'epoch-ms';
  /** The argument that is the number, or with `path` the object that holds it. */
  readonly argument?: ArgumentRef;
  /** A word among the arguments after which the number stands: `set(key, value, 'EX', 60)`. */
  readonly word?: string;
}
