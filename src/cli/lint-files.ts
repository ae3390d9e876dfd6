import type { ESLint, Linter } from 'eslint';
import { createLineTable } from '../analysis/line-table.js';
import { isFlow } from '../analysis/parse.js';
import { rulesOf, type PresetName } from '../configs.js';
import type { ResilienceRule } from '../eslint/create-rule.js';
import { oxcParser } from '../eslint/oxc-eslint-parser.js';
import { saysGenerated } from '../facts/built-code.js';
import type { FoundFile } from './find-files.js';
import { fromRoot, isAbove } from './find-files.js';
import type { ReadPort } from './host.js';
import type { Finding, InternalError, Suggestion, UnparsedFile, UnreadableFile } from './report.js';
import { requireParser } from './require-parser.js';
import { oneLine } from './usage-error.js';

/** The plugin whose rules run; tests pass one of their own. */
export interface CheckedPlugin {
  readonly rules: Readonly<Record<string, ResilienceRule>>;
}

export interface LintInput {
  readonly root: string;
  readonly files: readonly FoundFile[];
  readonly ESLint: typeof ESLint;
  readonly plugin: CheckedPlugin;
  readonly preset: PresetName;
  /** `settings.resilience` in force for a file; one object for all files that share it. */
  readonly settingsOf: (path: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly labelOf: (path: string) => string;
  readonly read: ReadPort;
  /** `false`: comments such as `eslint-disable` count for nothing. */
  readonly inlineConfig?: boolean;
  /** Called before each file. */
  readonly onFile?: (done: number, total: number, relativePath: string) => void;
}

export interface LintOutcome {
  readonly findings: readonly Finding[];
  /** Files whose text was read. */
  readonly filesRead: number;
  /** Absolute paths of the files that were judged. */
  readonly judged: ReadonlySet<string>;
  readonly unparsed: readonly UnparsedFile[];
  readonly unreadable: readonly UnreadableFile[];
  readonly internalErrors: readonly InternalError[];
  readonly generated: number;
  readonly tooLarge: number;
  readonly disabledByComment: number;
}

/** Above this many bytes a file is a bundle or a data table, not code that somebody edits. */
const MAX_BYTES = 1_500_000;
const PREFIX = 'resilience/';
const EVERY_EXTENSION = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

/** Runs the rules of a preset over files, one after the other, in one pass. */
export async function lintFiles(input: LintInput): Promise<LintOutcome> {
  requireParser();
  const run = new LintRun(input);
  let done = 0;
  for (const file of input.files) {
    input.onFile?.(done++, input.files.length, fromRoot(input.root, file.path));
    await run.lint(file);
  }
  return run.outcome();
}

class LintRun {
  readonly #input: LintInput;
  /** Where ESLint looks from: it takes no file from above its working directory. */
  readonly #base: string;
  readonly #engines = new Map<object, Map<string, ESLint>>();
  readonly #findings: Finding[] = [];
  readonly #unparsed: UnparsedFile[] = [];
  readonly #unreadable: UnreadableFile[] = [];
  readonly #internalErrors: InternalError[] = [];
  readonly #judged = new Set<string>();
  #filesRead = 0;
  #generated = 0;
  #tooLarge = 0;
  #disabledByComment = 0;

  constructor(input: LintInput) {
    this.#input = input;
    this.#base = input.files.some((file) => isAbove(fromRoot(input.root, file.path))) ? rootOf(input.root) : input.root;
  }

  outcome(): LintOutcome {
    return {
      findings: this.#findings,
      filesRead: this.#filesRead,
      judged: this.#judged,
      unparsed: this.#unparsed,
      unreadable: this.#unreadable,
      internalErrors: this.#internalErrors,
      generated: this.#generated,
      tooLarge: this.#tooLarge,
      disabledByComment: this.#disabledByComment,
    };
  }

