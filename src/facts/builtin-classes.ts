import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingClass, memberName, staticName, unwrap } from '../analysis/syntax.js';
import { requestOf } from './request-parameters.js';
import { LIST_METHODS, MEMBERS_OF_WEB_CLASSES } from '../models/builtins.js';

type Node = TSESTree.Node;

const MAX_LEVEL = 5;

/** The builtin class of an expression, where it is made or annotated in this file: `Map`, `Array`, `Headers`; `null`: not known. */
export function classOf(file: SourceFile, node: Node, level = 0): string | null {
  if (level > MAX_LEVEL) return null;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'ArrayExpression':
      return 'Array';
    case 'NewExpression': {
      const made = evaluate(file, inner.callee);
      return made.kind === 'builtin' && made.path.length === 1 ? made.path[0]! : null;
    }
    case 'CallExpression': {
      const callee = unwrap(inner.callee);
      if (callee.type !== 'MemberExpression') return null;
      const name = memberName(callee);
      if (name === 'split' || name === 'keys' || name === 'values' || name === 'entries') {
        const owner = evaluate(file, callee.object);
        return name === 'split' || (owner.kind === 'builtin' && owner.path[0] === 'Object') ? 'Array' : null;
      }
      return name !== null && LIST_METHODS.has(name) && classOf(file, callee.object, level + 1) === 'Array' ? 'Array' : null;
    }
    case 'Identifier': {
      const request = requestOf(file, inner);
      if (request !== null) return request;
      const { writes, complete } = reachingWrites(file, inner);
      if (!complete || writes.length === 0) return null;
      const classes = writes.map((write) => annotated(write.target) ?? (write.value !== null && write.path.length === 0 ? classOf(file, write.value, level + 1) : null));
      return classes.every((one) => one === classes[0]) ? classes[0]! : null;
    }
    case 'MemberExpression': {
      if (inner.object.type === 'ThisExpression') return classOfField(file, inner, level);
      const owner = classOf(file, inner.object, level + 1);
      const members = owner !== null && Object.hasOwn(MEMBERS_OF_WEB_CLASSES, owner) ? MEMBERS_OF_WEB_CLASSES[owner] : undefined;
      const name = memberName(inner);
      return members !== undefined && name !== null && Object.hasOwn(members, name) ? members[name]! : null;
    }
    default:
      return null;
  }
}

/** A field is what it is made as, where it says so: `private readonly cache = new Map()`. */
function classOfField(file: SourceFile, member: TSESTree.MemberExpression, level: number): string | null {
  const name = memberName(member);
  const owner = enclosingClass(member);
  const field = owner?.body.body.find((one): one is TSESTree.PropertyDefinition => one.type === 'PropertyDefinition' && staticName(one.key, one.computed) === name);
  if (field === undefined || name === null) return null;
  const made = field.typeAnnotation == null ? null : nameOfType(field.typeAnnotation.typeAnnotation);
  return made ?? (field.value == null ? null : classOf(file, field.value, level + 1));
}

function annotated(target: TSESTree.Identifier): string | null {
  return target.typeAnnotation == null ? null : nameOfType(target.typeAnnotation.typeAnnotation);
}

const KNOWN: ReadonlySet<string> = new Set(['Map', 'ReadonlyMap', 'WeakMap', 'Array', 'ReadonlyArray', 'Headers', 'URLSearchParams', 'FormData', 'URL', 'Request', 'Response', 'Storage']);

function nameOfType(type: TSESTree.TypeNode): string | null {
  if (type.type === 'TSArrayType') return 'Array';
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || !KNOWN.has(type.typeName.name)) return null;
  return type.typeName.name.replace('Readonly', '');
}
