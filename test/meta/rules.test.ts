import * as typescriptParser from '@typescript-eslint/parser';
import * as espree from 'espree';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { lintProject } from './lint-project.js';
import { ODD_FILES } from './odd-files.js';
import { ROOT } from './support.js';

const FAMILIES = ['timeouts', 'retries', 'errors', 'nulls', 'cache', 'resources', 'data', 'messaging', 'config'];

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}

describe.each(Object.entries(rules))('%s', (name, rule) => {
  const { meta } = rule;

  it('is named for a hazard, a protection or a better form', () => {
    expect(name).toMatch(/^(?:no|require|prefer)(?:-[a-z0-9]+)+$/);
  });

  it('says what it is', () => {
    expect(meta.type).toMatch(/^(?:problem|suggestion)$/);
    expect(FAMILIES).toContain(meta.docs.family);
    expect(['recommended', 'strict', 'off']).toContain(meta.docs.tier);
    expect(meta.docs.url).toContain(`docs/rules/${name}.md`);
    expect(meta.docs.recommended).toBe(meta.docs.tier === 'recommended');
  });

  it('has a description that completes a sentence', () => {
    expect(meta.docs.description).toMatch(/^[a-z`][^\n]*[^.\s]$/);
    expect(meta.docs.description.length).toBeLessThanOrEqual(100);
  });

  it('has messages that state facts', () => {
    for (const [id, text] of Object.entries(meta.messages ?? {})) {
      expect(id).toMatch(/^[a-z][A-Za-z]*$/);
      expect(text, id).not.toMatch(/\b(?:please|should|must|sorry|oops)\b|!\s*$/i);
      expect(text.trim(), id).toBe(text);
      if (meta.hasSuggestions !== true) expect(id).not.toMatch(/^suggest/);
    }
  });

  it('explains each option and takes no other', () => {
    const [schema, ...more] = meta.schema as Schema[];
    expect(more).toEqual([]);
    if (schema === undefined) return;
    expect(schema.additionalProperties).toBe(false);
    const properties = Object.entries(schema.properties ?? {});
    // A fourth option needs a decision note.
    expect(properties.length).toBeLessThanOrEqual(3);
    for (const [option, property] of properties) expect(property.description, option).toMatch(/\S/);
  });

  it('has default options for what its schema names', () => {
    const [schema] = meta.schema as Schema[];
    const [defaults] = (meta.defaultOptions ?? []) as object[];
    for (const option of Object.keys(defaults ?? {})) expect(Object.keys(schema?.properties ?? {})).toContain(option);
  });

  it('has a test of its own', () => {
    expect(existsSync(join(ROOT, `test/rules/${name}.test.ts`))).toBe(true);
  });

  describe.each([
    ['oxc', oxcParser],
    ['typescript-eslint', typescriptParser],
    ['espree', null],
  ] as const)('with the %s parser', (parserName, parser) => {
    it.each(ODD_FILES.filter((file) => parserName !== 'espree' || file.javascript).map((file) => [file.title, file] as const))('survives %s', (_title, file) => {
      const messages = lintProject(name, { [file.path]: file.code }, parser ?? espree);
      // Whether odd code is reported is another matter; what may not happen is a crash or an empty slot.
      for (const message of messages) expect(message.text).not.toMatch(/\{\{|undefined|\[object/);
    });
  });
});
