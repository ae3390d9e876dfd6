import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { unwrap } from '../analysis/syntax.js';
import type { InstanceValue, Value } from '../analysis/value.js';
import { WAYS } from '../models/host-names.js';
import { downstreamOf, type Downstream } from './downstreams.js';
import type { IoCall } from './io-calls.js';

type Node = TSESTree.Node;

/** Options that hold an address, where no argument does. */
const ADDRESS_OPTIONS = ['url', 'origin'] as const;

/** The service that a call reaches, by its own address, or by that of the client which talks to one alone. */
export function downstreamOfCall(file: SourceFile, { operation: { operation, instance }, options }: IoCall, node: TSESTree.CallExpression): Downstream {
  if (goesItsOwnWay(file, options)) return { is: 'varies', why: 'it goes by an agent or a proxy of its own' };
  const url = addressArgument(operation.url, node);
  if (url !== null) return downstreamOf(file, url);
  for (const name of ADDRESS_OPTIONS) {
    const named = readOption(options, name);
    if (named.is === 'set' && named.place?.file === file && named.place.node.type === 'Property') return downstreamOf(file, named.place.node.value);
  }
  return (instance === null ? null : addressOfClient(instance)) ?? { is: 'varies', why: 'its address is not written here' };
}

/** `axios.get(url, { httpsAgent: agentFor(tenant) })`: the proxy of one may be dead, and the service well. A variable of the module serves all calls alike. */
function goesItsOwnWay(file: SourceFile, options: Value | null): boolean {
  return WAYS.some((name) => {
    const answer = readOption(options, name);
    if (answer.is !== 'set' || answer.place?.file !== file) return false;
    const value = answer.place.node.type === 'Property' ? unwrap(answer.place.node.value) : unwrap(answer.place.node);
    if (value.type !== 'Identifier') return value.type !== 'Literal';
    const variable = file.bindings.variableOf(value);
    return variable !== null && variable !== 'global' && variable.scope.type !== 'module' && variable.scope.type !== 'global';
  });
}

/** The argument that a call is told its address by. */
export function addressArgument(url: IoCall['operation']['operation']['url'], node: TSESTree.CallExpression): Node | null {
  if (url === undefined) return null;
  const argument = node.arguments[url.at === 'last' ? node.arguments.length - 1 : (url.at[0] ?? 0)];
  return argument === undefined || argument.type === 'SpreadElement' ? null : argument;
}

/** `new Pool('https://api.acme.com')`: what it is made with says where all its calls go. */
function addressOfClient({ made }: InstanceValue): Downstream | null {
  if (made === null || (made.node.type !== 'NewExpression' && made.node.type !== 'CallExpression')) return null;
  for (const callee of presentAlternatives(evaluate(made.file, made.node.callee))) {
    if (callee.kind !== 'model-export' || (callee.export.is !== 'class' && callee.export.is !== 'factory') || callee.export.url?.argument === undefined) continue;
    const { at } = callee.export.url.argument;
    const argument = made.node.arguments[at === 'last' ? made.node.arguments.length - 1 : (at[0] ?? 0)];
    return argument === undefined || argument.type === 'SpreadElement' ? null : downstreamOf(made.file, argument);
  }
  return null;
}
