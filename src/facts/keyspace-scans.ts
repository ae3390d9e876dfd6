import type { SourceFile } from '../analysis/source-file.js';
import type { InstanceValue } from '../analysis/value.js';
import type { KeyspaceModel, KeyWalkModel } from '../models/cache-types.js';
import { commandOf } from './call-mode.js';
import { saysAny } from './call-words.js';
import { callsOf, type IoCall } from './io-calls.js';

/** A call that touches every entry of a store. */
export interface KeyspaceScan {
  readonly call: IoCall & { readonly node: Exclude<IoCall['node'], { type: 'TaggedTemplateExpression' }> };
  readonly keyspace: KeyspaceModel;
  /** How this client lists its keys in steps; `null` where it cannot, or where the client may be one of several. */
  readonly walk: KeyWalkModel | null;
}

const MEMO = Symbol('keyspace scans');

/** The calls of a file that touch every entry of a store, each once. */
export function keyspaceScans(file: SourceFile): readonly KeyspaceScan[] {
  return file.memo(MEMO, () => {
    const { io, local } = callsOf(file);
    const found = new Map<object, KeyspaceScan>();
    for (const call of [...io, ...local]) {
      const scan = scanOf(call);
      if (scan === null) continue;
      const other = found.get(call.node);
      found.set(call.node, other !== undefined && other.walk?.text !== scan.walk?.text ? { ...other, walk: null } : scan);
    }
    return [...found.values()].sort((a, b) => a.call.node.range[0] - b.call.node.range[0]);
  });
}

function scanOf(call: IoCall): KeyspaceScan | null {
  const { file, node, operation } = call;
  if (call.uncertain || node.type === 'TaggedTemplateExpression') return null;
  const keyspace = operation.operation.keyspace ?? commandOf(file, node, operation.operation)?.keyspace;
  if (keyspace === undefined) return null;
  if (keyspace.does === 'walks' && saysAny(file, node, keyspace.narrowedBy ?? []) !== 'no') return null;
  const direct = operation.operation.keyspace !== undefined && operation.operation.collected !== true && operation.instance !== null;
  const walk = direct && keyspace.does === 'lists' && !mayBeOther(file, operation.instance!) ? operation.model.keyWalk?.[operation.instance!.client] : undefined;
  return { call: { ...call, node }, keyspace, walk: walk ?? null };
}

/** `Redis | Cluster`: of several clients of one library the first stands for all. */
function mayBeOther(file: SourceFile, { model, client, made }: InstanceValue): boolean {
  if (made !== null) return false;
  return Object.entries(model.clients).some(([name, shape]) => name !== client && (shape.types ?? []).some((type) => new RegExp(`\\b${type}\\b`).test(file.text)));
}
