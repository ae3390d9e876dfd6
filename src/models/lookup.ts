import { CLIENT_FILES, OBSERVER_FILES, POLICY_FILES } from './registry.js';
import type { ObserverModel } from './observer-types.js';
import type { ClientModel, ExportModel } from './types.js';
import type { PolicyModel } from './policy-types.js';
import { inRange, newestFirst } from './version-range.js';

type Model = ClientModel | PolicyModel;

interface Index {
  readonly clients: readonly ClientModel[];
  readonly policies: readonly PolicyModel[];
  readonly clientsByPackage: ReadonlyMap<string, readonly ClientModel[]>;
  readonly policiesByPackage: ReadonlyMap<string, readonly PolicyModel[]>;
  readonly clientsByGlobal: ReadonlyMap<string, readonly ClientModel[]>;
  /** Models of packages whose name is a pattern: `@aws-sdk/client-*`. */
  readonly patterns: readonly { readonly prefix: string; readonly model: ClientModel }[];
}

let index: Index | undefined;

// Made at the first question: importing the plugin must not pay for it.
function indexed(): Index {
  return (index ??= makeIndex(CLIENT_FILES.flat(), POLICY_FILES.flat()));
}

function makeIndex(clients: readonly ClientModel[], policies: readonly PolicyModel[]): Index {
  const exact = <M extends Model>(models: readonly M[]): Map<string, M[]> =>
    group(models, (model) => model.packages.filter((name) => !name.endsWith('*')));
  return {
    clients,
    policies,
    clientsByPackage: exact(clients),
    policiesByPackage: exact(policies),
    clientsByGlobal: group(clients, (model) => Object.keys(model.globals ?? {})),
    patterns: clients.flatMap((model) =>
      model.packages.filter((name) => name.endsWith('*')).map((name) => ({ prefix: name.slice(0, -1), model })),
    ),
  };
}

function group<M>(models: readonly M[], keysOf: (model: M) => readonly string[]): Map<string, M[]> {
  const groups = new Map<string, M[]>();
  for (const model of models) {
    for (const key of keysOf(model)) {
      const found = groups.get(key);
      if (found === undefined) groups.set(key, [model]);
      else found.push(model);
    }
  }
  return groups;
}

/** Models of a package, all versions. A model that names the package wins over one that matches it by pattern. */
export function modelsForPackage(name: string): readonly ClientModel[] {
  const { clientsByPackage, patterns } = indexed();
  return clientsByPackage.get(name) ?? patterns.filter(({ prefix }) => name.startsWith(prefix)).map(({ model }) => model);
}

export function policiesForPackage(name: string): readonly PolicyModel[] {
  return indexed().policiesByPackage.get(name) ?? [];
}

/** Models of a global name such as `fetch`. */
export function globalModels(name: string): readonly ClientModel[] {
  return indexed().clientsByGlobal.get(name) ?? [];
}

export function allModels(): { readonly clients: readonly ClientModel[]; readonly policies: readonly PolicyModel[] } {
  const { clients, policies } = indexed();
  return { clients, policies };
}

let observers: { readonly all: readonly ObserverModel[]; readonly byPackage: ReadonlyMap<string, ObserverModel>; readonly words: ReadonlySet<string> } | undefined;

function observersIndexed(): NonNullable<typeof observers> {
  if (observers !== undefined) return observers;
  const all = OBSERVER_FILES.flat();
  const words = all.flatMap((model) => [
    ...Object.values(model.observers).flatMap((shape) => Object.keys(shape.methods)),
    ...Object.entries(model.exports).flatMap(([path, item]) => (item.is === 'act' ? [path.split('.').at(-1)!] : [])),
  ]);
  return (observers = { all, byPackage: new Map(all.flatMap((model) => model.packages.map((name) => [name, model] as const))), words: new Set(words) });
}

/** The loggers and telemetry clients that are known. */
export function observerModels(): readonly ObserverModel[] {
  return observersIndexed().all;
}

/** The model of a logging or telemetry package. */
export function observerOfPackage(name: string): ObserverModel | null {
  return observersIndexed().byPackage.get(name) ?? null;
}

/** Is this the name of a method by which some observer logs or reports? Most calls have none. */
export function mayObserve(method: string): boolean {
  return observersIndexed().words.has(method);
}

/** Does a shipped model, client or policy, know this package? */
export function isModelled(name: string): boolean {
  return modelsForPackage(name).length > 0 || policiesForPackage(name).length > 0;
}

/**
 * The model that holds for an installed version. Where no version is known, or none of the ranges
 * has it, the newest serves; `coversVersion` tells the two apart.
 * @param models models of one package, at least one
 */
