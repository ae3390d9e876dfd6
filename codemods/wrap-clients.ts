import type { SourceFile } from '../src/analysis/source-file.js';
import { defineCodemod, type PlannedEdit, type PlanStep, type Refusal } from '../src/codemod/define-codemod.js';
import { completePolicies, type PolicyNeed } from '../src/codemod/policy-module/complete.js';
import type { LibraryName } from '../src/codemod/policy-module/libraries.js';
import { modulePlace, type ModulePlace } from '../src/codemod/policy-module/place.js';
import { factsOfFile } from '../src/facts/file-facts.js';
import { isGeneration } from '../src/facts/generation-calls.js';
import type { PolicySeam } from '../src/facts/policy-seams.js';
import type { PolicySite } from '../src/facts/policy-sites.js';
import { isTransfer } from '../src/facts/transfer-calls.js';
import { addImports, localName } from '../src/mends/add-import.js';
import { addTimeout } from '../src/mends/add-timeout.js';
import { replaceLoop } from '../src/mends/replace-loop.js';
import { limitOf, wrapCall } from '../src/mends/wrap-call.js';
import { besides, wrapConstruction } from '../src/mends/wrap-construction.js';
import type { SeamClient, SeamModel } from '../src/models/seam-types.js';
import type { ClientKind } from '../src/models/types.js';

const KINDS: ReadonlySet<ClientKind> = new Set(['http', 'rpc', 'sdk']);
const ALL_KINDS: ReadonlySet<ClientKind> = new Set([...KINDS, 'db', 'cache']);

const SERVICES: readonly SeamClient[] = ['fetch', 'undici', 'axios', 'got', 'ky', 'nest', 'aws-sdk', 'grpc'];
/** Their calls do not say whether they only read, so little is gained and much is touched: only where asked for. */
const STORES: readonly SeamClient[] = ['prisma', 'pg', 'ioredis', 'redis'];

