import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import rpc from 'vscode-jsonrpc/node';
import { OXLINT } from './host-setup.mjs';
import { placeAt } from './places.mjs';

/** Actions that oxlint adds to every finding. */
const OWN_ACTIONS = /^Disable \S+ for this (?:line|whole file)$/;

/** How long a file may take: the first one loads the plugin. */
const PATIENCE = 60_000;

/**
 * What oxlint offers for each finding of some files, as an editor gets it.
 * @param {import('./host-setup.mjs').Setup} setup
 * @param {readonly string[]} files
 * @returns {Promise<Map<string, import('./findings.mjs').Mended[]>>} by `file:line:column rule message`
 */
export async function suggestionsOf({ root, oxlintConfig }, files) {
  const offered = new Map();
  if (files.length === 0) return offered;
  const server = spawn(process.execPath, [OXLINT, '--lsp'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
  const waiting = new Map();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => waiting.get(uri)?.(diagnostics));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  try {
    const workspaceUri = pathToFileURL(root).href;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: workspaceUri,
      workspaceFolders: [{ uri: workspaceUri, name: 'compared' }],
      capabilities: { textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } } },
      initializationOptions: [{ workspaceUri, options: { run: 'onType', configPath: oxlintConfig, fixKind: 'all' } }],
    });
    await connection.sendNotification('initialized', {});
    for (const file of files) await askFor(file);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
  } finally {
    connection.dispose();
    server.kill();
  }
  return offered;

  async function askFor(file) {
    const uri = pathToFileURL(join(root, file)).href;
    const text = readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, '');
    const answer = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`oxlint's language server said nothing of ${file} in ${PATIENCE / 1000} s`)), PATIENCE);
      waiting.set(uri, (diagnostics) => {
        clearTimeout(late);
        resolve(diagnostics);
      });
    });
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } });
    for (const diagnostic of await answer) {
      const rule = /^resilience\(([\w-]+)\)$/.exec(diagnostic.code)?.[1];
      if (rule === undefined) continue;
      const actions = await connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } });
      offered.set(`${file}:${placeAt(text, offsetIn(text, diagnostic.range.start))} ${rule} ${diagnostic.message}`, actionsOf(actions ?? [], uri, text));
    }
    waiting.delete(uri);
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
}

function actionsOf(actions, uri, text) {
  return actions
    .filter(({ kind, title }) => kind === 'quickfix' && !OWN_ACTIONS.test(title))
    .map(({ title, edit }) => ({ title, text: applied(text, edit.changes[uri]) }));
}

function applied(text, edits) {
  return edits
    .map(({ range, newText }) => ({ from: offsetIn(text, range.start), to: offsetIn(text, range.end), newText }))
    .sort((a, b) => b.from - a.from)
    .reduce((whole, { from, to, newText }) => `${whole.slice(0, from)}${newText}${whole.slice(to)}`, text);
}

function offsetIn(text, { line, character }) {
  if (line === 0) return character;
  const ends = text.matchAll(/\r\n|[\n\r]/g);
  for (let passed = 1; passed < line; passed += 1) ends.next();
  const { index, 0: end } = ends.next().value;
  return index + end.length + character;
}
