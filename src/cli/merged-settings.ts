import { readSettings, SettingsError } from '../eslint/settings.js';
import { UsageError } from './usage-error.js';

/** Flags of the command line that stand for settings. */
export interface SettingFlags {
  readonly crossFile?: boolean | undefined;
  readonly runtime?: string | undefined;
}

/** The user's settings under the flags of the command line, validated once for each. */
export function settingsMerger(
  flags: SettingFlags,
  settingsOf: (path: string) => Promise<Readonly<Record<string, unknown>> | null>,
): (path: string) => Promise<Readonly<Record<string, unknown>>> {
  const merged = new WeakMap<object, Readonly<Record<string, unknown>>>();
  const nothing = {};
  return async (path) => {
    const user = (await settingsOf(path)) ?? nothing;
    let settings = merged.get(user);
    if (settings === undefined) {
      settings = {
        ...user,
        ...(flags.crossFile === false ? { crossFile: false } : {}),
        ...(flags.runtime === undefined ? {} : { runtime: flags.runtime }),
      };
      try {
        readSettings({ resilience: settings });
      } catch (error) {
        if (error instanceof SettingsError) throw new UsageError(`Your ESLint configuration has settings that cannot be used:\n${error.message}`);
        throw error;
      }
      merged.set(user, settings);
    }
    return settings;
  };
}
