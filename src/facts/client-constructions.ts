import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { alternatives, type InstanceValue } from '../analysis/value.js';
import { leadsToClient } from './io-calls.js';

/** A client and the call of this file that makes it. */
export interface ClientConstruction {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly instance: InstanceValue;
}

const MEMO = Symbol('client constructions');

/** The clients that a file makes. Every construction is evaluated, so ask only of files that use clients. */
export function clientConstructions(file: SourceFile): readonly ClientConstruction[] {
  return file.memo(MEMO, () => {
    const found: ClientConstruction[] = [];
    for (const node of file.index.calls) {
      if (!mayMakeClient(file, node)) continue;
      for (const value of alternatives(evaluate(file, node))) {
        if (value.kind === 'instance' && value.made?.node === node && value.made.file === file) found.push({ node, instance: value });
      }
    }
    return found;
  });
}

/** Only classes and factories make clients; a function of the project that returns one made it elsewhere. */
function mayMakeClient(file: SourceFile, node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (node.callee.type === 'Super' || !leadsToClient(file, node.callee)) return false;
  return presentAlternatives(evaluate(file, node.callee)).some((callee) => {
    // What a client hands out (`pool.connect()`, `redis.pipeline()`) waits as long as the client does: one cause, one site.
    if (callee.kind === 'instance-member') return callee.instance.model.clients[callee.instance.client]?.perCall === true;
    // A class that a factory made: `new (makeClientConstructor(definition, 'Greeter'))(address, credentials)`.
    if (callee.kind === 'instance') return node.type === 'NewExpression' && callee.model.clients[callee.client]?.members?.['']?.is === 'factory';
    return callee.kind === 'model-export' || callee.kind === 'class';
  });
}
