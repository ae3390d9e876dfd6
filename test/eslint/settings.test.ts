import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '../../src/eslint/settings.js';
import { openProject } from '../../src/facts/open-project.js';

const MODELS = /^```json\n([\s\S]*?)^```$/m.exec(readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8'))![1]!;
/** As each lint of an editor gives them: other objects of the same content. */
const settings = (more: object = {}) => readSettings({ resilience: { models: JSON.parse(MODELS) as unknown, ...more } });

describe('settings of equal content', () => {
  it('are the same, and have the same project', () => {
    expect(settings()).toBe(settings());
    const path = fileURLToPath(import.meta.url);
    expect(openProject(path, settings())).toBe(openProject(path, settings()));
  });

  it('are told from others', () => {
    expect(settings({ crossFile: false })).not.toBe(settings());
    expect(settings({ crossFile: false }).crossFile).toBe(false);
    expect(settings({ runtime: 'worker' }).runtime).toBe('worker');
    expect(settings({ models: [] }).models).toEqual([]);
  });

  it('are the same whatever the fingerprint of the workspace is', () => expect(settings({ workspaceFingerprint: 'a' })).toBe(settings({ workspaceFingerprint: 'b' })));

  it('are not equal by their text alone', () => {
    expect(settings({ models: [] }).models).toEqual([]);
    expect(() => settings({ models: [() => 1] })).toThrow(SettingsError);
    expect(() => settings({ models: [], unknown: undefined })).toThrow(/unknown field/);
    const [model] = JSON.parse(MODELS) as { bounds: object[] }[];
    const endless = { ...model!, bounds: model!.bounds.map((bound) => ({ ...bound, default: Number.POSITIVE_INFINITY })) };
    // As text both are `null`.
    expect(settings({ models: [endless] }).models[0]!.bounds[0]!.default).toBe(Number.POSITIVE_INFINITY);
    expect(settings().models[0]!.bounds[0]!.default).toBe(null);
  });

  it('that are wrong are refused each time', () => {
    for (const _ of [1, 2]) expect(() => settings({ crossFile: 'no' })).toThrow(SettingsError);
  });

  it('that hold themselves are refused by field, not by the text that cannot be made of them', () => {
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    expect(() => readSettings({ resilience: ring })).toThrow(/settings\.resilience\.ring: unknown field/);
  });
});
