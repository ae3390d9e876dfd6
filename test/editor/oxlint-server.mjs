/** oxlint's own language server. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startClient } from './language-client.mjs';

const OXLINT = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');

/**
 * Starts the server on a project.
 * @param {string} root
 * @param {{ pull?: boolean }} [options] `pull`: whether the editor says that it asks for diagnostics
 */
export function startOxlintServer(root, { pull = true } = {}) {
  return startClient({ command: process.execPath, args: [OXLINT, '--lsp'], root, pull, configuration: () => ({ run: 'onType' }), initializationOptions: [{ workspaceUri: null, options: { run: 'onType' } }] });
}
