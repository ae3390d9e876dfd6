import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { memberOfFile } from '../project/member.js';
import { workspaceRootOf, workspaceRootOfFile } from '../project/workspace.js';
import { fromRoot } from './find-files.js';
import { count } from './render/words.js';
import { UsageError } from './usage-error.js';

/** One of several runs that share the packages of a workspace. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** What of a workspace belongs to one shard. */
export interface Share extends Shard {
  readonly packages: number;
  readonly allPackages: number;
  /** Digest of which package is in which shard: runs that differ in it saw different files. */
  readonly split: string;
}

/**
 * Reads `--shard`.
 * @returns `null` where one run does everything
 * @throws UsageError with the form that is wanted
 */
export function parseShard(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const [, index, of] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).map(Number);
  if (index === undefined || of === undefined || index > of) throw new UsageError(`--shard ${text}: write i/n with i from 1 to n: --shard 1/2 and --shard 2/2.`);
  return of === 1 ? null : { index, of };
}

/**
 * Divides files by package, so that all shards have about as many bytes to judge: the heaviest package first, to the
 * shard that has least. The same files give the same division everywhere.
 * @param judged the files that weigh
 * @param beside others, which are counted by the shard of their package
 */
export function takeShare(shard: Shard, root: string, judged: readonly string[], beside: readonly string[]): { readonly share: Share; readonly has: (path: string) => boolean } {
  const bytes = new Map<string, number>();
  const homes = new Map<string, string>();
  const homeOf = (path: string): string => {
    const folder = dirname(path);
    let home = homes.get(folder);
    if (home === undefined) homes.set(folder, (home = memberOfFile(path)?.directory ?? workspaceRootOfFile(path)));
    return home;
  };
  for (const path of judged) bytes.set(homeOf(path), (bytes.get(homeOf(path)) ?? 0) + (statSync(path, { throwIfNoEntry: false })?.size ?? 0));
  for (const path of beside) if (!bytes.has(homeOf(path))) bytes.set(homeOf(path), 0);

  const workspace = workspaceRootOf(root);
  const packages = [...bytes].map(([directory, size]) => ({ directory, name: fromRoot(workspace, directory), weight: weightOf(size) }));
  packages.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
  const loads = new Array<number>(shard.of).fill(0);
  const shardOf = new Map<string, number>();
  for (const { directory, weight } of packages) {
    const lightest = loads.indexOf(Math.min(...loads));
    loads[lightest]! += weight;
    shardOf.set(directory, lightest + 1);
  }
  const own = packages.filter(({ directory }) => shardOf.get(directory) === shard.index).length;
  const division = packages.map(({ directory, name }) => `${name}\0${shardOf.get(directory)}`).sort();
  return {
    share: { ...shard, packages: own, allPackages: packages.length, split: createHash('sha256').update(division.join('\n')).digest('hex').slice(0, 16) },
    has: (path) => shardOf.get(homeOf(path)) === shard.index,
  };
}

/** In steps of a fifth: a file that grows a little moves no package to another shard. */
const weightOf = (bytes: number): number => 2 ** (Math.round(4 * Math.log2(bytes + 1)) / 4);

/** `Shard 2 of 3: 67 of 200 packages.` */
export function shardLine({ index, of, packages, allPackages }: Omit<Share, 'split'>): string {
  const which = `Shard ${index} of ${of}`;
  return packages === 0 ? `${which} has nothing to do: ${count(allPackages, 'package')} for ${of} shards.` : `${which}: ${packages} of ${count(allPackages, 'package')}.`;
}
