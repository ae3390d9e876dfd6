import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { InstanceValue } from '../analysis/value.js';

const MAX_STEPS = 5;

/** The client that somebody made: what it hands out itself (`pool.connect()`, `redis.duplicate()`) waits as long as it does. */
export function rootClient(instance: InstanceValue): InstanceValue {
  let current = instance;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const { made } = current;
    if (made === null || (made.node.type !== 'CallExpression' && made.node.type !== 'NewExpression')) return current;
    const parent = presentAlternatives(evaluate(made.file, made.node.callee)).find((callee) => callee.kind === 'instance-member');
    if (parent?.kind !== 'instance-member' || parent.instance.made === null || parent.instance.model !== current.model || parent.instance.model.clients[parent.instance.client]?.perCall === true) return current;
    current = parent.instance;
  }
  return current;
}
