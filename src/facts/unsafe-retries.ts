import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { Attempts } from '../analysis/summarize-attempts.js';
import { isInside } from '../analysis/summarize-body.js';
import { effectOf, type CallEffect } from './call-effect.js';
import { clientRetryOf } from './client-retries.js';
import { callsIn, callsOf, type IoCall } from './io-calls.js';
import { retriedCalls, type RetriedCall } from './retried-calls.js';
import { retriedErrors } from './retried-errors.js';

type Node = TSESTree.Node;

/** A write that is tried again, with what is known of its being done twice. */
export interface RetriedWrite {
  readonly io: IoCall;
  /** What is reported: the write, or the call that leads to it. */
  readonly node: Node;
  readonly effect: CallEffect;
  /** The function through which it is reached. */
  readonly through: string | null;
  /** What tries it again: `withRetry`; `null` for a loop. */
  readonly by: string | null;
  readonly attempts: Attempts;
  /** What makes all its writes unsafe: the loop, the call of the library. */
  readonly cause: Node;
  /** `null`: it may happen twice; else why nothing is said of it. */
  readonly excuse: Excuse | null;
}

/** The first write of a cause, with the number of the others in the file. */
export interface UnsafeRetry extends RetriedWrite {
  readonly others: number;
}

/**
 * - `key`: a key that lasts over the attempts
 * - `effect-unknown`, `key-unknown`: nothing is proved
 * - `nothing-done`: it goes on only after what proves that nothing was done
 * - `errors-unknown`: after which failures it goes on was not read
 * - `conflict`, `credentials`, `person`, `new-name`, `polls`: why a region of retries is what it is
 * - `looks-first`: each attempt looks before it writes
 * - `once`: there is one attempt
 */
export type Excuse = 'key' | 'effect-unknown' | 'key-unknown' | 'nothing-done' | 'errors-unknown' | 'conflict' | 'credentials' | 'person' | 'new-name' | 'polls' | 'looks-first' | 'once';

const MEMO = Symbol('retried writes');

/** The writes of a file that are tried again, those that may happen twice and those that are excused. */
export function retriedWrites(file: SourceFile): readonly RetriedWrite[] {
  return file.memo(MEMO, () => {
    const retried = retriedCalls(file);
    const found = [...retried.flatMap((call) => judge(call, retried) ?? []), ...callsOf(file).io.flatMap((io) => byClient(io) ?? [])];
    return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
  });
}

/** The writes that may happen twice: the first of each retry in the file, which is one cause and has one mend. */
export function unsafeRetries(file: SourceFile): readonly UnsafeRetry[] {
  const byCause = new Map<Node, RetriedWrite[]>();
  const seen = new Set<Node>();
  for (const write of retriedWrites(file)) {
    if (write.excuse !== null || seen.has(write.node)) continue;
    seen.add(write.node);
    byCause.set(write.cause, [...(byCause.get(write.cause) ?? []), write]);
  }
  return [...byCause.values()].map((writes) => ({ ...writes[0]!, others: writes.length - 1 }));
}

function judge(call: RetriedCall, all: readonly RetriedCall[]): RetriedWrite | null {
  const { io, node, by, attempt, through } = call;
  // What a function decides by itself is reported there.
  if (call.byCaller === true && io.through !== null && effectOf(io.through.inner).mayRepeat !== 'unknown') return null;
  const effect = effectOf(io, attempt);
  if (effect.does === 'read' || effect.does === 'none' || effect.twice === 'same') return null;
  const excuse = excuseOf(call, effect, all);
  return { io, node, effect, through, by: by.name, attempts: by.attempts, cause: by.root, excuse };
}

function excuseOf(call: RetriedCall, effect: CallEffect, all: readonly RetriedCall[]): Excuse | null {
  const { by } = call;
  if (effect.twice === 'unknown') return 'effect-unknown';
  if (effect.key.is === 'stable') return 'key';
  if (effect.key.is === 'unknown') return 'key-unknown';
  if (by.attempts === 1) return 'once';
  const { region, library } = by;
  // A key that is new with each attempt makes no new thing that would be refused: it makes each a thing of its own.
  if (region != null && region.excuse !== null && !(region.excuse === 'new-name' && effect.key.is === 'unstable')) return region.excuse;
  if (region?.polls === true || library?.polls === true) return 'polls';
  if (looksFirst(call, all)) return 'looks-first';
  const after = retriedErrors(by.deciders);
  return after === 'any' ? null : after === 'unknown' ? 'errors-unknown' : 'nothing-done';
}

/** A read before the write in the same attempt, or in the handler: whether it is there already is asked. */
function looksFirst(call: RetriedCall, all: readonly RetriedCall[]): boolean {
  const { kind } = call.io.operation.model;
  const isRead = (io: IoCall): boolean => io.operation.model.kind === kind && effectOf(io).does === 'read';
  if (all.some((other) => other.by.node === call.by.node && other !== call && other.node.range[0] <= call.node.range[0] && isRead(other.io))) return true;
  const handler = call.by.region?.retry.handler ?? null;
  return handler !== null && !isInside(call.node, handler) && callsIn(call.by.file, handler).io.some(isRead);
}

/** What its own client is told to repeat. */
function byClient(io: IoCall): RetriedWrite | null {
  if (io.uncertain || io.operation.model.retry === undefined && io.operation.instance === null) return null;
  const retry = clientRetryOf(io);
  if (retry === null) return null;
  // The arguments are worked out once: a key that is made in them serves all attempts.
  const callee: Node = io.node.type === 'TaggedTemplateExpression' ? io.node.tag : io.node.callee;
  const effect = effectOf(io, callee);
  if (effect.does !== 'write' || effect.twice === 'same') return null;
  const excuse: Excuse | null = effect.twice === 'unknown' ? 'effect-unknown' : effect.key.is === 'stable' ? 'key' : effect.key.is === 'unknown' ? 'key-unknown' : null;
  return { io, node: io.node, effect, through: null, by: retry.name, attempts: null, cause: retry.node, excuse };
}
