/**
 * Compares the failure map of folders with what require-timeout reports there, all kinds of dependency asked for.
 * Usage: node test/map/agreement.mjs <folder>... (after npm run build); exit code 1 where they differ.
 */
import { check } from '../../dist/src/cli/commands/check.js';
import { openWorkspace } from '../../dist/src/cli/commands/map.js';
import { processHost } from '../../dist/src/cli/host.js';
import { unboundedSites } from '../../dist/src/facts/unbounded-sites.js';
import { judgeFiles } from '../../dist/src/map/build-map.js';
import rule from '../../dist/rules/require-timeout.js';

/** What both say of one folder, and where they differ. */
async function compare(folder) {
  const host = { ...processHost(), stdout: { write() {}, isTTY: false, columns: 100 }, cwd: folder };
  const options = { paths: [], config: false, cwd: folder };
  const report = await check({ ...options, preset: 'strict', format: 'json', inlineConfig: false, plugin: { rules: { 'require-timeout': rule } } }, host);
  const { input, close } = await openWorkspace({ ...options, format: 'json' }, host);
  const { judged } = judgeFiles(input);
  close();
  const unbounded = judged.filter(({ operation }) => operation.timeout.answer === 'no');
  const findings = new Set(report.findings.map(({ path, line, column }) => `${path}:${line}:${column}`));
  const told = new Set(unbounded.flatMap(({ found }) => [`${found.path}:${found.line}:${found.column}`, ...(found.client.madeAt === null ? [] : [`${input.root}/${found.client.madeAt}`])]));
  const isTold = (at) => told.has(at) || told.has(at.slice(0, at.lastIndexOf(':')));
  const missing = [...findings].filter((at) => !isTold(at));
  const made = new Set([...findings].map((at) => at.slice(0, at.lastIndexOf(':'))));
  const more = unbounded.filter(({ found }) => !(found.client.madeAt !== null && made.has(`${input.root}/${found.client.madeAt}`)) && !causesOf(found, input).some((at) => findings.has(at)));
  return { findings: findings.size, unbounded: unbounded.length, operations: judged.length, missing, more: more.map(({ found }) => `${found.path}:${found.line}:${found.column} ${found.name} made ${found.client.madeAt}`) };
}

/** Where the rule reports what a call waits for: at the call, or at the first of the same cause. */
function causesOf({ path, offset }, input) {
  const file = input.projectOf(path).file(path);
  const sites = unboundedSites(file).filter((site) => site.node.range[0] === offset || site.calls.some(({ call }) => call.node.range[0] === offset));
  return sites.map((site) => {
    const { line, column } = file.lines.locate(site.node.range[0]);
    return `${path}:${line}:${column + 1}`;
  });
}

let differs = false;
for (const folder of process.argv.slice(2)) {
  const { findings, unbounded, operations, missing, more } = await compare(folder);
  process.stdout.write(`${folder}: ${findings} findings, ${unbounded} of ${operations} calls unbounded, ${missing.length} findings not in the map, ${more.length} unbounded calls not reported\n`);
  for (const at of missing) process.stdout.write(`  not in the map: ${at}\n`);
  for (const at of more) process.stdout.write(`  not reported: ${at}\n`);
  differs ||= missing.length + more.length > 0;
}
process.exitCode = differs ? 1 : 0;
