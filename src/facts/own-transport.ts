import { readLayers, readOption } from '../analysis/options.js';
import type { Reason } from '../analysis/value.js';
import type { IoCall } from './io-calls.js';
import { isHandedToPolicy } from './policy-scopes.js';

const REPLACED: Reason = { code: 'replaced-transport' };

/** Does something else than the library send the request, or may it? It may bound it. */
export function ownTransport(call: IoCall): Reason | null {
  return hasOwnFunction(call) || standsBehindPolicy(call) ? REPLACED : replaced(call);
}

/** A function of the project's own sends the request (`adapter`, `fetch`, `handlers`). */
function hasOwnFunction(call: IoCall): boolean {
  const { model, instance } = call.operation;
  if (model.seam?.path === undefined || !['adapter', 'fetch-option', 'handler'].includes(model.seam.kind)) return false;
  // `defaults.adapter` is where it stands on the client; `request.fetch` is where it is given, too.
  const options = [...new Set([model.seam.path, model.seam.path.split('.').at(-1)!])];
  return [call.options, ...(instance?.layers.map((layer) => layer.value) ?? [])].some((given) =>
    options.some((option) => {
      const answer = readOption(given, option);
      // `adapter: 'http'` names one of the library's own.
      return answer.is === 'set' && answer.value.kind !== 'literal';
    }),
  );
}

/** `throughPolicy(payments, new S3Client({}))` gives the client itself, with a policy before it. */
function standsBehindPolicy({ operation: { instance } }: IoCall): boolean {
  return instance?.made != null && isHandedToPolicy(instance.made.file, instance.made.node);
}

/** An option that the model names is set, or cannot be read. */
function replaced({ operation: { model, instance } }: IoCall): Reason | null {
  const layers = instance?.layers.map((layer) => layer.value) ?? [];
  for (const path of model.replacedBy ?? []) {
    const answer = readLayers(layers, path, instance?.optionsUnknown ?? null);
    if (answer.is !== 'absent') return answer.is === 'unknown' ? answer.reason : REPLACED;
  }
  return null;
}
