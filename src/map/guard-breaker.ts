import { breakerAround } from '../facts/breaker-around.js';
import { hasSeam, mentionsBreaker } from '../facts/circuit-breakers.js';
import type { IoCall } from '../facts/io-calls.js';
import { ownTransport } from '../facts/own-transport.js';
import { isInPolicy } from '../facts/policy-scopes.js';
import { writtenPolicy } from '../facts/written-policies.js';
import { runsAsFunction } from '../facts/serverless.js';
import { notAsked, notKnown } from './guard-words.js';
import { REMOTE } from './guard-retry.js';
import type { Places } from './places.js';
import type { Guard } from './types.js';

/** What keeps a call from a service that is down, where the call stands; who calls it may have one too. */
export function breakerOf(call: IoCall, places: Places): Guard {
  const { file, node, operation } = call;
  const around = breakerAround(file, node, false);
  if (around !== null) return { answer: 'yes', detail: 'a circuit breaker around it', at: places.at({ file, node: around }) };
  if (call.mode !== 'reply') return notAsked(call.mode === 'stream' ? 'its reply is a stream' : 'it waits on purpose');
  if (!REMOTE.has(operation.model.kind)) return notAsked('there is no other to turn to');
  const platform = runsAsFunction(file);
  if (platform !== null) return notAsked(`it runs as a function (${platform}), which keeps no count`);
  const policy = writtenPolicy(call);
  if (policy?.breaks === true) return { answer: 'yes', detail: `that of the policy \`${policy.name}\``, at: places.at(policy.place) };
  if (isInPolicy(file, node)) return notKnown('it runs in a policy that is not read');
  if (hasSeam(call) || ownTransport(call) !== null) return notKnown('a transport of its own is passed');
  if (mentionsBreaker(file)) return notKnown('the package speaks of a circuit breaker');
  return { answer: 'no', detail: 'none', at: null };
}
