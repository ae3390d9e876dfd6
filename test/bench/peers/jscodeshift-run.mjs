/** Runs the transform over all files in worker processes of jscodeshift's own, dry; its path is the second argument. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { sources } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { run } = createRequire(process.argv[3])('jscodeshift/src/Runner.js');
const started = performance.now();
const { ok, error } = await run(fileURLToPath(new URL('jscodeshift.cjs', import.meta.url)), sources, { dry: true, silent: true, babel: false, extensions: 'ts' });
console.log(JSON.stringify({ milliseconds: performance.now() - started, edits: ok, error }));