export default defineCodemod({
  name: 'wrap-clients',
  description: 'put calls to other services behind policies: a deadline, retries of what may be sent again, a bulkhead, a circuit breaker and a bound for each attempt',
  rule: ['require-circuit-breaker', 'no-nested-retry', 'no-unsafe-retry', 'require-timeout'],
  options: {
    clients: { type: 'list', of: [...SERVICES, ...STORES], default: SERVICES, description: 'Clients whose calls go behind policies; those of databases and stores get a deadline, and retries of what was never sent, at each call.' },
    module: { type: 'text', default: 'src/resilience', description: 'Module of the policies, below each package; the name of a package (`@acme/resilience`) for one that all share.' },
    library: { type: 'choice', of: ['cockatiel', 'opossum'], default: 'cockatiel', description: 'What a new module of policies is made on.' },
    deadline: { type: 'ms', default: 30_000, description: 'Bound of a whole call: all attempts, and the waiting between them.' },
    attempt: { type: 'ms', default: 10_000, description: 'Bound of one attempt.' },
    retries: { type: 'number', default: 2, description: 'Attempts after the first, of calls that may be sent again.' },
    backoff: { type: 'ms', default: 200, description: 'Longest wait before the first retry; it doubles with each one.' },
    'max-backoff': { type: 'ms', default: 5_000, description: 'Longest wait between two attempts.' },
    concurrency: { type: 'number', default: 200, description: 'Calls to one service under way at once.' },
    'failure-rate': { type: 'number', default: 50, max: 99, description: 'The circuit opens when more than this share of the last attempts failed, percent.' },
    window: { type: 'number', default: 20, description: 'How many attempts are looked at for that.' },
    'half-open-after': { type: 'ms', default: 10_000, description: 'How long an open circuit rejects calls before it lets one through to try.' },
    transfer: { type: 'ms', default: 120_000, description: 'Deadline of a download or an upload.' },
    generation: { type: 'ms', default: 120_000, description: 'Deadline of the answer of a language model.' },
  },
  refusals: {
    view: 'it may run in a browser as well',
    'in-policy': 'it is behind a policy already',
    'in-transaction': 'it stands in a transaction: the policy belongs around that',
    'unsafe-retry': 'a retry around it may carry a write out twice, and a bound of each attempt would make that likelier; mend that first',
    stream: 'its reply is a stream, which a bound would cut short',
    observable: 'it gives an observable, which somebody else subscribes to, or reads through operators of their own',
    'own-limits': 'its own bound of an attempt is set elsewhere, or may be: it would cut short what the policy does',
    'waits-on-purpose': 'it waits on purpose, or listens',
    'lent-connection': 'it runs on a connection that was lent, in a pipeline or in a transaction: the policy belongs around the whole',
    callback: 'its answer goes to a callback, which no policy sees',
    'not-awaited': 'it is not awaited where it stands, and what it gives is more than a promise',
    'in-own-event': 'it runs on an event of its own client',
    'not-sure-which': 'what is called here may be something else',
    'downstream-varies': 'not every call goes to one and the same service, and one that is down must not open the circuit of the others: a deadline only',
    'slow-service': 'its answers may take minutes, and no common bound fits them',
    serverless: 'a function of a platform counts failures an instance, which means little: a deadline only',
    'seam-taken': 'something else has the place in the client where the policy would go',
    'old-version': 'this version of the library has no place for a policy',
    'no-local-edit': 'the signal cannot be handed on here, or the call is bound to its place',
    'no-import': 'nothing can be imported here: the module system is not told by what the file has',
    'no-package': 'no package.json says whose policies it shares',
    'javascript-in-typescript': 'a JavaScript file of a TypeScript package would need a module of its own',
    'name-taken': 'the name of its policy stands for another service',
    'module-taken': 'the module is there, and holds something else; name another with `module`',
    'no-manifest': 'package.json cannot be read',
    'old-library': 'the package depends on a version of the library that lacks what its policies are made of',
    'commonjs-verbatim': 'with `verbatimModuleSyntax` a CommonJS package can have no `import`, which its policies would need',
  },
  mayApply: (_text, gates, { clients }) => gates.mayCallOut(STORES.some((name) => clients.includes(name)) ? ALL_KINDS : KINDS),
  plan({ file, options }) {
    const place = modulePlace(file, isShared(options.module) ? 'src/resilience' : options.module);
    // The module itself calls for others.
    if (typeof place !== 'string' && place.path === file.path) return [];
    const facts = factsOfFile(file);
    const asked = (seam: SeamModel | undefined): boolean => seam?.client === undefined || options.clients.includes(seam.client);
    const sites = facts.policySites().filter(({ call }) => asked(call.operation.model.seam));
    const seams = facts.policySeams().filter(({ seam }) => asked(seam));
    return [...sites.map((site) => stepOf(file, site, place, options)), ...seams.map((seam) => seamStep(file, seam, place))];
  },
  news: newsOf,
  complete: ({ edits, read, options }) =>
    completePolicies({ edits, read }, {
      limits: {
        deadline: options.deadline,
        attempt: options.attempt,
        retries: options.retries,
        backoff: options.backoff,
        maxBackoff: options['max-backoff'],
        concurrency: options.concurrency,
        failureRate: options['failure-rate'],
        window: options.window,
        halfOpenAfter: options['half-open-after'],
      },
      shared: isShared(options.module) ? options.module : null,
      library: options.library as LibraryName,
    }),
});

/** What reaches callers from now on, and what is left to be done. */
function newsOf(beside: readonly string[]): readonly string[] {
  const manifests = beside.filter((path) => /(?:^|[\\/])package\.json$/.test(path)).length;
  const modules = beside.length - manifests;
  return [
    ...(modules > 0 ? ['New for callers: BrokenCircuitError, BulkheadRejectedError, AttemptTimeoutError and DeadlineExceededError may reach them.'] : []),
    ...(manifests > 0 ? [`A dependency was added to ${manifests} package.json: install it before the next build.`] : []),
    ...(modules >= MANY_MODULES ? [`${modules} packages get a module of their own; \`module=@scope/name\` lets them share one.`] : []),
  ];
}

const MANY_MODULES = 3;

/** A package, not a path below one. */
const isShared = (module: string): boolean => /^@[^/]+\/[^/]+/.test(module) || /^[a-z][\w.-]*$/.test(module);

interface Deadlines {
  readonly deadline: number;
  readonly attempt: number;
  readonly transfer: number;
  readonly generation: number;
}

function stepOf(file: SourceFile, site: PolicySite, place: ReturnType<typeof modulePlace>, options: Deadlines): PlanStep {
  const { call, node, verdict } = site;
  const refusal = (reason: string, detail: string = call.operation.name): Refusal => ({ kind: 'refusal', at: node.range[0], reason, detail });
  if (verdict.is === 'refused') return refusal(verdict.reason, verdict.detail);
  if (verdict.is === 'deadline-only') return deadlineOnly(file, site, options) ?? refusal(verdict.reason, verdict.detail);
  if (typeof place === 'string') return refusal(place);
  return wrapped(file, site, place, options) ?? refusal(canImport(file, place) ? 'no-local-edit' : 'no-import');
}

