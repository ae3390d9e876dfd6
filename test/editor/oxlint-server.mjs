/** oxlint's own language server. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startClient } from './language-client.mjs';

const OXLINT = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');

/**
 * Starts the server on a project.
 * @param {string} root
 * @param {{ pull?: boolean, settings?: object }} [options] `pull`: whether the editor says that it asks for diagnostics; `settings`: of the extension
 */
export function startOxlintServer(root, { pull = true, settings = {} } = {}) {
  const options = { run: 'onType', ...settings };
  return startClient({ command: process.execPath, args: [OXLINT, '--lsp'], root, pull, configuration: () => options, initializationOptions: [{ workspaceUri: pathToFileURL(root).href, options }] });
}
