import type { ArgumentRef } from './types.js';

/** What an operation does to the entries of a cache. */
export interface CacheModel {
  /** `wrap` reads, and on a miss runs the function in `loader` and writes what it gives. */
  readonly role: 'read' | 'write' | 'delete' | 'expire' | 'persist' | 'wrap';
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
  /** Arguments and words that leave the time to live as it was: `KEEPTTL`. */
  readonly keepsTtl?: readonly CacheWord[];
  /** Arguments and words by which it is written only where nothing is there: a lock, or a first value. */
  readonly unlessThere?: readonly CacheWord[];
  /** In what form the value comes back: as `text`, as it was (`json`: through JSON), or as the very `reference`. */
  readonly holds: 'text' | 'json' | 'reference';
}

/** One spelling of a time to live. */
export interface CacheTtl {
  /** What the number counts; `epoch-*` is a point in time. */
  readonly unit: 's' | 'ms' | 'epoch-s' | 'epoch-ms';
  /** The argument that is the number, or with `path` the object that holds it. */
  readonly argument?: ArgumentRef;
  /** A word among the arguments after which the number stands: `set(key, value, 'EX', 60)`. */
  readonly word?: string;
}

/** Something written into a call: an argument, or with `path` an option in it; or a word among the arguments. */
export interface CacheWord {
  /** The argument, or with `path` an option in it. */
  readonly argument?: ArgumentRef;
  /** A word among the arguments. */
  readonly word?: string;
}

/** A store whose entries stay for ever where nobody says otherwise. */
export interface ExpiryModel {
  /** Options of the client that end the life of its entries all the same: a time to live for all, a size, a store of its own. */
  readonly options: readonly string[];
  /** Key into the model's `sources`. */
  readonly source: string;
}

/** A command that touches every entry of the store, or of its database. */
export interface KeyspaceModel {
  /**
   * - `lists`: one reply made of all keys, during which the server answers nobody
   * - `walks`: all keys, a page at a time
   * - `empties`: removes all entries, those of other programs too
   * - `watches`: every command of every client is sent to this one
   */
  readonly does: 'lists' | 'walks' | 'empties' | 'watches';
  /** The command of the protocol, for messages. */
  readonly command: string;
  /** Of `walks`: what narrows it. */
  readonly narrowedBy?: readonly CacheWord[];
}

/** How a client lists keys a page at a time: `{client}` and `{pattern}` are put in. */
export interface KeyWalkModel {
  /** The loop's source, with `{client}` and `{pattern}`. */
  readonly text: string;
  /** What one turn of the iteration gives. */
  readonly yields: 'key' | 'keys';
}
