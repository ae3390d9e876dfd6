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
 * @param rulesOf the rules whose reports a step mends; who lets one of them pass keeps the place as it is
 */
export async function forbiddenSites(root: string, load: () => typeof ESLint, rulesOf: (step: PlacedStep) => readonly string[]): Promise<Forbidden> {
  const suppressions = await loadSuppressions(root);
  return async (path, source, steps) => {
    const forbidden = new Map<number, string>();
    if (DISABLES.test(source)) for (const index of await disabled(load(), root, path, source, steps, rulesOf)) forbidden.set(index, 'disabled-by-comment');
    const allowed = suppressions?.[fromRoot(root, path)];
    if (allowed !== undefined) {
      for (const [index, step] of steps.entries()) {
        for (const rule of rulesOf(step)) {
          // All of a file's reports of a rule pass, or none, when there are more of them than are allowed.
          const reports = steps.filter((other) => rulesOf(other).includes(rule)).length;
          if (reports <= (allowed[`resilience/${rule}`]?.count ?? 0)) forbidden.set(index, 'suppressed-in-bulk');
        }
      }
    }
    return forbidden;
  };
}

async function disabled(eslint: typeof ESLint, root: string, path: string, source: string, steps: readonly PlacedStep[], rulesOf: (step: PlacedStep) => readonly string[]): Promise<number[]> {
  const rules: Record<string, Rule.RuleModule> = {};
  for (const name of new Set(steps.flatMap(rulesOf))) {
    rules[name] = {
      meta: { schema: [] },
      create: (context) => ({
        Program() {
          for (const [index, step] of steps.entries()) {
            if (!rulesOf(step).includes(name)) continue;
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

