import { spawn } from 'node:child_process';
import type { ESLint } from 'eslint';
import { rules } from '../../../rules/index.js';
import { loadSuppressions } from '../bulk-suppressions.js';
import { count } from '../render/words.js';
import { oneLine, UsageError } from '../usage-error.js';
import { commandOf, installedIn } from './installed.js';

const FILE = 'eslint-suppressions.json';

export interface SuppressOutcome {
  readonly exit: 0 | 1;
  readonly lines: readonly string[];
}

/**
 * Has ESLint suppress the findings of today, those of our rules alone. Where it did so before, nothing is added: what is
 * new since then is to be seen.
 * @throws UsageError where ESLint cannot do it, or did not get through
 */
export async function suppressFindings(folder: string): Promise<SuppressOutcome> {
  const command = commandOf(folder, 'eslint');
  const version = installedIn(folder, 'eslint');
  if (command === null || version === null) throw new UsageError('--baseline has ESLint write its own suppressions, and ESLint is not installed here.');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 9 && minor < 24) throw new UsageError(`--baseline has ESLint write its own suppressions, which ESLint ${version} does not know: 9.24 or later is needed.`);
  const before = ownCount(await loadSuppressions(folder));
  if (before.findings > 0) {
    const fresh = errorsOf(await runESLint(command, folder, []));
    const known = `${FILE} holds ${count(before.findings, 'finding')} of ours in ${count(before.files, 'file')} already`;
    if (fresh === 0) return { exit: 0, lines: [`${known}, and there is none beyond them.`] };
    return { exit: 1, lines: [`${known}. ${count(fresh, 'finding')} beyond them ${fresh === 1 ? 'is' : 'are'} not added: npx eslint . shows ${fresh === 1 ? 'it' : 'them'}. To accept ${fresh === 1 ? 'it' : 'them'} all the same: npx eslint . --suppress-rule resilience/<rule>`] };
  }
  await runESLint(command, folder, Object.keys(rules).flatMap((name) => ['--suppress-rule', `resilience/${name}`]));
  const after = ownCount(await loadSuppressions(folder));
  if (after.findings === 0) return { exit: 0, lines: ['No finding of severity error: there is nothing to suppress.'] };
  return { exit: 0, lines: [`${FILE}: ${count(after.findings, 'finding')} in ${count(after.files, 'file')} are passed over from now on. Commit it; npx eslint . reports what is new.`] };
}

/** ESLint runs as the command that it is: it writes suppressions in no other way. */
function runESLint(command: string, folder: string, flags: readonly string[]): Promise<readonly ESLint.LintResult[]> {
  const child = spawn(process.execPath, [command, '.', ...flags, '--format', 'json', '--quiet', '--pass-on-unpruned-suppressions', '--no-error-on-unmatched-pattern'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (status) => {
      if (status !== 0 && status !== 1) return failed(new UsageError(`--baseline: ESLint did not get through (${oneLine(new Error(err.replace(/^\s*Oops!.*$/m, '')))}). Run npx eslint . to see why.`));
      try {
        done(JSON.parse(out) as ESLint.LintResult[]);
      } catch (error) {
        failed(new UsageError(`--baseline: what ESLint printed is no report (${oneLine(error)}).`));
      }
    });
  });
}

function errorsOf(results: readonly ESLint.LintResult[]): number {
  return results.flatMap(({ messages }) => messages).filter(({ ruleId, severity }) => severity === 2 && ruleId?.startsWith('resilience/') === true).length;
}

function ownCount(suppressions: Awaited<ReturnType<typeof loadSuppressions>>): { readonly findings: number; readonly files: number } {
  const counts = Object.values(suppressions ?? {}).map((byRule) => Object.entries(byRule).reduce((sum, [rule, { count: n }]) => sum + (rule.startsWith('resilience/') ? n : 0), 0));
  return { findings: counts.reduce((sum, n) => sum + n, 0), files: counts.filter((n) => n > 0).length };
}