  async lint(file: FoundFile): Promise<void> {
    const relativePath = fromRoot(this.#input.root, file.path);
    let source: string;
    try {
      if ((await this.#input.read.sizeOf(file.path)) > MAX_BYTES) {
        this.#tooLarge++;
        return;
      }
      source = await this.#input.read.readText(file.path);
    } catch (error) {
      this.#unreadable.push({ relativePath, message: oneLine(error), explicit: file.explicit });
      return;
    }
    this.#filesRead++;
    if (saysGenerated(source)) {
      this.#generated++;
      return;
    }
    if (isFlow(source)) {
      this.#unparsed.push({ relativePath, why: 'flow', message: 'written in Flow', line: null, column: null });
      return;
    }
    const result = await this.#verify(file.path, relativePath, source);
    if (result === null) return;
    const fatal = result.messages.find((message) => message.fatal === true);
    if (fatal !== undefined) {
      const message = fatal.message.replace(/^Parsing error: /, '');
      this.#unparsed.push({ relativePath, why: 'syntax', message, line: fatal.line ?? null, column: fatal.column ?? null });
      return;
    }
    this.#judged.add(file.path);
    this.#disabledByComment += result.suppressedMessages.filter((message) => this.#isOurs(message)).length;
    const ours = result.messages.filter((message) => this.#isOurs(message));
    if (ours.length > 0) this.#findings.push(...findingsOf(ours, file.path, relativePath, source, this.#input.labelOf(file.path)));
  }

  /** Lints one text. A rule that throws is noted and left out of a second try, so that the others are heard. */
  async #verify(path: string, relativePath: string, source: string): Promise<ESLint.LintResult | null> {
    const settings = await this.#input.settingsOf(path);
    const off = new Set<string>();
    for (;;) {
      try {
        const [result] = await this.#engine(settings, off).lintText(source, { filePath: path });
        return result ?? null;
      } catch (error) {
        const rule = (error as { ruleId?: unknown } | null)?.ruleId;
        const known = typeof rule === 'string' && !off.has(rule) ? rule : null;
        this.#internalErrors.push({ relativePath, rule: known, message: oneLine(error) });
        if (known === null) return null;
        off.add(known);
      }
    }
  }

  #engine(settings: object, off: ReadonlySet<string>): ESLint {
    let engines = this.#engines.get(settings);
    if (engines === undefined) this.#engines.set(settings, (engines = new Map<string, ESLint>()));
    const key = [...off].join();
    let engine = engines.get(key);
    if (engine === undefined) {
      const rules = Object.entries(rulesOf(this.#input.preset, this.#input.plugin.rules)).filter(([rule]) => !off.has(rule));
      engine = new this.#input.ESLint({
        cwd: this.#base,
        overrideConfigFile: true,
        // Every path comes from our own search, which has left out what is to be left out.
        ignore: false,
        allowInlineConfig: this.#input.inlineConfig !== false,
        overrideConfig: [
          {
            files: EVERY_EXTENSION,
            plugins: { resilience: this.#input.plugin as unknown as ESLint.Plugin },
            languageOptions: { parser: oxcParser as unknown as Linter.Parser },
            // Directives for other rules are not ours to judge.
            linterOptions: { reportUnusedDisableDirectives: 'off' },
            settings: { resilience: settings },
            rules: Object.fromEntries(rules),
          },
        ],
      });
      engines.set(key, engine);
    }
    return engine;
  }

  #isOurs(message: Linter.LintMessage): boolean {
    return message.ruleId?.startsWith(PREFIX) === true && Object.hasOwn(this.#input.plugin.rules, message.ruleId.slice(PREFIX.length));
  }
}

const rootOf = (path: string): string => /^(?:[A-Za-z]:)?[\\/]/.exec(path)?.[0] ?? path;

function findingsOf(messages: readonly Linter.LintMessage[], path: string, relativePath: string, source: string, label: string): Finding[] {
  // ESLint's offsets and columns do not count a byte order mark.
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const lines = createLineTable(text);
  const seen = new Map<string, number>();
  const place = (offset: number): { line: number; column: number } => {
    const at = lines.locate(offset);
    return { line: at.line, column: at.column + 1 };
  };
  return messages.map((message) => {
    const line = message.line ?? 1;
    const column = message.column ?? 1;
    const end = line < lines.count ? lines.startOf(line + 1) : text.length;
    const code = text.slice(lines.startOf(line), end).trim().replace(/\s+/g, ' ');
    const rule = message.ruleId!;
    const messageId = message.messageId ?? '';
    const key = `${rule}\0${messageId}\0${code}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const suggestions: Suggestion[] = (message.suggestions ?? []).map(({ desc, fix }) => ({
      description: desc,
      edit: { start: place(fix.range[0]), end: place(fix.range[1]), text: fix.text },
    }));
    return {
      rule,
      severity: message.severity === 2 ? 'error' : 'warning',
      path,
      relativePath,
      line,
      column,
      endLine: message.endLine ?? line,
      endColumn: message.endColumn ?? column,
      message: message.message,
      messageId,
      suggestions,
      code,
      ordinal,
      package: label,
    };
  });
}
