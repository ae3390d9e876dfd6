import type { TSESTree } from '@typescript-eslint/types';
import { clientMember } from './client-member.js';
import { readClassMember } from './evaluate-class.js';
import { builtinValue, GLOBAL_OBJECTS } from './evaluate-builtin.js';
import { clientOf, exportBelow, exportValue, globalExport } from './evaluate-export.js';
import { signalOf } from './evaluate-signal.js';
import { IN_PROGRESS, evaluate } from './evaluate.js';
import { findExport } from './exports.js';
import type { SourceFile } from './source-file.js';
import { UNDEFINED, alternatives, join, unknown, type InstanceValue, type Place, type Value } from './value.js';

/** The member `name` of a value. */
export function readMember(value: Value, name: string, place: Place): Value {
  switch (value.kind) {
    case 'object': {
      const entry = value.entries.get(name);
      if (entry !== undefined) return entry.value();
      return value.open === null ? UNDEFINED : { kind: 'unknown', reason: value.open };
    }
    case 'array': {
      const index = Number(name);
      if (Number.isInteger(index) && index >= 0 && value.open === null) return value.items[index]?.() ?? UNDEFINED;
      return unknown('opaque-call', 'array element');
    }
    case 'union': {
      // What is null or undefined has no members: the program is past a guard, or fails.
      const there = value.members.filter((member) => !(member.kind === 'literal' && member.value == null));
      return join(there.map((member) => readMember(member, name, place)));
    }
    case 'module':
      return moduleExport(value.file, name);
    case 'export':
      return memberOfExport(value, name, place);
    case 'model-export':
      return exportBelow(value, name) ?? unknown('opaque-call', `${value.path}.${name}`);
    case 'instance':
      return instanceMember(value, [name]);
    case 'instance-member':
      return instanceMember(value.instance, [...value.path, name]);
    case 'builtin': {
      const path = [...value.path, name];
      if (path.length === 2 && GLOBAL_OBJECTS.has(path[0]!)) return globalExport(place.file, name) ?? builtinValue(path);
      return builtinValue(path);
    }
    case 'parameter':
      return { ...value, path: [...value.path, name] };
    case 'controller':
      return name === 'signal' ? signalOf(value.place) : unknown('opaque-call', `controller.${name}`);
    case 'class':
    case 'object-of-class':
      return readClassMember(value, name);
    case 'function':
      // `f.call`, `f.apply`, `f.bind` take other arguments than `f`.
      return unknown('opaque-call', name);
    case 'operation':
      return unknown('opaque-call', `${value.name}.${name}`);
    case 'policy':
    case 'policy-export':
      return unknown('opaque-call', name);
    case 'unknown':
      // A part of something that depends on itself is not that thing.
      return value === IN_PROGRESS ? unknown('depth', 'depends on itself') : value;
    case 'env':
    case 'text':
    case 'literal':
    case 'regexp':
    case 'url':
    case 'signal':
      return unknown('opaque-call', name);
  }
}

/** `require('axios')` is the default client itself: its members are the client's. */
function memberOfExport(value: Extract<Value, { kind: 'export' }>, name: string, place: Place): Value {
  const direct = exportValue(place.file, value.package, [...value.path, name]);
  if (direct.kind !== 'export' || value.path.length > 0 || name === 'default') return direct;
  const whole = exportValue(place.file, value.package, ['default']);
  return whole.kind === 'instance' ? readMember(whole, name, place) : direct;
}

/** A member of a client: another client below it, or a path that may name an operation. */
function instanceMember(instance: InstanceValue, path: readonly string[]): Value {
  const member = clientMember(instance.model.clients[instance.client], path);
  if (member?.is === 'client') {
    return { ...clientOf(instance, member.client, instance.from), layers: instance.layers, made: instance.made, optionsUnknown: instance.optionsUnknown };
  }
  return { kind: 'instance-member', instance, path };
}

/** An export of a project file, followed through re-exports. */
export function moduleExport(file: SourceFile, name: string): Value {
  const found = findExport(file, name, file.project);
  if (found === 'unknown') return unknown('unresolved-import', name);
  if (found === null) {
    // CommonJS: the whole `module.exports` is what a default or namespace import gets.
    const value = commonJsExports(file);
    // A module that hands itself on has no further members to look at.
    if (value === null || (value.kind === 'module' && value.file === file)) return unknown('unresolved-import', name);
    return name === 'default' || name === 'module.exports' ? value : readMember(value, name, { file, node: file.program });
  }
  return fromFound(found);
}

/** What a CommonJS file assigns to `module.exports`; `null` where it assigns nothing. */
export function commonJsExports(file: SourceFile): Value | null {
  const whole = findExport(file, 'module.exports', file.project);
  return whole === null || whole === 'unknown' ? null : fromFound(whole);
}

type Found = Exclude<ReturnType<typeof findExport>, null | 'unknown'>;

function fromFound(found: Found): Value {
  if ('node' in found) return valueOfDeclaration(found.file, found.node);
  if (found.is === 'module') return { kind: 'module', file: found.file };
  return exportValue(found.from, found.name, found.path);
}

function valueOfDeclaration(file: SourceFile, node: TSESTree.Node): Value {
  switch (node.type) {
    case 'FunctionDeclaration':
      return { kind: 'function', file, node };
    case 'VariableDeclarator':
      return evaluate(file, node.id.type === 'Identifier' ? node.id : node.init);
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      return unknown('syntax', node.type);
    default:
      return evaluate(file, node);
  }
}

/** Drops what cannot be called or read: null and undefined. */
export function presentAlternatives(value: Value): readonly Value[] {
  return alternatives(value).filter((member) => !(member.kind === 'literal' && member.value == null));
}