export function selectVersion<M extends Model>(models: readonly M[], installed: string | null): M {
  if (models.length === 1) return models[0]!;
  const fitting = installed === null ? undefined : models.find((model) => coversVersion(model, installed));
  return fitting ?? newestFirst(models)[0]!;
}

export function coversVersion(model: Model, installed: string): boolean {
  return model.versions === undefined || inRange(installed, model.versions);
}

/**
 * Looks a dotted path up among entries whose keys may be patterns. An exact key wins; of several
 * patterns the one with the most fixed text, and of these the one with the fewest wildcards.
 */
export function findByPath<Entry>(entries: Readonly<Record<string, Entry>>, path: string): Entry | undefined {
  if (Object.hasOwn(entries, path)) return entries[path];
  let best: string | undefined;
  for (const pattern of Object.keys(entries)) {
    if (!pattern.includes('*') || !matchesPath(pattern, path)) continue;
    if (best === undefined || isMoreExact(pattern, best)) best = pattern;
  }
  return best === undefined ? undefined : entries[best];
}

function isMoreExact(pattern: string, other: string): boolean {
  const fixed = (text: string): number => text.replace(/\*/g, '').length;
  const wild = (text: string): number => text.length - fixed(text);
  return fixed(pattern) - fixed(other) > 0 || (fixed(pattern) === fixed(other) && wild(pattern) < wild(other));
}

/** All its limits hold by themselves: no option of a call or a client bounds anything. */
export function nothingSets({ bounds, signal }: ClientModel): boolean {
  return bounds.length > 0 && signal === undefined && bounds.every(({ fixed }) => fixed === true);
}

/** `*` stands for one name or a part of one, `**` for one name or more. */
export function matchesPath(pattern: string, path: string): boolean {
  return matchSteps(pattern.split('.'), path.split('.'));
}

function matchSteps(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  const [name, ...below] = path;
  if (name === undefined) return false;
  if (first === '**') return matchSteps(rest, below) || matchSteps(pattern, below);
  return matchesName(first, name) && matchSteps(rest, below);
}

function matchesName(pattern: string, name: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === name;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (after.includes('*')) {
    return name.startsWith(before) && [...name.slice(before.length), ''].some((_, i) => matchesName(after, name.slice(before.length + i)));
  }
  // `Get*Command` is not `GetCommand`: the star stands for something.
  return name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

/**
 * What a path of exports is. `default` may be missing or too many: CommonJS hands out one object as
 * the namespace and as the default, and bundlers wrap it once more.
 */
export function findExport(model: ClientModel, path: string): ExportModel | undefined {
  const bare = path.replace(/^(?:default(?:\.|$))+/, '');
  const names = [path, bare, bare === '' ? 'default' : `default.${bare}`];
  for (const name of names) {
    if (Object.hasOwn(model.exports, name)) return model.exports[name];
  }
  return bare === '' ? undefined : findByPath(model.exports, bare);
}

/** Behind a quote: is it that of an import? `scheme === 'http'` names no module. */
const AFTER_IMPORT = '(?<=(?:\\b(?:from|import)|\\b(?:require|import)\\s*(?:<[^()\\n]*>)?\\()\\s*(?:/\\*[^*]*\\*/\\s*)?["\'`])';

/**
 * A text prefilter: matches every text that could use one of these models, by the name of a package
 * (or a path below it) that is imported, or a global as an identifier. Make it once; it is not cheap to build.
 */
export function interestingWords(models: readonly Model[]): RegExp {
  const packages = new Set<string>();
  const globals = new Set<string>();
  for (const model of models) {
    for (const name of model.packages) packages.add(name.endsWith('*') ? `${escapeRegExp(name.slice(0, -1))}[^"'\`]+` : escapeRegExp(name));
    if (!('globals' in model)) continue;
    for (const [name, found] of Object.entries(model.globals ?? {})) {
      // `new Request(…)` alone sends nothing.
      if (found.is !== 'options') globals.add(escapeRegExp(name));
    }
  }
  const alternatives: string[] = [];
  // The quote first, which is quicker to find than what has to stand before it.
  if (packages.size > 0) alternatives.push(`["'\`]${AFTER_IMPORT}(?:${[...packages].sort().join('|')})(?:/[^"'\`]*)?["'\`]`);
  // Called, or handed on as a value; `fetch the order` in a comment is neither.
  if (globals.size > 0) alternatives.push(`(?<![\\w$])(?:${[...globals].sort().join('|')})(?=\\s*(?:[(,;)\\]}?<]|\\.bind\\b|\\n|$))`);
  // With nothing to look for, nothing is interesting.
  return new RegExp(alternatives.length > 0 ? alternatives.join('|') : '(?!)');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
