import type { TSESTree } from '@typescript-eslint/types';
import { findByPath } from '../models/lookup.js';
import type { OperationModel } from '../models/types.js';
import { NEVER_IO, clientMember, nextInChain } from './client-member.js';
import type { SourceFile } from './source-file.js';
import type { InstanceMemberValue, InstanceValue, OperationValue, Value } from './value.js';

/** The arguments of a call, and the file they stand in. */
interface Arguments {
  readonly file: SourceFile;
  readonly args: readonly TSESTree.Node[];
}

/**
 * The operation that calling this value performs; `null` when it performs none that we know.
 * @param call its arguments, where they are known: a step of a query builder may depend on them
 */
export function operationOf(value: Value, call: Arguments | null = null): OperationValue | null {
  switch (value.kind) {
    case 'operation':
      return value;
    case 'instance':
      return lookUp(value, [], call);
    case 'instance-member':
      return lookUp(value.instance, value.path, call);
    default:
      return null;
  }
}

function lookUp(instance: InstanceValue, path: InstanceMemberValue['path'], call: Arguments | null): OperationValue | null {
  const shape = instance.model.clients[instance.client];
  if (shape === undefined) return null;
  const name = path.join('.');
  const member = clientMember(shape, path);
  if (member !== null) {
    if (member.is !== 'chain') return null;
    const next = call === null ? (member.computed ?? member.client) : nextInChain(call.file, instance, member, call.args).client;
    // What a step asks of its own, where the next one is no builder: a document's `get` gives a snapshot.
    const own = Object.hasOwn(shape.operations, name) ? shape.operations[name] : undefined;
    const awaited = instance.model.clients[next]?.awaited ?? (own?.effect === 'none' ? undefined : own);
    return awaited === undefined ? null : operationAt(instance, path, awaited);
  }
  let operation: OperationModel | undefined = Object.hasOwn(shape.operations, name) ? shape.operations[name] : undefined;
  if (operation === undefined && path.length > 0) {
    // A wildcard also catches what does no I/O: listeners, teardown.
    if (shape.harmless?.includes(path.at(-1)!) === true || NEVER_IO.has(path.at(-1)!)) return null;
    operation = findByPath(shape.operations, name);
  }
  return operation === undefined ? null : operationAt(instance, path, operation);
}

function operationAt(instance: InstanceValue, path: readonly string[], operation: OperationModel): OperationValue {
  return { kind: 'operation', model: instance.model, packageName: instance.packageName, operation, name: titleOf(instance, path), instance, from: instance.from };
}

function titleOf(instance: InstanceValue, path: readonly string[]): string {
  const shape = instance.model.clients[instance.client];
  if (instance.made === null && instance.optionsUnknown === null) return [instance.model.title, ...path].join('.');
  return `${shape?.title ?? instance.model.title}${path.length === 0 ? '' : ` .${path.join('.')}`}`;
}
