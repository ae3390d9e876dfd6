import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

/** Needs the registry, so it runs where RESILIENCE_TARBALL=1 asks for it; `.ci/run` does. */
const wanted = process.env.RESILIENCE_TARBALL === '1';
const folder = mkdtempSync(join(tmpdir(), 'resilience-published-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!wanted)('the commands for real code', () => {
  it('take a published package, whose options are made of each other', { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), 'check', 'got@14.4.2', '--out', join(folder, 'got.txt')], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^got@14\.4\.2: \d+ findings in 21 files, 0 not parsed, 0 crashes/);
    expect(status).toBe(0);
    expect(existsSync(join(folder, 'got.txt'))).toBe(true);
  });
});
