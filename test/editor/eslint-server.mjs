/** The ESLint language server of VS Code, and what VS Code answers it. */
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startClient } from './language-client.mjs';

const SERVER = createRequire(import.meta.url).resolve('vscode-langservers-extracted/bin/vscode-eslint-language-server');

/** The settings of the extension, as it comes. */
function settingsFor(root, others) {
  return {
    validate: 'on',
    run: 'onType',
    quiet: false,
    onIgnoredFiles: 'off',
    options: {},
    experimental: {},
    nodePath: null,
    problems: { shortenToSingleLine: false },
    rulesCustomizations: [],
    workingDirectory: { mode: 'location' },
    workspaceFolder: { uri: pathToFileURL(root).href, name: basename(root) },
    codeAction: { disableRuleComment: { enable: true, location: 'separateLine', commentStyle: 'line' }, showDocumentation: { enable: true } },
    codeActionOnSave: { mode: 'all' },
    ...others,
  };
}

/**
 * Starts the server on a project.
 * @param {string} root
 * @param {{ settings?: object, nodeArgs?: readonly string[], metered?: boolean }} [options] `settings`: those that differ from the extension's own
 */
export function startEslintServer(root, { settings = {}, nodeArgs = [], metered = false } = {}) {
  return startClient({ command: process.execPath, args: [...nodeArgs, SERVER, '--stdio'], root, metered, configuration: () => settingsFor(root, settings) });
}
