import type { BoundModel, ClientModel, EmptyResult } from '../models/types.js';
import { allModels, coversVersion } from '../models/lookup.js';
import type { ModelSet } from '../models/model-set.js';
import type { PolicyModel } from '../models/policy-types.js';
import { newestFirst } from '../models/version-range.js';
import { defaultBound, type DefaultBound } from './default-bound.js';
import { installedVersion, type InstalledPackage } from './installed-version.js';
import { mendLines, type MendLine } from './mend-lines.js';
import { nearestNames } from './nearest-names.js';
import { UsageError } from './usage-error.js';

/** What is known of a package: what `explain <package> --format json` prints. */
export interface PackageExplanation {
  readonly schemaVersion: 1;
  readonly package: string;
  /** As asked for; `null`: every version. */
  readonly version: string | null;
  /** What is installed for the working directory; not looked for where a version is asked for. */
  readonly installed: InstalledPackage | null;
  /** The model of the installed version first, else that of the newest. */
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
  /** It is the model of the installed version. */
  readonly isInstalled: boolean;
  /** What holds when nobody sets a bound, and after how long it ends the wait, ms. */
  readonly byDefault: { readonly is: DefaultBound; readonly ms: number | null };
  /** How a bound is written, as code. */
  readonly mendLines: readonly MendLine[];
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
  readonly seam: NonNullable<ClientModel['seam']> | null;
  readonly edits: NonNullable<ClientModel['edits']>;
  readonly repeat: NonNullable<ClientModel['repeat']> | null;
  readonly lends: NonNullable<ClientModel['lends']>;
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
 * @param directory where an installed version is looked for, where none is asked for
 * @throws UsageError for a version that is none
 */
export async function explainPackage(target: string, models: ModelSet, directory: string): Promise<PackageExplanation> {
  const { name, version } = parsePackageTarget(target);
  const { intersects, validRange, minVersion } = (await import('semver')).default;
  if (version !== null && validRange(version) === null) throw new UsageError(`${target}: ${version} is no version. Write one as in ${name}@1.2.3, or a range as in ${name}@1.`);
  const asked = ({ versions }: { readonly versions?: string }): boolean => version === null || versions === undefined || intersects(version, versions, { includePrerelease: true });
  const installed = version === null ? installedVersion(directory, name) : null;
  // Of a range, its beginning: what holds there holds for most of it.
  const chosen = installed?.version ?? (version === null ? null : (minVersion(version)?.version ?? null));
  const clients = ordered([...new Set([...models.clients(name), ...models.global(name)])].filter(asked), installed);
  const policies = ordered(models.policies(name).filter(asked), installed);
  const nothing = clients.length === 0 && policies.length === 0;
  const knowledge = (model: ClientModel): ClientKnowledge => {
    const isInstalled = installed !== null && coversVersion(model, installed.version);
    return knowledgeOf(model, name, chosen !== null && coversVersion(model, chosen) ? chosen : null, isInstalled);
  };
  return { schemaVersion: 1, package: name, version, installed: nothing ? null : installed, clients: clients.map(knowledge), policies, nearest: nothing ? nearestNames(name, namesOf(models)) : [] };
}

/** The one of the installed version first, then the newest. */
function ordered<M extends ClientModel | PolicyModel>(found: readonly M[], installed: InstalledPackage | null): readonly M[] {
  const first = installed === null ? undefined : found.find((model) => coversVersion(model, installed.version));
  const rest = newestFirst(found.filter((model) => model !== first));
  return first === undefined ? rest : [first, ...rest];
}

function namesOf({ user }: ModelSet): string[] {
  const { clients, policies } = allModels();
  return [...[...user.clients, ...clients].flatMap((model) => [...model.packages, ...Object.keys(model.globals ?? {})]), ...[...user.policies, ...policies].flatMap((model) => model.packages)];
}

function knowledgeOf(model: ClientModel, name: string, version: string | null, isInstalled: boolean): ClientKnowledge {
  const byDefault = defaultBound(model, version);
  return {
    id: model.id,
    title: model.title,
    kind: model.kind,
    packages: model.packages,
    versions: model.versions ?? null,
    checked: model.checked,
    verified: model.verified,
    isInstalled,
    byDefault,
    mendLines: mendLines(model, name, version),
    clients: Object.entries(model.clients).map(([name, shape]) => ({ name, title: shape.title, perCall: shape.perCall, operations: Object.keys(shape.operations) })),
    bounds: model.bounds,
    unboundedByDefault: byDefault.is === 'unbounded' || byDefault.is === 'unmendable',
    unbounded: model.unbounded,
    mend: model.mend,
    unmendable: model.unmendable === true,
    signal: model.signal ?? null,
    retry: model.retry ?? null,
    pool: model.pool ?? [],
    seam: model.seam ?? null,
    edits: model.edits ?? [],
    repeat: model.repeat ?? null,
    lends: model.lends ?? [],
    errors: model.errors ?? null,
    mutators: model.mutators ?? [],
    empty: emptyResults(model),
    sources: model.sources,
  };
}

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
