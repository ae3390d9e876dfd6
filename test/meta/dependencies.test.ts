import { describe, expect, it } from 'vitest';
import { readJson, readText } from './support.js';

describe('docs/dependencies.md', () => {
  const { dependencies } = readJson<{ dependencies: Readonly<Record<string, string>> }>('package.json');
  const rows = [...readText('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)];

  it('says of each dependency what it is for', () => expect(rows.map(([, name]) => name)).toEqual(Object.keys(dependencies).sort()));

  it('says it in words', () => {
    for (const [, name, purpose, user] of rows) expect(`${purpose}${user}`.trim().length, name).toBeGreaterThan(10);
  });

  it('states sizes', () => expect(readText('docs/dependencies.md')).toMatch(/\d MB packed, \d+\.\d MB unpacked/));
});
