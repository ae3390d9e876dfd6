import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { globalModels, isModelled } from '../../../src/models/lookup.js';
// @ts-expect-error: the laboratory is plain JavaScript
import { claims, experimentFiles, faultsOf, refused, results } from './lib/files.mjs';
// @ts-expect-error: the laboratory is plain JavaScript
import { standings } from './lib/standing.mjs';

interface Claim {
  readonly id: string;
  readonly record: string;
}
interface Result {
  readonly record: string;
  readonly experiment: string;
  readonly ran: string;
  readonly ok: boolean;
  readonly sha: string;
}
interface ExperimentFile {
  readonly record: string;
  readonly sha: string;
  readonly runs: readonly Record<string, string>[];
  readonly experiments: readonly { readonly name: string; readonly runs?: readonly Record<string, string>[] }[];
}

const frozen = claims() as { records: { record: string; packages: string[] }[]; claims: Claim[] };
const files = (await experimentFiles()) as ExperimentFile[];
const ran = results() as Result[];
const reasons = refused() as Record<string, string>;
/** `mysql2/promise` is a module of mysql2. */
const packageOf = (name: string): string => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
const label = (versions: Record<string, string>): string => Object.entries(versions).map((entry) => entry.join('@')).join(' ') || 'node';

describe('the frozen rows', () => {
  it('are what they were before anything was tried', () => {
    expect(frozen.records).toHaveLength(73);
    expect(new Set(frozen.claims.map(({ id }) => id)).size).toBe(271);
    const text = readFileSync(new URL('claims.json', import.meta.url));
    expect(createHash('sha256').update(text).digest('hex')).toBe('6d85927e3eb1005f7febd5d1d7a2eddc613e54535e6cd2c8a7c9658dfe64cd68');
  });

  it('are proved to six tenths and more', () => {
    const rows = standings(frozen, files, ran) as { standing: string }[];
    const run = rows.filter(({ standing }) => standing === 'proved' || standing === 'corrected').length;
    expect(run / rows.length).toBeGreaterThanOrEqual(0.6);
  });
});

describe('every package of the records', () => {
  it.each(frozen.records.map(({ record, packages }) => [record, packages] as const))('%s is modelled, or refused with a reason', (_, packages) => {
    for (const name of packages) {
      const known = isModelled(packageOf(name)) || globalModels(name).length > 0;
      expect(known, name).toBe(reasons[name] === undefined);
    }
  });

  it('that is refused has a reason that tells something', () => {
    const all = new Set(frozen.records.flatMap(({ packages }) => packages));
    for (const [name, reason] of Object.entries(reasons)) {
      expect(all, name).toContain(name);
      expect(reason.split(' ').length, name).toBeGreaterThan(4);
    }
  });
});

describe.each(files.map((file) => [file.record, file] as const))('experiments of %s', (record, file) => {
  it('are as they should be', () => expect(faultsOf(file, frozen)).toEqual([]));

  it('were run as they stand, with all versions, and hold', () => {
    const own = ran.filter((result) => result.record === record);
    const expected = file.experiments.flatMap((experiment) => (experiment.runs ?? file.runs).map((versions) => `${experiment.name} ${label(versions)}`));
    expect(own.map((result) => `${result.experiment} ${result.ran.replace(/^node@.*/, 'node')}`).sort()).toEqual(expected.sort());
    for (const result of own) {
      expect(result.ok, `${result.experiment} ${result.ran}`).toBe(true);
      expect(result.sha, `${result.experiment}: \`npm run models:proof -- --only ${record}\` after a change`).toBe(file.sha);
    }
  });
});
