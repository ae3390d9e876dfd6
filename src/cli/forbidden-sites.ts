import type { ESLint, Linter, Rule } from 'eslint';
import { oxcParser } from '../eslint/oxc-eslint-parser.js';
import type { PlacedStep } from '../codemod/plan-file.js';
import { loadSuppressions } from './bulk-suppressions.js';
import { fromRoot } from './find-files.js';

/** Which steps of a file the user has waved through; the reason by index. */
export type Forbidden = (path: string, source: string, steps: readonly PlacedStep[]) => Promise<ReadonlyMap<number, string>>;

const DISABLES = /(?:eslint|oxlint)-disable/;

/**
 * Asks ESLint itself what disable comments mean: it is given a rule that reports the planned places
 * under the name of the paired rule, and says which of these reports a comment takes away.
 * @param load gives ESLint; called only for a file with such comments
 * @param ruleOf the rule that a codemod mends the reports of
 */
export async function forbiddenSites(root: string, load: () => typeof ESLint, ruleOf: (codemod: string) => string | null): Promise<Forbidden> {
  const suppressions = await loadSuppressions(root);
  return async (path, source, steps) => {
    const forbidden = new Map<number, string>();
    if (DISABLES.test(source)) for (const index of await disabled(load(), root, path, source, steps, ruleOf)) forbidden.set(index, 'disabled-by-comment');
    const allowed = suppressions?.[fromRoot(root, path)];
    if (allowed !== undefined) {
      for (const [index, step] of steps.entries()) {
        const rule = `resilience/${ruleOf(step.codemod)}`;
        // All of a file's reports of a rule pass, or none, when there are more of them than are allowed.
        const reports = steps.filter((other) => ruleOf(other.codemod) === ruleOf(step.codemod)).length;
        if (reports <= (allowed[rule]?.count ?? 0)) forbidden.set(index, 'suppressed-in-bulk');
      }
    }
    return forbidden;
  };
}

async function disabled(eslint: typeof ESLint, root: string, path: string, source: string, steps: readonly PlacedStep[], ruleOf: (codemod: string) => string | null): Promise<number[]> {
  const rules: Record<string, Rule.RuleModule> = {};
  for (const name of new Set(steps.map((step) => ruleOf(step.codemod)))) {
    if (name === null) continue;
    rules[name] = {
      meta: { schema: [] },
      create: (context) => ({
        Program() {
          for (const [index, step] of steps.entries()) {
            if (ruleOf(step.codemod) !== name) continue;
            const start = { line: step.line, column: step.column - 1 };
            context.report({ loc: { start, end: start }, message: String(index) });
          }
        },
      }),
    };
  }
  const engine = new eslint({
    cwd: root,
    overrideConfigFile: true,
    ignore: false,
    overrideConfig: [
      {
        files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
        plugins: { resilience: { rules } as ESLint.Plugin },
        languageOptions: { parser: oxcParser as unknown as Linter.Parser },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        rules: Object.fromEntries(Object.keys(rules).map((name) => [`resilience/${name}`, 'error'])),
      },
    ],
  });
  // Both names have six letters: no place moves.
  const [result] = await engine.lintText(source.replaceAll('oxlint-disable', 'eslint-disable'), { filePath: path });
  return (result?.suppressedMessages ?? []).map((message) => Number(message.message));
}

