/** The editor's side of the language server protocol, as far as linters need it, over a child's standard streams. */
import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from 'vscode-jsonrpc/node';
import { positionAt, withEdits } from './open-document.mjs';

const LANGUAGES = { '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript', '.tsx': 'typescriptreact', '.jsx': 'javascriptreact' };
/** TextDocumentSyncKind. */
const INCREMENTAL = 2;
const STOP_MS = 5_000;
const METER = new URL('cpu-meter.mjs', import.meta.url).href;

/**
 * @param {{ command: string, args: readonly string[], root: string, env?: Record<string, string>, configuration?: (section: string | undefined) => unknown, initializationOptions?: unknown, pull?: boolean, metered?: boolean }} options
 *   `configuration`: what the editor answers when the server asks for settings; `pull`: may the server be asked for diagnostics?
 *   `metered`: the server is a program of Node, and can be asked for its processor time
 */
export async function startClient({ command, args, root, env = {}, configuration = () => null, initializationOptions = null, pull = true, metered = false }) {
  const child = spawn(command, [...(metered ? ['--import', METER] : []), ...args], { cwd: root, stdio: ['pipe', 'pipe', 'pipe', ...(metered ? ['ipc'] : [])], env: { ...process.env, NO_COLOR: '1', ...env } });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const folder = { uri: pathToFileURL(root).href, name: 'project' };
  /** @type {Map<string, import('./open-document.mjs').OpenDocument>} */
  const documents = new Map();
  /** Diagnostics that were pushed, by document. */
  const published = new Map();
  const waiting = new Set();
  /** What the server said to its output channel or to the user. */
  const messages = [];
  /** Documents whose page the user asked for. */
  const shownPages = [];
  let stderr = '';
  let exit = null;
  child.stderr.on('data', (part) => (stderr += part));
  const ended = new Promise((done) => child.on('exit', (code, signal) => done((exit = { code, signal }))));
  // A server that is gone is seen by `exit`; writing to it must not end this process.
  child.stdin.on('error', () => {});
  connection.onError(() => {});

  connection.onRequest('workspace/configuration', ({ items }) => items.map(({ section }) => configuration(section)));
  connection.onRequest('workspace/applyEdit', ({ edit }) => ({ applied: applyWorkspaceEdit(edit) }));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('client/unregisterCapability', () => null);
  connection.onRequest('workspace/workspaceFolders', () => [folder]);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('eslint/openDoc', ({ url }) => {
    shownPages.push(url);
    return {};
  });
  for (const method of ['window/logMessage', 'window/showMessage']) connection.onNotification(method, ({ type, message }) => messages.push({ type, message }));
  connection.onRequest('window/showMessageRequest', ({ type, message }) => (messages.push({ type, message }), null));
  connection.onRequest((method, params) => (messages.push({ type: 3, message: `${method} ${JSON.stringify(params)}` }), null));
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, version, diagnostics }) => {
    published.set(uri, { version, diagnostics });
    for (const look of waiting) look();
  });
  connection.listen();

  function edit(document, text, changes) {
    document.text = text;
    document.version += 1;
    return connection.sendNotification('textDocument/didChange', { textDocument: { uri: document.uri, version: document.version }, contentChanges: changes });
  }

  /** Edits of the server reach the documents as an editor's would: each is told back as a change. */
  function applyWorkspaceEdit({ documentChanges = [], changes = {} }) {
    const all = [...documentChanges.map(({ textDocument, edits }) => ({ ...textDocument, edits })), ...Object.entries(changes).map(([uri, edits]) => ({ uri, edits }))];
    for (const { uri, version, edits } of all) {
      const document = documents.get(uri);
      // An edit of an older text would land in the wrong place.
      if (document === undefined || (version != null && version !== document.version)) return false;
      const text = withEdits(document.text, edits);
      void edit(document, text, [{ text }]);
    }
    return true;
  }

  function opened(path) {
    const document = documents.get(pathToFileURL(path).href);
    if (document === undefined) throw new Error(`${path} is not open`);
    return document;
  }

  const { capabilities } = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folder.uri,
    workspaceFolders: [folder],
    initializationOptions,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, applyEdit: true, workspaceEdit: { documentChanges: true }, didChangeConfiguration: { dynamicRegistration: true }, didChangeWatchedFiles: { dynamicRegistration: true }, diagnostics: { refreshSupport: true } },
      textDocument: {
        synchronization: { didSave: true },
        publishDiagnostics: { codeDescriptionSupport: true, versionSupport: true, relatedInformation: true },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll', 'source.fixAll.eslint', 'source.fixAll.oxc'] } }, isPreferredSupport: true, dataSupport: true },
        ...(pull ? { diagnostic: { dynamicRegistration: false } } : {}),
      },
    },
  });
  await connection.sendNotification('initialized', {});
  const sync = capabilities.textDocumentSync;
  const incremental = (sync?.change ?? sync) === INCREMENTAL;

  return {
    messages,
    shownPages,
    pid: child.pid,
    /** How the server ended; `null` while it lives. */
    get exit() {
      return exit;
    },
    get stderr() {
      return stderr;
    },
    textOf: (path) => opened(path).text,
    async open(path, text) {
      const document = { uri: pathToFileURL(path).href, languageId: LANGUAGES[extname(path)] ?? 'javascript', version: 1, text };
      documents.set(document.uri, document);
      await connection.sendNotification('textDocument/didOpen', { textDocument: document });
    },
    /** Replaces what lies between two offsets, and tells that part alone where the server takes parts, as an editor does at a keystroke. */
    async type(path, from, to, newText) {
      const document = opened(path);
      const before = document.text;
      const range = { start: positionAt(before, from), end: positionAt(before, to) };
      const text = before.slice(0, from) + newText + before.slice(to);
      await edit(document, text, [incremental ? { range, text: newText } : { text }]);
    },
    /** Replaces the whole text. */
    async replace(path, text) {
      await edit(opened(path), text, [{ text }]);
    },
    async saved(path) {
      await connection.sendNotification('textDocument/didSave', { textDocument: { uri: opened(path).uri } });
    },
    async close(path) {
      const { uri } = opened(path);
      documents.delete(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    async watchedFileChanged(path) {
      await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(path).href, type: 2 }] });
    },
    /** Asks for the diagnostics of a document as it is now. */
    async pull(path) {
      const { items } = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: opened(path).uri } });
      return items;
    },
    /** Waits for the diagnostics of a document as it is now that the server sends by itself. */
    async pushed(path, timeoutMs = 10_000) {
      const document = opened(path);
      const found = () => {
        const last = published.get(document.uri);
        return last !== undefined && (last.version === undefined || last.version === document.version) ? last.diagnostics : null;
      };
      return found() ?? (await new Promise((done, failed) => {
        const timer = setTimeout(() => (waiting.delete(look), failed(new Error(`no diagnostics of ${fileURLToPath(document.uri)} in version ${document.version} after ${timeoutMs} ms`))), timeoutMs);
        function look() {
          const diagnostics = found();
          if (diagnostics === null) return;
          clearTimeout(timer);
          waiting.delete(look);
          done(diagnostics);
        }
        waiting.add(look);
      }));
    },
    /** @param {readonly string[]} [only] kinds of action */
    async codeActions(path, diagnostics, only) {
      const { uri, text } = opened(path);
      const range = diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
      return (await connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, triggerKind: 1, ...(only === undefined ? {} : { only }) } })) ?? [];
    },
    /** Carries out what an action holds: an edit, a command of the server, or both. */
    async carryOut(action) {
      if (action.edit != null) return applyWorkspaceEdit(action.edit);
      await connection.sendRequest('workspace/executeCommand', { command: action.command.command, arguments: action.command.arguments });
      return true;
    },
    /** Processor time that a metered server has taken, in ms. */
    cpuMs: () => new Promise((told) => {
      child.once('message', told);
      child.send('cpu');
    }),
    /** Ends the server as the protocol wants it, and by force where that takes too long. */
    async stop() {
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      if (exit === null) {
        await Promise.race([connection.sendRequest('shutdown').then(() => connection.sendNotification('exit')).catch(() => {}), ended]);
        await ended;
      }
      clearTimeout(force);
      connection.dispose();
      return exit;
    },
  };
}
