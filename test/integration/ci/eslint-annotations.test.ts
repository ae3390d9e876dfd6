import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installed, shell, unbounded } from './support.js';

/** A finding as the problem matcher reads it that `actions/setup-node` registers: place, severity, message, two spaces, rule. */
const MATCHED = /^\s+(\d+):(\d+)\s+(error|warning|info)\s+(.*)\s\s+(.*)$/;

let folder: string;
beforeAll(() => {
  folder = installed('annotated', {
    'eslint.config.js': "import resilience from 'eslint-plugin-resilience';\nexport default resilience.configs.strict;\n",
    'src/a, b%.js': `${unbounded('order')}import Redis from 'ioredis';\nconst redis = new Redis();\nexport const all = () => redis.keys('*');\n`,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("ESLint's usual output", () => {
  it('is what GitHub annotates from: each finding on one line, that the matcher takes apart', () => {
    const { status, stdout } = shell(folder, 'npx eslint src');
    expect(status).toBe(1);
    const findings = stdout.split('\n').filter((line) => line.includes('resilience/'));
    const matched = findings.map((line) => MATCHED.exec(line)?.slice(1) ?? line);
    expect(matched.length).toBeGreaterThan(1);
    for (const parts of matched) expect(parts).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/), expect.stringMatching(/^(?:error|warning)$/), expect.stringMatching(/^\S.*[^.]$/), expect.stringMatching(/^resilience\/[a-z-]+$/)]);
    expect(new Set(matched.map((parts) => parts[2]))).toEqual(new Set(['error', 'warning']));
    expect(stdout.split('\n')[1]).toBe(`${folder}/src/a, b%.js`);
  });
});
