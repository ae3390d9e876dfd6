import type { ArgumentRef } from './types.js';

/** What the calls of a client do when they are made a second time: part of the schema in `types.ts`. */
export interface RepeatModel {
  /** Names of operations, methods of a chain or commands that happen again: `create`, `incr`, `Send*Command`. The most exact entry of the three lists holds. */
  readonly again?: readonly string[];
  /** Those that leave the same as once: `upsert`, `set`. */
  readonly same?: readonly string[];
  /** Methods of the same chain, or options, with which an insert is not applied twice: `onConflict`, `skipDuplicates`. */
  readonly guards?: readonly string[];
  /** How the other side knows a call that it has seen. */
  readonly keys?: readonly RepeatKey[];
  /** Members of what is written which name it, so that the second write is refused or is the same: `_id`. */
  readonly identities?: RepeatIdentity;
  /** One clause for messages: what the library does about it by itself. */
  readonly note?: string;
  /** Key into the model's `sources`. */
  readonly source: string;
}

export interface RepeatKey {
  /** Dotted path of the key. */
  readonly path: string;
  /** `call`: the call's options; `client`: those of the client; `command`: what the command in the first argument is made of. */
  readonly at: 'call' | 'client' | 'command';
  /** It is a switch, not a key: the client makes keys that last over the attempts. */
  readonly isSwitch?: true;
}

export interface RepeatIdentity {
  readonly argument: ArgumentRef;
  /** Below the argument: `data` of Prisma. */
  readonly path?: string;
}
