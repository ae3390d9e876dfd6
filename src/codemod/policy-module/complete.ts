import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isWithinRange } from '../../models/version-range.js';
import { packageOfFile } from '../../project/workspace.js';
import { enginesOf } from '../../facts/node-range.js';
import type { Need, PackageFiles, PackageInput } from '../define-codemod.js';
import { withDependency } from './dependency.js';
import { extendedModule, newModule, serviceIn, type StartingLimits, type WantedPolicy } from './module-text.js';
import type { ModuleLanguage } from './place.js';

/** What an edit asks of its package: a policy in a module. */
export interface PolicyNeed extends Need {
  /** Absolute path of the module. */
  readonly module: string;
  readonly language: ModuleLanguage;
  readonly policy: string;
  readonly service: string;
  readonly outcomes: WantedPolicy['outcomes'];
  readonly section: WantedPolicy['section'];
}

export interface CompleteOptions {
  readonly limits: StartingLimits;
  /** A module of another package that has the machinery; `null`: each package has its own. */
  readonly shared: string | null;
}

/** The module of policies that the edits of a package import, and the dependency on the library it is made on. */
export async function completePolicies({ edits, read }: Pick<PackageInput, 'edits' | 'read'>, { limits, shared }: CompleteOptions): Promise<PackageFiles> {
  const needs = edits.flatMap((edit) => edit.needs as readonly PolicyNeed[]);
  const refused = new Map<Need, { reason: string; detail: string }>();
  const files: { path: string; after: string }[] = [];
  for (const path of [...new Set(needs.map(({ module }) => module))].sort()) {
    const own = needs.filter(({ module }) => module === path);
    const before = await read(path);
    const granted = grantNames(own, before, refused);
    if (granted.length === 0) continue;
    const { language } = own[0]!;
    const after = before === null ? newModule({ language, limits, policies: granted, ...(shared === null ? {} : { from: shared }) }) : extendedModule(before, granted, language);
    if (after === null) {
      for (const need of own) refused.set(need, { reason: 'module-taken', detail: path });
      continue;
    }
    files.push({ path, after });
    if (shared === null) files.push(...(await manifestFor(path, read, own, refused)));
  }
  return { files, refused, libraries: shared === null ? { [LIBRARY]: copyOf(LIBRARY) } : {} };
}

const LIBRARY = 'cockatiel';

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

/** The package.json of a module with the dependency, where it has none. */
async function manifestFor(module: string, read: PackageInput['read'], needs: readonly PolicyNeed[], refused: Map<Need, { reason: string; detail: string }>): Promise<readonly { path: string; after: string }[]> {
  const manifest = packageOfFile(module);
  const path = manifest === null ? null : join(manifest.directory, 'package.json');
  const before = path === null ? null : await read(path);
  if (path === null || before === null) return [];
  const runsOn = enginesOf(module);
  const after = withDependency(before, { name: LIBRARY, range: runsOn !== null && isWithinRange(runsOn, '>=22') ? '^4.0.0' : '^3.2.1' });
  if (after === null) for (const need of needs) refused.set(need, { reason: 'no-manifest', detail: path });
  return after === null || after === before ? [] : [{ path, after }];
}

/** The folder of the copy that comes with this package: its types stand in for a library that is not installed yet. */
function copyOf(library: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${library}/package.json`));
}
