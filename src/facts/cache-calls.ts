import type { TSESTree } from '@typescript-eslint/types';
import { declaredTypeName } from '../analysis/declared-type.js';
import { readClassMember } from '../analysis/evaluate-class.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, unwrap } from '../analysis/syntax.js';
import { CACHE_TYPE, DECLARES_CACHE } from '../models/cache-names.js';
import { implementationsOf } from '../project/implementations.js';
import { callsOf, type IoCall, type ProjectCall } from './io-calls.js';

/** A call on something of which only the type is known, as a call of one of the classes that may be there. */
export interface CallByType extends ProjectCall {
  /** How many classes may be there. */
  readonly classes: number;
}

interface CacheCalls {
  readonly clients: readonly IoCall[];
  readonly project: readonly ProjectCall[];
  readonly byType: readonly CallByType[];
}

const MEMO = Symbol('cache-calls');
const BY_TYPE = Symbol('calls by type');

/** Does a file call something on a cache of which only the type is known? Most are spared by their text. */
export function reachesCacheByType(file: SourceFile): boolean {
  return callsByType(file).length > 0;
}

/** The calls of a file that may reach a cache. */
export function cacheCallsOf(file: SourceFile): CacheCalls {
  return file.memo(MEMO, () => {
    const { io, local, project } = callsOf(file);
    return { clients: [...io, ...local], project, byType: unexplained(callsByType(file), [...io, ...local, ...project]) };
  });
}

/** What evaluation knows needs no type. */
function unexplained(calls: readonly CallByType[], known: readonly { readonly node: TSESTree.Node }[]): readonly CallByType[] {
  if (calls.length === 0) return calls;
  const nodes = new Set(known.map((call) => call.node));
  return calls.filter((call) => !nodes.has(call.node));
}

function callsByType(file: SourceFile): readonly CallByType[] {
  return DECLARES_CACHE.test(file.text) ? file.memo(BY_TYPE, () => collect(file)) : [];
}

function collect(file: SourceFile): readonly CallByType[] {
  const found: CallByType[] = [];
  for (const node of file.index.calls) {
    const callee = node.type === 'CallExpression' ? unwrap(node.callee) : null;
    if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression') continue;
    const method = memberName(callee);
    const type = method === null ? null : declaredTypeName(file, callee.object);
    if (type === null || !CACHE_TYPE.test(type)) continue;
    const classes = implementationsOf(file, type);
    for (const behind of classes) {
      for (const value of presentAlternatives(readClassMember(behind, method!))) {
        if (value.kind === 'function') found.push({ file, node, callee: value, classes: classes.length });
      }
    }
  }
  return found;
}
