import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { runCheck, type CheckOptions } from '../../src/cli/commands/check.js';
import { diskReads, type CliHost, type ReadPort } from '../../src/cli/host.js';
import type { CheckedPlugin } from '../../src/cli/lint-files.js';
import type { JsonReport } from '../../src/cli/render/json.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { createRule, type RuleDocs } from '../../src/eslint/create-rule.js';
import { decisionsWanted, recordDecision } from '../../src/eslint/decisions.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, deleted after the test. */
export function tempProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-cli-')));
  folders.push(root);
  writeFiles(root, files);
  return root;
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export interface FakeHost extends CliHost {
  readonly out: () => string;
  readonly err: () => string;
}

/** A host that keeps what is written. */
export function fakeHost(cwd: string, options: { env?: Record<string, string>; tty?: boolean; columns?: number; read?: Partial<ReadPort> } = {}): FakeHost {
  let out = '';
  let err = '';
  return {
    cwd,
    env: options.env ?? {},
    stdout: { write: (text) => void (out += text), isTTY: options.tty ?? false, columns: options.columns },
    stderr: { write: (text) => void (err += text), isTTY: false, columns: undefined },
    read: { ...diskReads, ...options.read },
    out: () => out,
    err: () => err,
  };
}

interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the check in this process with the small plugin below. A usage error gives 2, as on the command line. */
export async function checkIn(root: string, options: Partial<CheckOptions> = {}, host: FakeHost = fakeHost(root)): Promise<Run> {
  try {
    const exit = await runCheck({ paths: [], preset: 'recommended', format: 'stylish', plugin: tinyPlugin, ...options }, host);
    return { exit, out: host.out(), err: host.err() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exit: 2, out: host.out(), err: error.message };
  }
}

/** As `checkIn`, with the report as data. */
export async function reportOf(root: string, options: Partial<CheckOptions> = {}, host: FakeHost = fakeHost(root)): Promise<{ exit: number; report: JsonReport; err: string }> {
  const run = await checkIn(root, { ...options, format: 'json' }, host);
  if (run.out === '') throw new Error(`no report: ${run.err}`);
  return { exit: run.exit, report: JSON.parse(run.out) as JsonReport, err: run.err };
}

/** Reports every call of `name` in the text, and offers `better` in its place. */
function nameRule(name: string, better: string, docs: Omit<RuleDocs, 'description'>): ReturnType<typeof createRule> {
  const rule = `no-${name}-call`;
  return createRule({
    name: rule,
    meta: {
      type: 'problem',
      docs: { ...docs, description: `disallow calls of ${name}` },
      messages: { found: `\`${name}\` waits without end: a silent server then holds the request, its connection and its memory.`, replace: 'Call `{{ better }}` instead.' },
      hasSuggestions: true,
      schema: [],
    },
    create: (context) => ({
      Program() {
        const { text } = context.sourceCode;
        for (const match of text.matchAll(new RegExp(`\\b(${name}|good|maybe)\\(`, 'g'))) {
          const start = match.index;
          const end = start + match[1]!.length;
          const loc = { start: context.sourceCode.getLocFromIndex(start), end: context.sourceCode.getLocFromIndex(end) };
          if (decisionsWanted()) {
            const verdict = match[1] === name ? 'absent' : match[1] === 'good' ? 'set' : 'unknown';
            recordDecision({ rule, path: context.filename, line: loc.start.line, column: loc.start.column, verdict, reason: verdict === 'unknown' ? 'parameter' : 'call-option', kind: 'http', subject: match[1]! });
          }
          if (match[1] !== name) continue;
          context.report({ loc, messageId: 'found', suggest: [{ messageId: 'replace', data: { better }, fix: (fixer) => fixer.replaceTextRange([start, end], better) }] });
        }
      },
    }),
  });
}

/** Two rules that report, one that throws, and one that says which settings it was given. */
export const tinyPlugin: CheckedPlugin = {
  rules: {
    'no-bad-call': nameRule('bad', 'good', { family: 'timeouts', tier: 'recommended' }),
    'no-weak-call': nameRule('weak', 'strong', { family: 'retries', tier: 'strict' }),
    'no-explosion': createRule({
      name: 'no-explosion',
      meta: { type: 'problem', docs: { family: 'errors', tier: 'recommended', description: 'throw on explode' }, messages: {}, schema: [] },
      create: (context) => ({
        Program() {
          if (context.sourceCode.text.includes('explode(')) throw new Error('cannot read the fuse');
        },
      }),
    }),
    'show-settings': createRule({
      name: 'show-settings',
      meta: { type: 'problem', docs: { family: 'config', tier: 'recommended', description: 'tell the settings' }, messages: { settings: '{{ text }}' }, schema: [] },
      create: (context) => ({
        Program(node) {
          if (!context.sourceCode.text.includes('showSettings(')) return;
          context.report({ loc: node.loc!, messageId: 'settings', data: { text: JSON.stringify(context.settings['resilience'] ?? null) } });
        },
      }),
    }),
  },
};
