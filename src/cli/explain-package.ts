import type { BoundModel, ClientModel, EmptyResult } from '../models/types.js';
import type { PolicyModel } from '../models/policy-types.js';
import { UsageError } from './usage-error.js';
import { nearestNames } from './nearest-names.js';

/** All library knowledge in force, whatever the package. */
export interface ModelCatalog {
  readonly clients: readonly ClientModel[];
  readonly policies: readonly PolicyModel[];
}

/** What is known of a package: what `explain <package> --format json` prints. */
export interface PackageExplanation {
  readonly schemaVersion: 1;
  readonly package: string;
  /** As asked for; `null`: every version. */
  readonly version: string | null;
  readonly clients: readonly ClientKnowledge[];
  readonly policies: readonly PolicyModel[];
  /** Names of known packages near this one, when nothing is known of it. */
  readonly nearest: readonly string[];
}

export interface ClientKnowledge {
  readonly id: string;
  readonly title: string;
  readonly kind: ClientModel['kind'];
  readonly packages: readonly string[];
  readonly versions: string | null;
  readonly checked: readonly string[];
  readonly verified: ClientModel['verified'];
  readonly clients: readonly { readonly name: string; readonly title: string; readonly perCall: boolean; readonly operations: readonly string[] }[];
  readonly bounds: readonly BoundModel[];
  /** No bound that ends the wait for a reply holds when nobody sets one. */
  readonly unboundedByDefault: boolean;
  /** What happens on a silent server then. */
  readonly unbounded: string;
  readonly mend: string;
  readonly unmendable: boolean;
  readonly signal: NonNullable<ClientModel['signal']> | null;
  readonly retry: NonNullable<ClientModel['retry']> | null;
  readonly pool: NonNullable<ClientModel['pool']>;
  readonly errors: NonNullable<ClientModel['errors']> | null;
  readonly mutators: NonNullable<ClientModel['mutators']>;
  /** Operations that answer with something empty when the thing is missing. */
  readonly empty: readonly (EmptyResult & { readonly operation: string })[];
  readonly sources: ClientModel['sources'];
}

/** `@scope/name@1.2.3` -> the name and the version. */
export function parsePackageTarget(target: string): { name: string; version: string | null } {
  const at = target.indexOf('@', 1);
  return at === -1 ? { name: target, version: null } : { name: target.slice(0, at), version: target.slice(at + 1) };
}

/**
 * Collects what the models say of a package or of a global such as `fetch`.
 * @throws UsageError for a version that is none
 */
export async function explainPackage(target: string, catalog: ModelCatalog): Promise<PackageExplanation> {
  const { name, version } = parsePackageTarget(target);
  const { intersects, validRange } = (await import('semver')).default;
  if (version !== null && validRange(version) === null) throw new UsageError(`${target}: ${version} is no version. Write one as in ${name}@1.2.3, or a range as in ${name}@1.`);
  const holds = (model: { readonly packages: readonly string[]; readonly versions?: string }): boolean =>
    model.packages.some((entry) => covers(entry, name)) && (version === null || model.versions === undefined || intersects(version, model.versions, { includePrerelease: true }));
  const clients = catalog.clients.filter((model) => holds(model) || (model.globals !== undefined && Object.hasOwn(model.globals, name)));
  const policies = catalog.policies.filter(holds);
  const nothing = clients.length === 0 && policies.length === 0;
  return {
    schemaVersion: 1,
    package: name,
    version,
    clients: clients.map(knowledgeOf),
    policies,
    nearest: nothing ? nearestNames(name, namesOf(catalog)) : [],
  };
}

const covers = (entry: string, name: string): boolean => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : entry === name);

function namesOf({ clients, policies }: ModelCatalog): string[] {
  return [...clients.flatMap((model) => [...model.packages, ...Object.keys(model.globals ?? {})]), ...policies.flatMap((model) => model.packages)];
}

function knowledgeOf(model: ClientModel): ClientKnowledge {
  return {
    id: model.id,
    title: model.title,
    kind: model.kind,
    packages: model.packages,
    versions: model.versions ?? null,
    checked: model.checked,
    verified: model.verified,
    clients: Object.entries(model.clients).map(([name, shape]) => ({ name, title: shape.title, perCall: shape.perCall, operations: Object.keys(shape.operations) })),
    bounds: model.bounds,
    unboundedByDefault: !model.bounds.some((bound) => bound.default !== null && bound.rejects !== false && !NOT_THE_REPLY.has(bound.covers)),
    unbounded: model.unbounded,
    mend: model.mend,
    unmendable: model.unmendable === true,
    signal: model.signal ?? null,
    retry: model.retry ?? null,
    pool: model.pool ?? [],
    errors: model.errors ?? null,
    mutators: model.mutators ?? [],
    empty: emptyResults(model),
    sources: model.sources,
  };
}

const NOT_THE_REPLY: ReadonlySet<BoundModel['covers']> = new Set(['queue', 'connect']);

function emptyResults(model: ClientModel): ClientKnowledge['empty'] {
  const results: (EmptyResult & { operation: string })[] = [];
  for (const [client, shape] of Object.entries(model.clients)) {
    if (shape.awaited?.empty !== undefined) results.push({ operation: client, ...shape.awaited.empty });
    for (const [name, operation] of Object.entries(shape.operations)) {
      if (operation.empty !== undefined) results.push({ operation: name === '' ? client : `${client}.${name}`, ...operation.empty });
      for (const [command, { empty }] of Object.entries(operation.byCommand?.commands ?? {})) {
        if (empty !== undefined) results.push({ operation: command, ...empty });
      }
    }
  }
  return results;
}
