import { isDeepStrictEqual } from 'node:util';
import type { ClientModel } from '../models/types.js';
import type { PolicyModel } from '../models/policy-types.js';
import type { Runtime } from '../project/runtime.js';
import { readUserModels } from '../models/user-models.js';

/** `settings.resilience`, as the rules and commands use it. */
export interface ResilienceSettings {
  /** Read other files of the project. Default `true`. */
  readonly crossFile: boolean;
  /** Where the code runs, when the user knows better than we can tell. */
  readonly runtime: Runtime | null;
  readonly models: readonly ClientModel[];
  readonly policies: readonly PolicyModel[];
}

/** Thrown for settings that cannot be used; the message names each field and what it wants. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const RUNTIMES: readonly Runtime[] = ['node', 'browser', 'worker', 'script', 'unknown'];
const KNOWN = new Set(['crossFile', 'runtime', 'models', 'codemods', 'workspaceFingerprint']);
const DEFAULTS: ResilienceSettings = { crossFile: true, runtime: null, models: [], policies: [] };

const read = new WeakMap<object, ResilienceSettings>();
/**
 * By content. The language server makes a new ESLint, and with it new settings of the same content, at each keystroke; what
 * is known of a project is kept by its settings, and would be worked out anew each time and never forgotten.
 */
const readBefore: { readonly input: Record<string, unknown>; readonly settings: ResilienceSettings }[] = [];
const MOST_KEPT = 100;

/**
 * Reads and validates `settings.resilience`.
 * @param settings ESLint's `settings` object
 * @throws SettingsError naming the field, on a field that is unknown or of the wrong form
 */
export function readSettings(settings: unknown): ResilienceSettings {
  const raw = (settings as { resilience?: unknown } | null | undefined)?.resilience;
  if (raw === undefined || raw === null) return DEFAULTS;
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    throw new SettingsError(`settings.resilience: expected an object, got ${Array.isArray(raw) ? 'an array' : typeof raw}`);
  }
  const known = read.get(raw);
  if (known !== undefined) return known;
  const input = raw as Record<string, unknown>;
  const content = withoutFingerprint(input);
  // Compared as they are: text would make the same of what is valid and of what is not, as of `null` and `Infinity`.
  const same = readBefore.find((before) => isDeepStrictEqual(before.input, content));
  if (same !== undefined) {
    read.set(raw, same.settings);
    return same.settings;
  }
  const errors: string[] = [];
  for (const key of Object.keys(input)) {
    if (!KNOWN.has(key)) errors.push(`settings.resilience.${key}: unknown field (known: ${[...KNOWN].sort().join(', ')})`);
  }
  if (input['crossFile'] !== undefined && typeof input['crossFile'] !== 'boolean') {
    errors.push('settings.resilience.crossFile: expected true or false');
  }
  if (input['runtime'] !== undefined && !RUNTIMES.includes(input['runtime'] as Runtime)) {
    errors.push(`settings.resilience.runtime: expected ${RUNTIMES.map((name) => `"${name}"`).join(' | ')}`);
  }
  const user = input['models'] === undefined ? null : readUserModels(input['models']);
  if (user !== null) errors.push(...user.errors);
  if (errors.length > 0) throw new SettingsError(errors.join('\n'));
  const result: ResilienceSettings = {
    crossFile: input['crossFile'] !== false,
    runtime: (input['runtime'] as Runtime | undefined) ?? null,
    models: user?.models ?? [],
    policies: user?.policies ?? [],
  };
  read.set(raw, result);
  if (readBefore.length >= MOST_KEPT) readBefore.length = 0;
  readBefore.push({ input: content, settings: result });
  return result;
}

/** The fingerprint differs at each change of the workspace and says nothing to the rules. */
function withoutFingerprint({ workspaceFingerprint: _, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return fields;
}
