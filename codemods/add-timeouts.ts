import { defineCodemod, type PlanStep } from '../src/codemod/define-codemod.js';
import type { SourceFile } from '../src/analysis/source-file.js';
import { clientUsers } from '../src/facts/client-users.js';
import { factsOfFile } from '../src/facts/file-facts.js';
import { isGeneration } from '../src/facts/generation-calls.js';
import { handsOnStream } from '../src/facts/streamed-replies.js';
import { isTransfer } from '../src/facts/transfer-calls.js';
import type { UnboundedSite } from '../src/facts/unbounded-sites.js';
import { addTimeout } from '../src/mends/add-timeout.js';
import type { ClientKind } from '../src/models/types.js';

const KINDS: readonly ClientKind[] = ['http', 'rpc', 'db', 'cache', 'queue', 'sdk', 'exec'];

export default defineCodemod({
  name: 'add-timeouts',
  description: 'give a time bound to every outbound call and client that `require-timeout` reports',
  rule: 'require-timeout',
  options: {
    kinds: { type: 'list', of: KINDS, default: ['http', 'rpc'], description: 'Kinds of dependency whose calls are bounded.' },
    request: { type: 'ms', default: 10_000, description: 'Bound of a request.' },
    transfer: { type: 'ms', default: 120_000, description: 'Bound of a download or an upload.' },
    generation: { type: 'ms', default: 120_000, description: 'Bound of the answer of a language model.' },
    'whole-clients': { type: 'boolean', default: false, description: 'Bound clients of databases, caches and queues as a whole: every statement and command through them.' },
  },
  refusals: {
    'whole-client': 'the limit would hold for every statement through this client, also the slowest; say `whole-clients=true` to have it',
    'blocking-commands': 'the client also waits on purpose (a stream, a blocking command), and the limit would end that',
    'shared-client': 'the client leaves its file, so commands that wait on purpose cannot be ruled out',
    'stream-handed-on': 'the reply is piped or handed on as a stream, and the limit would cut a long one short',
    'through-a-helper': 'the call goes through a function of the project that takes no limit here; bound the request inside it',
    'no-local-edit': 'the options are not written here, or the library takes no limit in this place',
  },
  mayApply: (_text, gates, options) => gates.mayCallOut(new Set(options.kinds as readonly ClientKind[])),
  plan({ file, options }) {
    const kinds = new Set(options.kinds as readonly ClientKind[]);
    const steps: PlanStep[] = [];
    for (const site of factsOfFile(file).unboundedSites(kinds)) {
      const { operation } = site.bound.call;
      if (!kinds.has(operation.model.kind)) continue;
      const at = site.node.range[0];
      const reason = refusalOf(site, options['whole-clients']);
      const ms = limitOf(site, options);
      const mend = reason === null ? addTimeout(file, site, ms)[0] : undefined;
      if (mend === undefined) steps.push({ kind: 'refusal', at, reason: reason ?? unwritten(site), detail: reason === 'whole-client' ? `${operation.name}${usersOf(file, site)}` : operation.name });
      else steps.push({ kind: 'edit', at, edits: mend.edits, title: mend.title });
    }
    return steps;
  },
});

/** What the slowest of the calls takes. */
function limitOf({ calls }: UnboundedSite, { request, transfer, generation }: { readonly request: number; readonly transfer: number; readonly generation: number }): number {
  return Math.max(calls.some(({ call }) => isTransfer(call)) ? transfer : request, calls.some(({ call }) => isGeneration(call)) ? generation : request);
}

/** Why a place is not to be bounded; `null` where it may be. */
function refusalOf({ at, calls, instance, bound }: UnboundedSite, wholeClients: boolean): string | null {
  if (calls.some(({ call }) => handsOnStream(call))) return 'stream-handed-on';
  const perCall = instance === null || instance.model.clients[instance.client]?.perCall === true;
  if (at !== 'construction' || perCall) return null;
  if (!wholeClients) return 'whole-client';
  if (calls.some(({ by }) => by === 'blocking' || by === 'stream')) return 'blocking-commands';
  return bound.call.operation.model.kind === 'cache' || bound.call.operation.model.kind === 'queue' ? 'shared-client' : null;
}

/** Who would get the limit: the files with most calls. */
function usersOf(file: SourceFile, { node }: UnboundedSite): string {
  const users = clientUsers(file, node);
  const named = users.slice(0, MOST_USERS).map(({ path, calls }) => `${path} ${calls}`);
  return users.length === 0 ? '' : `; most calls: ${named.join(', ')}${users.length > MOST_USERS ? ` and ${users.length - MOST_USERS} more files` : ''}`;
}

const MOST_USERS = 3;

/** Why no limit can be written. */
function unwritten({ calls }: UnboundedSite): string {
  return calls.length > 0 && calls.every(({ call }) => call.through !== null) ? 'through-a-helper' : 'no-local-edit';
}
