import type { CliHost } from './host.js';
import { loadESLint, type LoadedESLint } from './load-eslint.js';
import { settingsMerger, type SettingFlags } from './merged-settings.js';
import { NO_USER_SETTINGS, userSettings } from './user-settings.js';

export interface SettingsSource extends SettingFlags {
  /** `false`: the user's ESLint configuration is not asked for settings. */
  readonly config?: boolean | undefined;
  /** The ESLint that reads the user's configuration; absent: the project's. */
  readonly eslint?: LoadedESLint | undefined;
}

/** `settings.resilience` in force for one file, flags included; what could not be loaded is said on stderr. */
export async function settingsFor(options: SettingsSource, host: CliHost, root: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const user = options.config === false ? NO_USER_SETTINGS : userSettings(() => (options.eslint ?? loadESLint(root)).ESLint, root);
  const settings = await settingsMerger(options, (file) => user.of(file))(path);
  for (const warning of user.warnings()) host.stderr.write(`warning: ${warning}\n`);
  return settings;
}