function wrapped(file: SourceFile, { call, node, whole, verdict }: PolicySite, place: ModulePlace, options: Deadlines): PlannedEdit | null {
  if (verdict.is !== 'wrap') return null;
  const { downstream, repeats, why, instead } = verdict;
  const seam = call.operation.model.seam!;
  const name = localName(file, place.specifier, downstream.name, `${downstream.name}Policy`);
  const imported = { from: place.specifier, name: downstream.name, as: name.as };
  if (!name.isThere && !canImport(file, place)) return null;
  const wrapping = wrapCall(file, call, { name: name.as, repeats, deadline: slower(call, options), whole });
  const edits = wrapping === null || instead === null ? wrapping : replaceLoop(file, instead, wrapping);
  if (edits === null) return null;
  const need: PolicyNeed = { module: place.path, language: place.language, policy: downstream.name, service: downstream.shown, outcomes: seam.outcomes!, section: seam.policies === 'unsent' ? 'store' : null, limit: limitOf(call) ?? slower(call, options) };
  return {
    kind: 'edit',
    at: node.range[0],
    edits,
    title: `put the policy \`${downstream.name}\` (${downstream.shown}) ${instead === null ? 'around' : 'in place of the loop around'} \`${call.operation.name}\`; ${repeats === 'retry' ? 'tried again' : repeats === 'once' ? 'sent once' : 'tried again where nothing was sent'}: ${why}`,
    imports: name.isThere ? [] : [imported],
    needs: [need],
  };
}

/** A client that takes the policy where it is made: all its calls go through it, wherever they stand. */
function seamStep(file: SourceFile, site: PolicySeam, place: ReturnType<typeof modulePlace>): PlanStep {
  const { node, instance, seam, verdict } = site;
  const title = instance.model.clients[instance.client]?.title ?? instance.model.title;
  const refusal = (reason: string, detail: string = title): Refusal => ({ kind: 'refusal', at: node.range[0], reason, detail });
  if (verdict.is === 'refused') return refusal(verdict.reason, verdict.detail);
  if (typeof place === 'string') return refusal(place);
  if (!canImport(file, place)) return refusal('no-import');
  const { downstream } = verdict;
  const { section } = seam.write;
  const names = [downstream.name, section].map((name) => ({ from: place.specifier, name, ...localName(file, place.specifier, name, `${name}Policy`) }));
  const edits = wrapConstruction(file, site, { policy: names[0]!.as, section: names[1]!.as });
  if (edits === null) return refusal('no-local-edit');
  const need: PolicyNeed = { module: place.path, language: place.language, policy: downstream.name, service: downstream.shown, outcomes: seam.outcomes!, section, limit: null };
  return {
    kind: 'edit',
    at: node.range[0],
    edits,
    title: `send all calls of this ${title} through the policy \`${downstream.name}\` (${downstream.shown})${besides(site).map(({ path, text }) => `, with \`${path}: ${text}\``).join('')}${site.own?.once === true ? '; it tries again by itself, and the policy does not' : ''}${seam.write.note === undefined ? '' : `; ${seam.write.note}`}`,
    imports: names.filter(({ isThere }) => !isThere).map(({ from, name, as }) => ({ from, name, as })),
    needs: [need],
  };
}

function canImport(file: SourceFile, { specifier }: ModulePlace): boolean {
  return addImports(file, [{ from: specifier, name: 'policy', as: 'policy' }]) !== null;
}

/** What takes longer than a request, as far as the call shows. */
function slower(call: PolicySite['call'], { transfer, generation }: Deadlines): number | null {
  const limits = [...(isTransfer(call) ? [transfer] : []), ...(isGeneration(call) ? [generation] : [])];
  return limits.length === 0 ? null : Math.max(...limits);
}

/** Where there is no one service, a call still wants an end. */
function deadlineOnly(file: SourceFile, { call, node, verdict }: PolicySite, options: Deadlines): PlannedEdit | null {
  const site = factsOfFile(file).unboundedSites(KINDS).find((one) => one.at === 'call' && one.node === node);
  const mend = site === undefined ? undefined : addTimeout(file, site, slower(call, options) ?? options.attempt)[0];
  return mend === undefined || verdict.is !== 'deadline-only' ? null : { kind: 'edit', at: node.range[0], edits: mend.edits, title: `${mend.title} (${verdict.reason === 'serverless' ? 'a function of a platform' : 'its service varies'}: a deadline only)` };
}
