import { clientAttempts } from '../facts/client-attempts.js';
import { retriesSet } from '../facts/client-backoff.js';
import { hasSeam } from '../facts/circuit-breakers.js';
import { effectOf } from '../facts/call-effect.js';
import type { IoCall } from '../facts/io-calls.js';
import { ownTransport } from '../facts/own-transport.js';
import { isInPolicy } from '../facts/policy-scopes.js';
import { writtenPolicy, type WrittenPolicy } from '../facts/written-policies.js';
import { reasonText } from '../facts/reason-words.js';
import { packageDefaults } from '../project/package-facts.js';
import type { ClientKind } from '../models/types.js';
import { notAsked, notKnown, retries } from './guard-words.js';
import type { Places } from './places.js';
import type { Guard } from './types.js';

/** Calls to other services. Of a store, a queue or a program nobody asks that they are tried again, or that a circuit opens. */
export const REMOTE: ReadonlySet<ClientKind> = new Set(['http', 'rpc', 'sdk']);

/** What its client does when a call fails; who calls it may do more. */
export function retryOf(call: IoCall, places: Places): Guard {
  if (call.mode !== 'reply') return notAsked(call.mode === 'stream' ? 'its reply is a stream' : 'it waits on purpose');
  const found = clientAttempts(call);
  if (found !== null) return { answer: 'yes', detail: `${retries(found.attempts - 1)} by ${found.title}${found.byDefault ? ', its default' : ''}`, at: places.at(found.place) };
  const { model, instance, from } = call.operation;
  if (!REMOTE.has(model.kind)) return notAsked(model.kind === 'exec' ? 'a program is started once' : 'what was sent may have been carried out');
  const policy = writtenPolicy(call);
  const byPolicy = policy === null ? null : retryBy(policy, call, places);
  if (byPolicy !== null) return byPolicy;
  if (isInPolicy(call.file, call.node)) return notKnown('it runs in a policy that is not read');
  const { mayRepeat, verb } = effectOf(call);
  if (mayRepeat === 'no') return notAsked(`${verb === '' ? 'it' : `a ${verb}`} without a key may happen twice`);
  if (call.uncertain) return notKnown('it may be something else');
  if (hasSeam(call) || ownTransport(call) !== null) return notKnown('a transport of its own is passed');
  const { opaque } = packageDefaults(from, model, instance);
  if (opaque !== null) return notKnown(reasonText(opaque));
  const { retry } = model;
  if (retry === undefined) return { answer: 'no', detail: `none by ${model.title}`, at: null };
  const answer = retry.option === undefined || retry.option.startsWith('.') ? null : retriesSet(retry.option, instance, call.options);
  if (answer?.is === 'unknown') return notKnown(reasonText(answer.reason));
  if (answer?.is === 'set' && answer.value.kind !== 'literal') return notKnown(`\`${retry.option}\` is set to what is not known here`);
  // It tries some calls again, and whether this is one of them did not come out.
  if (answer?.is !== 'set' && retry.retries > 0) return notKnown(`whether ${model.title} tries it again`);
  return { answer: 'no', detail: answer?.is === 'set' ? `\`${retry.option}\` allows none` : `none by ${model.title}`, at: answer?.is === 'set' ? places.at(answer.place) : null };
}

/** `null`: what it leaves to the client. */
function retryBy(policy: WrittenPolicy, call: IoCall, places: Places): Guard | null {
  const { name, way, retries: count, place } = policy;
  const byClient = call.operation.model.retry !== undefined && call.operation.model.retry.retries > 0;
  if (way === 'once') return byClient ? null : notAsked(`the policy \`${name}\` sends it once`);
  if (way === 'reads' && effectOf(call).does !== 'read') return effectOf(call).does === 'write' ? notAsked(`the policy \`${name}\` sends a write without a key once`) : notKnown(`the policy \`${name}\` tells it by the request`);
  if (count === 0) return { answer: 'no', detail: `the policy \`${name}\` allows none`, at: places.at(place) };
  const often = count === null ? 'retries' : retries(count);
  return { answer: 'yes', detail: `${often} by the policy \`${name}\`${way === 'retryUnsent' ? ', where nothing was sent' : ''}`, at: places.at(place) };
}
