import { readLayers } from '../analysis/options.js';
import type { InstanceValue, Value } from '../analysis/value.js';
import type { ClientModel } from '../models/types.js';

/**
 * Does the client name a driver whose limits the model tells?
 * @param packageLayers options that are set elsewhere in the package
 */
export function driverIsKnown(model: ClientModel, instance: InstanceValue | null, packageLayers: readonly Value[] = []): boolean {
  if (model.driver?.chosenBy === undefined) return false;
  const layers = [...packageLayers, ...(instance?.layers.map((layer) => layer.value) ?? [])];
  const answer = readLayers(layers, model.driver.chosenBy, instance?.optionsUnknown ?? null);
  return answer.is === 'set' && answer.value.kind === 'literal' && model.driver.known.includes(String(answer.value.value));
}
