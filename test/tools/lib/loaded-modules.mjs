/**
 * Imports one module in this fresh process and prints the files that came with it, as JSON.
 * Usage: node loaded-modules.mjs <file or specifier>
 */
import { createRequire, register } from 'node:module';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';

// ES modules are seen by a loader hook, CommonJS ones by require's cache: both are needed.
const HOOK = `
  let port;
  export function initialize(data) { port = data.port; }
  export async function load(url, context, next) { port.postMessage(url); return next(url, context); }
`;

const [target = '.'] = process.argv.slice(2);
const seen = new Set();
const { port1, port2 } = new MessageChannel();
port1.on('message', (url) => seen.add(url.startsWith('file:') ? fileURLToPath(url) : url));
register(`data:text/javascript,${encodeURIComponent(HOOK)}`, { data: { port: port2 }, transferList: [port2] });
await import(existsSync(target) ? pathToFileURL(resolve(target)).href : target);
// The hook runs on its own thread; its last messages arrive after the import is done.
await new Promise((done) => setTimeout(done, 50));
port1.close();
for (const path of Object.keys(createRequire(import.meta.url).cache)) seen.add(path);
console.log(JSON.stringify([...seen].filter((path) => !path.startsWith('node:')).sort()));
