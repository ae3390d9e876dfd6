import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inRange, isWithinRange, oldestIn } from '../../models/version-range.js';
import { installedVersion } from '../../project/versions.js';
import { packageOfFile } from '../../project/workspace.js';
import { enginesOf } from '../../facts/node-range.js';
import type { Need, PackageFiles, PackageInput } from '../define-codemod.js';
import { rangeIn, withDependency, type Dependency } from './dependency.js';
import { LIBRARIES, type LibraryName, type PolicyLibrary } from './libraries.js';
import { extendedModule, newModule, serviceIn, type StartingLimits, type WantedPolicy } from './module-text.js';
import { lacksInterop, type ModuleLanguage } from './place.js';

/** What an edit asks of its package: a policy in a module. */
export interface PolicyNeed extends Need {
  /** Absolute path of the module. */
  readonly module: string;
  readonly language: ModuleLanguage;
  readonly policy: string;
  readonly service: string;
  readonly outcomes: WantedPolicy['outcomes'];
  readonly section: WantedPolicy['section'];
  /** The limit of the call, ms; `null`: that of the policy. */
  readonly limit: number | null;
}

export interface CompleteOptions {
  readonly limits: StartingLimits;
  /** A module of another package that has the machinery; `null`: each package has its own. */
  readonly shared: string | null;
  /** What new modules are made on; absent: cockatiel. */
  readonly library?: LibraryName;
}

/** The module of policies that the edits of a package import, and the dependency on the library it is made on. */
export async function completePolicies({ edits, read }: Pick<PackageInput, 'edits' | 'read'>, { limits, shared, library = 'cockatiel' }: CompleteOptions): Promise<PackageFiles> {
  const needs = edits.flatMap((edit) => edit.needs as readonly PolicyNeed[]);
  const refused = new Map<Need, { reason: string; detail: string }>();
  const files: { path: string; after: string }[] = [];
  const libraries: Record<string, string> = {};
  for (const path of [...new Set(needs.map(({ module }) => module))].sort()) {
    const own = needs.filter(({ module }) => module === path);
    const before = await read(path);
    const granted = grantNames(own, before, refused).map((one) => ({ ...one, ...attemptOf(one, own, limits.attempt) }));
    if (granted.length === 0) continue;
    const { language } = own[0]!;
    const after = before === null ? newModule({ language, limits, policies: granted, library, withoutInterop: language === 'typescript' && lacksInterop(path), ...(shared === null ? {} : { from: shared }) }) : extendedModule(before, granted, language);
    if (after === null) {
      for (const need of own) refused.set(need, { reason: 'module-taken', detail: path });
      continue;
    }
    const madeOn = shared !== null ? null : before === null ? library : libraryIn(before);
    const manifests = madeOn === null ? [] : await manifestFor(path, read, LIBRARIES[madeOn], dependenciesOf(madeOn, path, language));
    if ('reason' in manifests) for (const need of own) refused.set(need, manifests);
    else files.push({ path, after }, ...manifests);
    if (madeOn !== null) libraries[madeOn] = copyOf(LIBRARIES[madeOn].typed);
  }
  return { files, refused, libraries };
}

/** A name stands for one service: the first that asks for it, or the one it stands for in the module. */
function grantNames(needs: readonly PolicyNeed[], module: string | null, refused: Map<Need, { reason: string; detail: string }>): readonly WantedPolicy[] {
  const granted = new Map<string, WantedPolicy>();
  for (const need of [...needs].sort((a, b) => (a.policy < b.policy ? -1 : a.policy > b.policy ? 1 : a.service < b.service ? -1 : 1))) {
    const { policy: name, service, outcomes, section } = need;
    const taken = [...granted.values()].find((one) => one.name === name)?.service ?? (module === null ? undefined : serviceIn(module, name)) ?? service;
    if (taken === service) granted.set(`${name} ${section ?? ''}`, { name, service, outcomes, section });
    else refused.set(need, { reason: 'name-taken', detail: `\`${name}\` stands for ${taken}, not for ${service}` });
  }
  return [...granted.values()];
}

/** All calls to a service have limits of their own: the longest is what an attempt may take there. */
function attemptOf({ name, section }: WantedPolicy, needs: readonly PolicyNeed[], usual: number): { readonly attempt?: number } {
  const limits = needs.filter(({ policy }) => policy === name).map(({ limit }) => limit ?? Infinity);
  const longest = Math.max(...limits);
  return section === null && longest < usual ? { attempt: longest } : {};
}

/** What a module that is there is made on: it may not be what is asked for now. */
function libraryIn(module: string): LibraryName | null {
  return (Object.keys(LIBRARIES) as LibraryName[]).find((name) => new RegExp(`\\b(?:from|require\\()\\s*['"]${name}['"]`).test(module)) ?? null;
}

function dependenciesOf(name: LibraryName, module: string, language: ModuleLanguage): readonly [Dependency, ...Dependency[]] {
  const library = LIBRARIES[name];
  const runsOn = enginesOf(module);
  const from22 = runsOn !== null && isWithinRange(runsOn, '>=22');
  const isModule = language !== 'commonjs' && packageOfFile(module)?.json['type'] === 'module';
  const types = language === 'typescript' ? Object.entries(library.types) : [];
  return [{ name, range: library.range({ from22, isModule }) }, ...types.map(([type, range]) => ({ name: type, range, isForTypes: true }))];
}

type Manifests = readonly { path: string; after: string }[] | { readonly reason: string; readonly detail: string };

/** The package.json of a module with what it depends on, where it lacks some; or why that cannot be. */
async function manifestFor(module: string, read: PackageInput['read'], { versions }: PolicyLibrary, wanted: readonly [Dependency, ...Dependency[]]): Promise<Manifests> {
  const manifest = packageOfFile(module);
  const path = manifest === null ? null : join(manifest.directory, 'package.json');
  const before = path === null ? null : await read(path);
  if (path === null || before === null) return [];
  const [{ name }] = wanted;
  const declared = rangeIn(before, name);
  const version = declared === null ? null : (installedVersion(module, name) ?? oldestIn(declared));
  if (version !== null && !inRange(version, versions)) return { reason: 'old-library', detail: `${name} ${version}; ${versions.slice(2)} is needed` };
  let after: string | null = before;
  for (const one of wanted) after = after === null ? null : withDependency(after, one);
  if (after === null) return { reason: 'no-manifest', detail: path };
  return after === before ? [] : [{ path, after }];
}

/** The folder of the copy that comes with this package: its types stand in for a library that is not installed yet. */
function copyOf(library: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${library}/package.json`));
}
