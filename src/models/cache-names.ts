/**
 * What the name of a class or interface holds that stands for a cache. Texts that are looked for in
 * every file of a package: a type of another name is not followed to its classes.
 */
export const CACHE_TYPE_WORDS: readonly string[] = ['Cache', 'Redis', 'Valkey', 'Memcache', 'KeyValue', 'KVStore', 'KvStore'];

/** A name of a type that stands for a cache. */
export const CACHE_TYPE = new RegExp(CACHE_TYPE_WORDS.join('|'));

/** A binding, field or parameter that is declared with such a type, or made of it: `private readonly cache: ICacheService`. */
export const DECLARES_CACHE = new RegExp(`(?:[\\w$\\])]\\s*[?!]?\\s*:\\s*(?:Readonly<\\s*)?|\\bnew\\s+)[\\w$]*(?:${CACHE_TYPE_WORDS.join('|')})`);

/** A class that stands in for one in tests, told by its name. */
export const STAND_IN = /^(?:Fake|Mock|Stub|Spy|Test)(?=[A-Z])|(?:Fake|Mock|Stub|Spy)$/;
