import { describe } from '../analysis/syntax.js';
import type { KeyspaceModel } from '../models/cache-types.js';
import type { KeyspaceScan } from './keyspace-scans.js';

/** A finding in words, for messages. */
export interface KeyspaceWords {
  readonly call: string;
  readonly command: string;
  /** What happens then. */
  readonly consequence: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Says what a command over all keys does to those who share the store. */
export function wordsOfScan({ call, keyspace }: KeyspaceScan): KeyspaceWords {
  const command = keyspace.does === 'walks' ? `${keyspace.command} without MATCH` : keyspace.command;
  return { call: describe(call.node.callee), command, ...WORDS[keyspace.does] };
}

const WORDS: Readonly<Record<KeyspaceModel['does'], Pick<KeyspaceWords, 'consequence' | 'mend'>>> = {
  lists: {
    consequence: 'the server looks at every key it holds and answers nobody else meanwhile, so each call stops all its clients, longer as the data grows',
    mend: 'Walk the keys with SCAN, or keep a set of the keys that are wanted',
  },
  walks: {
    consequence: 'every key of the database comes to this program, those of others too, a round trip for each page',
    mend: 'Name the keys with MATCH, or keep a set of the keys that are wanted',
  },
  empties: {
    consequence: 'it removes the entries of every program that shares the database, locks and queues too, and all of them load anew at once',
    mend: 'Delete the entries of this cache by their prefix, or change the prefix',
  },
  watches: {
    consequence: 'the server sends every command of every client to this connection, which costs it throughput, and memory where this end is slow',
    mend: 'Look at the slow log and the latency monitor instead',
  },
};
