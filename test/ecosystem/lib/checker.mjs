/** Runs the built checker over a folder, in this process. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';

const dist = (path) => new URL(`../../../dist/${path}`, import.meta.url);

/** Reads files, writes nowhere: what is printed is ours to decide. */
function silentHost(cwd, overlay) {
  const sink = { write: () => true, isTTY: false };
  return {
    cwd,
    env: {},
    stdout: sink,
    stderr: sink,
    read: { readText: async (path) => overlay.get(path) ?? readFile(path, 'utf8'), sizeOf: async (path) => (await stat(path)).size },
  };
}

/**
 * @param {string} folder what to check; its paths are what findings are named by
 * @param {{ preset?: string, decisions?: boolean, inlineConfig?: boolean, paths?: string[], rules?: string[], kinds?: string[], overlay?: Map<string, string> }} options
 *   `kinds`: `require-timeout` alone runs, with these as its default; `inlineConfig`: `false` takes no notice of `eslint-disable` in the code; `rules`: only these run; `overlay`: texts that are judged in place of what lies at their paths (relative to the folder)
 */
export async function check(folder, { preset = 'recommended', decisions: wanted = false, paths = ['.'], inlineConfig, rules, kinds, overlay = new Map() } = {}) {
  if (!existsSync(dist('src/cli/commands/check.js'))) throw new Error('the checker is not built: run `npm run build`');
  const { check: run } = await import(dist('src/cli/commands/check.js').href);
  const { collectDecisions } = await import(dist('src/eslint/decisions.js').href);
  const decisions = [];
  const stop = wanted ? collectDecisions((decision) => decisions.push(decision)) : () => {};
  let report;
  try {
    // The trees' own ESLint configurations would need their plugins installed.
    const texts = new Map([...overlay].map(([path, text]) => [resolve(folder, path), text]));
    const plugin = kinds !== undefined ? { rules: await ruleOfKinds(kinds) } : rules === undefined ? undefined : { rules: await rulesNamed(rules) };
    report = await run({ paths, preset, format: 'json', cwd: folder, config: false, inlineConfig, plugin }, silentHost(folder, texts));
  } finally {
    stop();
  }
  const short = (rule) => rule.replace(/^resilience\//, '');
  return {
    findings: report.findings.map((finding) => ({ path: finding.relativePath, line: finding.line, column: finding.column, rule: short(finding.rule), message: finding.message })),
    crashes: report.internalErrors.map((error) => ({ path: error.relativePath, message: `${error.rule ?? 'checker'}: ${error.message}` })),
    unparsed: report.unparsed.length,
    disabledByComment: report.disabledByComment,
    filesRead: report.filesRead,
    milliseconds: Math.round(report.milliseconds),
    decisions: decisions.map((decision) => ({ ...decision, rule: short(decision.rule), path: fromFolder(folder, decision.path) })),
  };
}

/** Names of the rules of this build, with the lowest preset that switches each on. */
export async function builtRules() {
  const { rules } = await loadRules();
  return new Map(Object.entries(rules).map(([name, rule]) => [name, rule.meta.docs.tier]));
}

async function rulesNamed(names) {
  const { rules } = await loadRules();
  return Object.fromEntries(Object.entries(rules).filter(([name]) => names.includes(name)));
}

/** `require-timeout` as it would be in `recommended` if these were the kinds that it asks about. */
async function ruleOfKinds(kinds) {
  const { 'require-timeout': rule } = (await loadRules()).rules;
  const presetOptions = Object.fromEntries(['recommended', 'strict', 'all'].map((name) => [name, [{ kinds }]]));
  return { 'require-timeout': { ...rule, meta: { ...rule.meta, docs: { ...rule.meta.docs, presetOptions } } } };
}

function loadRules() {
  if (!existsSync(dist('rules/index.js'))) throw new Error('the rules are not built: run `npm run build`');
  return import(dist('rules/index.js').href);
}

function fromFolder(folder, path) {
  return relative(folder, path).replaceAll('\\', '/');
}
