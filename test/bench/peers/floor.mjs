/** What no tool can go below: every file read once, and the candidates parsed by TypeScript. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const { sources, candidates } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const wanted = new Set(candidates);
const started = performance.now();
let nodes = 0;
for (const path of sources) {
  const text = readFileSync(path, 'utf8');
  if (wanted.has(path)) nodes += ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false).statements.length;
}
console.log(JSON.stringify({ milliseconds: performance.now() - started, nodes }));
