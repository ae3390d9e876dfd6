import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.js';
import type { FailureMap } from '../../src/map/types.js';
import { forgetDisk } from '../../src/project/disk.js';
import { fakeHost, tempProject, writeFiles } from './fixture.js';

const manifest = JSON.stringify({ name: 'orders', private: true, type: 'module', engines: { node: '>=20' }, dependencies: { pg: '^8.0.0' } });
const bare = "export const load = () => fetch('https://api.acme.com/orders');\n";
const bounded = "export const load = () => fetch('https://api.acme.com/orders', { signal: AbortSignal.timeout(1000) });\n";
const baseline = 'map-baseline.json';

async function map(root: string, ...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  // What this test has just written is to be seen.
  forgetDisk();
  const host = fakeHost(root);
  const exit = await runCli(['map', '--no-config', ...args], host);
  return { exit, out: host.out(), err: host.err() };
}

describe('formats', () => {
  it('a table within the width, and colours when they are asked for', async () => {
    const root = tempProject({ 'package.json': manifest, 'src/a.ts': bare });
    const { exit, out } = await map(root);
    expect(exit).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual(['orders', expect.stringMatching(/^ {2}client +to +state +timeout +retry +breaker +pool +calls$/), expect.stringMatching(/^ {2}fetch +api\.acme\.com +unbounded +no +no +no +- +1$/)]);
    expect(out).toContain('1 dependency of 1 package, 1 call: 1 unbounded, 0 unprotected, 0 unknown, 0 protected.');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect((await map(root, '--color')).out).toContain('\u001b[31munbounded');
  });

  it('JSON that the published schema allows', async () => {
    const schema = JSON.parse(readFileSync(fileURLToPath(new URL('../../docs/schemas/failure-map.json', import.meta.url)), 'utf8')) as object;
    const validate = new Ajv2020().compile(schema);
    const shop = fileURLToPath(new URL('../../docs/examples/shop', import.meta.url));
    for (const root of [shop, tempProject({ 'package.json': manifest, 'src/a.ts': 'const = ;' })]) {
      const data = JSON.parse((await map(root, '--format', 'json')).out) as FailureMap;
      expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
      const ids = data.dependencies.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(validate({ ...data, more: 1 })).toBe(false);
    }
  });

  it('is the same each time, and goes to a file', async () => {
    const root = tempProject({ 'package.json': manifest, 'src/a.ts': bare });
    const { out } = await map(root, '--format', 'json');
    expect(await map(root, '--format', 'json', '--output-file', 'out/map.json')).toMatchObject({ exit: 0, out: '' });
    expect(readFileSync(join(root, 'out/map.json'), 'utf8')).toBe(out);
  });
});

describe('--fail-on', () => {
  it('fails on what is shown, with the list', async () => {
    const root = tempProject({ 'package.json': manifest, 'src/a.ts': bare, 'src/b.ts': bounded });
    const { exit, out } = await map(root, '--fail-on', 'unbounded');
    expect(exit).toBe(1);
    expect(out).toContain('1 call failed --fail-on unbounded:\n  src/a.ts:1:27  fetch  unbounded');
    expect((await map(root, '--fail-on', 'unprotected')).out).toContain('2 calls failed --fail-on unprotected:');
  });

  it('never fails on what is not known, and keeps the report whole for machines', async () => {
    const root = tempProject({ 'package.json': manifest, 'src/a.ts': 'export const load = (init?: RequestInit) => fetch("https://api.acme.com", init);\n' });
    const { exit, out, err } = await map(root, '--fail-on', 'unbounded', '--format', 'json');
    expect(exit).toBe(0);
    expect((JSON.parse(out) as FailureMap).dependencies[0]!.timeout.answer).toBe('unknown');
    expect(err).toContain('No call fails --fail-on unbounded.');
  });
});

describe('--baseline', () => {
  it('knows the calls of today, by more than their lines; fails on new ones; tells those that are gone', async () => {
    const root = tempProject({ 'package.json': manifest, 'src/a.ts': bare });
    expect(await map(root, '--baseline', baseline, '--update-baseline')).toMatchObject({ exit: 0, out: expect.stringContaining(`${baseline} written with 1 call.`) });
    writeFiles(root, { 'src/a.ts': `// moved\n\n${bare}` });
    expect(await map(root, '--baseline', baseline)).toMatchObject({ exit: 0, out: expect.stringContaining(`Known to ${baseline}: 1.`) });
    writeFiles(root, { 'src/b.ts': "export const more = () => fetch('https://api.acme.com/more');\n" });
    const third = await map(root, '--baseline', baseline);
    expect(third.exit).toBe(1);
    expect(third.out).toContain('1 new call failed --fail-on unbounded:\n  src/b.ts:1:27');
    writeFiles(root, { 'src/a.ts': bounded, 'src/b.ts': bounded });
    expect(await map(root, '--baseline', baseline)).toMatchObject({ exit: 0, out: expect.stringContaining(`1 entry of ${baseline} is gone: run with --update-baseline:\n  src/a.ts load fetch`) });
    await map(root, '--baseline', baseline, '--update-baseline');
    expect(JSON.parse(readFileSync(join(root, baseline), 'utf8'))).toEqual({ version: 1, faults: [] });
  });
});

describe('wrong use', () => {
  it.each([
    ['an unknown format', ['--format', 'xml'], "'xml' is invalid"],
    ['an unknown state', ['--fail-on', 'unknown'], "'unknown' is invalid"],
    ['--update-baseline alone', ['--update-baseline'], '--update-baseline needs --baseline <file>: the file to write.'],
    ['a baseline that is not there', ['--baseline', 'gone.json'], 'gone.json: there is no such baseline. Run once with --update-baseline to write it.'],
    ['a baseline of something else', ['--baseline', 'package.json'], 'package.json is not a baseline of the map'],
    ['a baseline that is broken', ['--baseline', 'broken.json'], 'broken.json is not a baseline'],
    ['a path that is not there', ['nowhere'], 'nowhere: no such file or directory.'],
  ])('%s', async (_, args, message) => {
    const root = tempProject({ 'package.json': manifest, 'src/a.ts': bare });
    writeFileSync(join(root, 'broken.json'), '{');
    const { exit, err } = await map(root, ...args);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });

  it('a folder without a package.json', async () => {
    const { exit, err } = await map(tempProject({ 'a.ts': bare }));
    expect(exit).toBe(2);
    expect(err).toMatch(/there is no package\.json here or above/);
  });
});
