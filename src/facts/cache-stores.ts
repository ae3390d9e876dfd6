import { evaluate } from '../analysis/evaluate.js';
import type { OperationValue, Value } from '../analysis/value.js';
import { registrationOptions } from '../project/package-facts.js';

/**
 * Does a cache hold its entries in the process, so that no read of it can fail? Some always do; of those
 * that are put on a store it is proved where they are made, or registered with a container, without one.
 */
export function staysInProcess({ model, instance, from }: OperationValue): boolean {
  if (model.inProcess === 'always') return true;
  const stores = model.storeOptions;
  if (model.inProcess !== 'by-store' || stores === undefined || instance === null) return false;
  if (instance.made !== null) {
    const { file, node } = instance.made;
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
    return node.arguments[0] === undefined || namesNoStore(evaluate(file, node.arguments[0]), stores);
  }
  const registrations = model.clients[instance.client]?.registrations;
  if (registrations === undefined) return false;
  const found = registrationOptions(from, model, registrations);
  return 'value' in found && found.registered && (found.value === null || namesNoStore(found.value, stores));
}

/** The word by which libraries call their own store. */
const OWN_STORE = 'memory';

function namesNoStore(value: Value, stores: readonly string[]): boolean {
  if (value.kind === 'literal') return value.value === OWN_STORE || value.value == null;
  if (value.kind !== 'object' || value.open !== null) return false;
  return stores.every((name) => {
    const store = value.entries.get(name)?.value();
    return store === undefined || (store.kind === 'literal' && (store.value === OWN_STORE || store.value == null));
  });
}
