import type { TSESTree } from '@typescript-eslint/types';
import { findByPath } from '../models/lookup.js';
import type { ChainModel, ClientShape, OperationModel, ShapeMember } from '../models/types.js';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { unwrap } from './syntax.js';
import type { InstanceValue, Value } from './value.js';

type Node = TSESTree.Node;

/** Members that every object, emitter or promise has. */
export const NEVER_IO: ReadonlySet<string> = new Set([
  'on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'emit', 'listeners', 'listenerCount', 'setMaxListeners',
  'toString', 'toJSON', 'valueOf', 'hasOwnProperty', 'constructor', 'then', 'catch', 'finally', 'bind', 'call', 'apply',
]);

/** Another client below a client, or one that calling this member gives; `''` is the client called as a function. */
export function clientMember(shape: ClientShape | undefined, path: readonly string[]): ShapeMember | null {
  const members = shape?.members;
  if (members === undefined) return null;
  const name = path.join('.');
  if (Object.hasOwn(members, name)) return members[name]!;
  const last = path.at(-1);
  if (last === undefined || shape!.harmless?.includes(last) === true || NEVER_IO.has(last)) return null;
  const found = findByPath(entriesOf(shape!), name);
  return found !== undefined && 'is' in found ? found : null;
}

const ENTRIES = new WeakMap<ClientShape, Readonly<Record<string, ShapeMember | OperationModel>>>();

/** Members and operations together: a pattern of members never hides an operation that is named, or matched by a more exact one. */
function entriesOf(shape: ClientShape): Readonly<Record<string, ShapeMember | OperationModel>> {
  let entries = ENTRIES.get(shape);
  if (entries === undefined) ENTRIES.set(shape, (entries = { ...shape.members, ...shape.operations }));
  return entries;
}

/** The member of a client that a callee is; `null` for anything else. */
export function memberCalled(callee: Value): ShapeMember | null {
  if (callee.kind === 'instance') return clientMember(callee.model.clients[callee.client], []);
  return callee.kind === 'instance-member' ? clientMember(callee.instance.model.clients[callee.instance.client], callee.path) : null;
}

/** The client that a step of a builder gives. */
export function nextInChain(file: SourceFile, instance: InstanceValue, chain: ChainModel, args: readonly Node[]): InstanceValue {
  const client = chain.computed !== undefined && args.some((argument) => isComputed(file, argument)) ? chain.computed : chain.client;
  return sameConnection(instance, client);
}

/** Another shape of the same client: its options and the place where it was made stay. */
export function sameConnection({ parameter: _, ...instance }: InstanceValue, client: string): InstanceValue {
  return { ...instance, client };
}

/** Does an argument hold something other than plain names: `count()`, `sql`…``, `'MAX(id)'`? */
function isComputed(file: SourceFile, argument: Node, inside = false): boolean {
  const node = unwrap(argument);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' && node.value.includes('(');
    case 'ArrayExpression':
      return node.elements.some((element) => element !== null && isComputed(file, element, inside));
    case 'ObjectExpression':
      return node.properties.some((property) => property.type === 'SpreadElement' || isComputed(file, property.value, true));
    case 'Identifier':
    case 'MemberExpression': {
      // A column among others: `users.id`. As the whole argument it may be anything.
      if (inside) return false;
      const value = evaluate(file, node);
      return value.kind !== 'literal' || (typeof value.value === 'string' && value.value.includes('('));
    }
    default:
      return true;
  }
}
