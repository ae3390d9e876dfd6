import { findByPath } from '../models/lookup.js';
import type { OperationModel } from '../models/types.js';
import type { InstanceMemberValue, InstanceValue, OperationValue, Value } from './value.js';

/** The operation that calling this value performs; `null` when it performs none that we know. */
export function operationOf(value: Value): OperationValue | null {
  switch (value.kind) {
    case 'operation':
      return value;
    case 'instance':
      return lookUp(value, []);
    case 'instance-member':
      return lookUp(value.instance, value.path);
    default:
      return null;
  }
}

function lookUp(instance: InstanceValue, path: InstanceMemberValue['path']): OperationValue | null {
  const shape = instance.model.clients[instance.client];
  if (shape === undefined) return null;
  const name = path.join('.');
  if (shape.members?.[name] !== undefined) return null;
  let operation: OperationModel | undefined = Object.hasOwn(shape.operations, name) ? shape.operations[name] : undefined;
  if (operation === undefined && path.length > 0) {
    // A wildcard also catches what does no I/O: listeners, teardown.
    if (shape.harmless?.includes(path.at(-1)!) === true || NEVER_IO.has(path.at(-1)!)) return null;
    operation = findByPath(shape.operations, name);
  }
  if (operation === undefined) return null;
  return { kind: 'operation', model: instance.model, packageName: instance.packageName, operation, name: titleOf(instance, path), instance, from: instance.from };
}

/** Members that every object or emitter has. */
const NEVER_IO: ReadonlySet<string> = new Set([
  'on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'emit', 'listeners', 'listenerCount', 'setMaxListeners',
  'toString', 'toJSON', 'valueOf', 'hasOwnProperty', 'constructor', 'then', 'catch', 'finally', 'bind', 'call', 'apply',
]);

function titleOf(instance: InstanceValue, path: readonly string[]): string {
  const shape = instance.model.clients[instance.client];
  if (instance.made === null && instance.optionsUnknown === null) return [instance.model.title, ...path].join('.');
  return `${shape?.title ?? instance.model.title}${path.length === 0 ? '' : ` .${path.join('.')}`}`;
}
