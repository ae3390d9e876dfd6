import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, unwrap } from '../analysis/syntax.js';
import { SERVERS, type ServerModel } from '../models/servers.js';
import { parameterOf } from './cache-keys.js';

type Node = TSESTree.Node;

const HANDLERS = Symbol('handlers of requests');
/** A handler of errors gets the error first. */
const MAX_PARAMETERS = 3;

/** The class of a request, where an identifier is the first parameter of a function that this file registers as a handler. */
export function requestOf(file: SourceFile, node: TSESTree.Identifier): string | null {
  if (!namesServer(file)) return null;
  const variable = file.bindings.variableOf(node);
  const parameter = variable === null || variable === 'global' ? null : parameterOf(variable);
  if (parameter === null || parameter.index !== 0 || parameter.fn.params.length > MAX_PARAMETERS) return null;
  return handlersOf(file).get(parameter.fn)?.request ?? null;
}

const NAMES = Symbol('names a server');

function namesServer(file: SourceFile): boolean {
  return file.memo(NAMES, () => ({ any: SERVERS.some((server) => file.text.includes(server.package)) })).any;
}

/** The functions that a file registers, inline or by a name, on a router or application that it makes itself. */
function handlersOf(file: SourceFile): ReadonlyMap<Node, ServerModel> {
  return file.memo(HANDLERS, () => {
    const found = new Map<Node, ServerModel>();
    for (const call of file.index.calls) {
      const callee = unwrap(call.callee);
      const method = callee.type === 'MemberExpression' ? memberName(callee) : null;
      if (callee.type !== 'MemberExpression' || method === null || !SERVERS.some(({ registers }) => registers.includes(method))) continue;
      const server = serverAt(file, unwrap(callee.object));
      if (server === null || !server.registers.includes(method)) continue;
      for (const argument of call.arguments) {
        for (const value of presentAlternatives(evaluate(file, argument))) if (value.kind === 'function' && value.file === file) found.set(value.node, server);
      }
    }
    return found;
  });
}

function serverAt(file: SourceFile, node: Node): ServerModel | null {
  if (node.type !== 'Identifier') return null;
  const { writes, complete } = reachingWrites(file, node);
  const [only, ...more] = writes;
  const made = complete && more.length === 0 && only?.value != null && only.path.length === 0 ? unwrap(only.value) : null;
  if (made?.type !== 'CallExpression') return null;
  const maker = evaluate(file, made.callee);
  if (maker.kind !== 'export') return null;
  return SERVERS.find((server) => server.package === maker.package && server.makers.includes(maker.path.join('.') || 'default')) ?? null;
}
