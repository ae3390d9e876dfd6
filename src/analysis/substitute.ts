import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './evaluate.js';
import { mergeObjects } from './evaluate-object.js';
import { readMember } from './member.js';
import type { SourceFile } from './source-file.js';
import { UNDEFINED, join, unknown, type FunctionNode, type ObjectEntry, type Value } from './value.js';

/** What is worked out on demand may ask for itself, by a function that calls itself with what it takes from its own result. */
const MAX_NESTED = 6;
let nested = 0;

function onDemand(work: () => Value): Value {
  if (nested >= MAX_NESTED) return unknown('depth', 'depends on itself');
  nested++;
  try {
    return work();
  } finally {
    nested--;
  }
}

/**
 * Replaces the parameters of a function in a value by the arguments of one call: what a factory
 * returns, seen from its caller.
 * @param args the arguments, nodes of `from`
 */
export function substitute(value: Value, owner: FunctionNode, args: readonly TSESTree.CallExpressionArgument[], from: SourceFile): Value {
  switch (value.kind) {
    case 'parameter': {
      if (value.node !== owner) return value;
      const spread = args.findIndex((argument) => argument.type === 'SpreadElement');
      if (spread !== -1 && spread <= value.index) return unknown('opaque-spread', 'spread arguments');
      const node = args[value.index];
      let current = node === undefined ? UNDEFINED : evaluate(from, node);
      for (const step of value.path) {
        // Destructuring undefined takes nothing from it; the pattern's default was joined before.
        if (current.kind === 'literal' && current.value === undefined) return UNDEFINED;
        current = readMember(current, step, { file: from, node: node ?? from.program });
      }
      return current;
    }
    case 'union':
      return join(preferDefaults(value.members.map((member) => substitute(member, owner, args, from))));
    case 'object': {
      if (value.parts !== undefined) {
        return mergeObjects(value.parts.map((part) => substitute(part, owner, args, from)), value.place);
      }
      const entries = new Map<string, ObjectEntry>();
      for (const [key, entry] of value.entries) entries.set(key, { place: entry.place, value: () => onDemand(() => substitute(entry.value(), owner, args, from)) });
      return { ...value, entries };
    }
    case 'array':
      return { ...value, items: value.items.map((item) => () => onDemand(() => substitute(item(), owner, args, from))) };
    case 'instance': {
      if (value.parameter?.node === owner) {
        const handed = substitute(value.parameter, owner, args, from);
        if (handed.kind === 'instance') return handed;
        const { parameter: _, ...rest } = value;
        return handed.kind === 'parameter' ? { ...rest, parameter: handed } : rest;
      }
      if (!value.layers.some((layer) => dependsOn(layer.value, owner))) return value;
      return { ...value, layers: value.layers.map((layer) => ({ place: layer.place, value: substitute(layer.value, owner, args, from) })) };
    }
    case 'instance-member': {
      const instance = substitute(value.instance, owner, args, from);
      return instance.kind === 'instance' ? { ...value, instance } : value;
    }
    case 'signal':
      return value.ms === null ? value : { ...value, ms: substitute(value.ms, owner, args, from) };
    default:
      return value;
  }
}

/** `union(argument, default)`: with the argument left out, the default alone holds. */
function preferDefaults(members: readonly Value[]): readonly Value[] {
  const present = members.filter((member) => member !== UNDEFINED);
  return present.length > 0 ? present : members;
}

/** Does a value depend on a parameter of this function? */
export function dependsOn(value: Value, owner: FunctionNode, depth = 0): boolean {
  if (depth > 4) return false;
  switch (value.kind) {
    case 'parameter':
      return value.node === owner;
    case 'union':
      return value.members.some((member) => dependsOn(member, owner, depth + 1));
    case 'object':
      return value.parts?.some((part) => dependsOn(part, owner, depth + 1)) === true || [...value.entries.values()].some((entry) => dependsOn(entry.value(), owner, depth + 1));
    case 'array':
      return value.items.some((item) => dependsOn(item(), owner, depth + 1));
    case 'instance':
      return value.parameter?.node === owner || value.layers.some((layer) => dependsOn(layer.value, owner, depth + 1));
    case 'signal':
      return value.ms !== null && dependsOn(value.ms, owner, depth + 1);
    default:
      return false;
  }
}
