import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './evaluate.js';
import { readMember } from './member.js';
import type { SourceFile } from './source-file.js';
import { UNDEFINED, join, unknown, type FunctionNode, type ObjectEntry, type Value } from './value.js';

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
      const entries = new Map<string, ObjectEntry>();
      for (const [key, entry] of value.entries) entries.set(key, { place: entry.place, value: () => substitute(entry.value(), owner, args, from) });
      // Something spread in that comes from a parameter stays open: its keys are not merged here.
      return { ...value, entries };
    }
    case 'array':
      return { ...value, items: value.items.map((item) => () => substitute(item(), owner, args, from)) };
    case 'instance':
      return { ...value, layers: value.layers.map((layer) => ({ place: layer.place, value: substitute(layer.value, owner, args, from) })) };
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
