import { isDeepStrictEqual } from 'node:util';
import type { ShardStamp } from '../shard-stamp.js';
import { UsageError } from '../usage-error.js';

/** What has to agree between reports that are joined. */
export interface Stamped {
  /** As it was given, for messages. */
  readonly file: string;
  readonly version: string;
  readonly shard: ShardStamp | null;
}

/**
 * Are these all the shards of one run, or reports of which none is a shard?
 * @param own version of the program that joins them
 * @throws UsageError with what is missing or does not fit
 */
export function requireWhole(reports: readonly Stamped[], own: string): void {
  const [first, ...others] = reports;
  for (const { file, version } of reports) {
    if (version !== first!.version) throw new UsageError(`${first!.file} was made by version ${first!.version} of eslint-plugin-resilience and ${file} by ${version}: run all with one version.`);
  }
  if (first!.version !== own) throw new UsageError(`${first!.file} was made by version ${first!.version} of eslint-plugin-resilience, and this is ${own}: merge with the version that checked.`);
  const shards = reports.flatMap(({ file, shard }) => (shard === null ? [] : [{ file, shard }]));
  if (shards.length === 0) return;
  const whole = reports.find(({ shard }) => shard === null);
  if (whole !== undefined) throw new UsageError(`${whole.file} is no shard, and ${shards[0]!.file} is one: merge shards with shards.`);
  requireAlike(shards);
  requireAll(shards, others.length + 1);
}

interface Named {
  readonly file: string;
  readonly shard: ShardStamp;
}

function requireAlike(shards: readonly Named[]): void {
  const [{ file: firstFile, shard: first }, ...others] = shards as [Named, ...Named[]];
  for (const { file, shard } of others) {
    if (shard.of !== first.of) throw new UsageError(`${firstFile} is shard ${first.index}/${first.of} and ${file} is shard ${shard.index}/${shard.of}: they are of different runs.`);
    if (first.commit !== null && shard.commit !== null && shard.commit !== first.commit) {
      throw new UsageError(`${firstFile} is of commit ${first.commit.slice(0, 12)} and ${file} of ${shard.commit.slice(0, 12)}: check one commit in all shards.`);
    }
    for (const name of new Set([...Object.keys(first.options), ...Object.keys(shard.options)])) {
      if (isDeepStrictEqual(first.options[name], shard.options[name])) continue;
      throw new UsageError(`${firstFile} was made with ${flagOf(name, first.options[name])} and ${file} with ${flagOf(name, shard.options[name])}: give all shards the same options.`);
    }
    if (shard.split !== first.split) throw new UsageError(`${firstFile} and ${file} divide the workspace differently: the shards did not see the same files. Check one state of it in all.`);
  }
}

function requireAll(shards: readonly Named[], given: number): void {
  const { of } = shards[0]!.shard;
  const byIndex = new Map<number, string>();
  for (const { file, shard } of shards) {
    const known = byIndex.get(shard.index);
    if (known !== undefined) throw new UsageError(`${known} and ${file} are both shard ${shard.index}/${of}: give each once.`);
    byIndex.set(shard.index, file);
  }
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0) throw new UsageError(`${given} of ${of} shards given: ${missing.map((index) => `${index}/${of}`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`);
}

/** `sinceLines`, true -> `--since-lines`. */
function flagOf(name: string, value: unknown): string {
  if (name === 'paths') return Array.isArray(value) && value.length > 0 ? `the paths ${value.join(' ')}` : 'no paths';
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (value === undefined) return `no --${flag}`;
  if (value === false) return `--no-${flag}`;
  return value === true ? `--${flag}` : `--${flag} ${Array.isArray(value) ? value.join(' ') : String(value)}`;
}
