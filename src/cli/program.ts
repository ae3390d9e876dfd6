import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CliHost } from './host.js';
import { ownVersion } from './own-version.js';
import { UsageError } from './usage-error.js';

/** Kept apart from the commands, so that help needs none of their modules. */
const FORMATS = ['stylish', 'json', 'sarif', 'github', 'gitlab'];
const MAP_FORMATS = ['table', 'json', 'mermaid', 'html'];
const RUNTIMES = ['node', 'browser', 'worker'];

/**
 * Runs one command line.
 * @param args without the program's name
 * @returns the exit code: 0 nothing found, 1 findings, 2 wrong use or a run that is not to be relied on
 */
export async function runCli(args: readonly string[], host: CliHost): Promise<number> {
  let exit = 0;
  const program = makeProgram(host, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exit;
  } catch (error) {
    // Commander has printed its own message; help and version end the same way, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      host.stderr.write(`${error.message}\n`);
      return 2;
    }
    host.stderr.write(`Internal error of eslint-plugin-resilience ${ownVersion()}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 2;
  }
}

function makeProgram(host: CliHost, done: (exit: number) => void): Command {
  const program = new Command('resilience')
    .description('Finds the ways in which back ends fail in production.')
    .version(ownVersion(), '-v, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      getOutHelpWidth: () => Math.min(host.stdout.columns ?? 100, 120),
    })
    .showHelpAfterError('(resilience --help lists commands and options)');

  program
    .command('check')
    .description('Report what the rules find. Needs no ESLint configuration.')
    .argument('[paths...]', 'files, folders or globs (default: the working directory)')
    .option('--preset <name>', 'recommended, strict, all, or a family: timeouts, retries …', 'recommended')
    .addOption(new Option('--format <name>', 'how to print').choices(FORMATS).default('stylish'))
    .option('--output-file <file>', 'write the report to a file')
    .option('--stats', 'how often each rule decided, and why it could not')
    .option('--max-warnings <n>', 'fail on more warnings than this', wholeNumber)
    .option('--quiet', 'list errors only')
    .option('--since <ref>', 'only files changed since the merge base with a commit, uncommitted and untracked ones too')
    .option('--since-lines', 'with --since: only findings on changed lines')
    .option('--baseline <file>', 'leave out the findings that this file knows')
    .option('--update-baseline', 'write the findings of this run to the baseline')
    .option('--ignore <glob>', 'leave files out; may be given more than once', append)
    .option('--include-tests', 'tests, scripts and config files too')
    .option('--strict-parse', 'fail when a file cannot be parsed')
    .option('--exit-zero', 'exit with 0 in spite of findings: "merge" then fails for them')
    .option('--shard <i/n>', 'the packages of one of n runs; "merge" joins their reports')
    .option('--no-config', 'do not read settings.resilience from your ESLint configuration')
    .option('--no-cross-file', 'judge each file by itself')
    .addOption(new Option('--runtime <name>', 'where the code runs, when detection is wrong').choices(RUNTIMES))
    .option('--cwd <dir>', 'where paths start')
    .option('--color', 'colours, whatever the terminal')
    .option('--no-color', 'no colours')
    .action(async (paths: string[], options: Omit<import('./commands/check.js').CheckOptions, 'paths'>) => {
      const { runCheck } = await import('./commands/check.js');
      done(await runCheck({ ...options, paths }, host));
    });

  program
    .command('merge')
    .description('Join the reports of shards, or of packages, into one.')
    .argument('<reports...>', 'files written by check --format json, or by --format sarif')
    .addOption(new Option('--format <name>', 'how to print (default: sarif for SARIF, else stylish)').choices(FORMATS))
    .option('--output-file <file>', 'write the report to a file')
    .option('--max-warnings <n>', 'fail on more warnings than this (default: what the shards were given)', wholeNumber)
    .option('--quiet', 'list errors only')
    .option('--cwd <dir>', 'where paths start')
    .option('--color', 'colours, whatever the terminal')
    .option('--no-color', 'no colours')
    .action(async (reports: string[], options: Omit<import('./commands/merge.js').MergeOptions, 'reports'>) => {
      const { runMerge } = await import('./commands/merge.js');
      done(await runMerge({ ...options, reports }, host));
    });

  program
    .command('explain')
    .description('Say why a line is reported or silent, or what is known of a package.')
    .argument('<target>', '<file>:<line>[:<column>], or <package>[@<version>]')
    .addOption(new Option('--format <name>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--no-config', 'do not read settings.resilience from your ESLint configuration')
    .option('--no-cross-file', 'judge the file by itself')
    .addOption(new Option('--runtime <name>', 'where the code runs, when detection is wrong').choices(RUNTIMES))
    .option('--cwd <dir>', 'where paths start')
    .option('--color', 'colours, whatever the terminal')
    .option('--no-color', 'no colours')
    .action(async (target: string, options: Omit<import('./commands/explain.js').ExplainOptions, 'target'>) => {
      const { runExplain } = await import('./commands/explain.js');
      done(await runExplain({ ...options, target }, host));
    });

  program
    .command('map')
    .description('Show what the workspace depends on beyond its processes, and what guards each of these calls.')
    .argument('[paths...]', 'files, folders or globs (default: the working directory)')
    .addOption(new Option('--format <name>', 'how to print').choices(MAP_FORMATS).default('table'))
    .option('--output-file <file>', 'write the map to a file')
    .addOption(new Option('--fail-on <state>', 'exit with 1 when a call is in this state; unprotected: or unbounded').choices(['unbounded', 'unprotected']))
    .option('--baseline <file>', 'fail only on calls that this file does not know')
    .option('--update-baseline', 'write the calls that fail to the baseline')
    .option('--ignore <glob>', 'leave files out; may be given more than once', append)
    .option('--include-tests', 'tests, scripts and config files too')
    .option('--no-config', 'do not read settings.resilience from your ESLint configuration')
    .option('--no-cross-file', 'judge each file by itself')
    .option('--cwd <dir>', 'where paths start')
    .option('--color', 'colours, whatever the terminal')
    .option('--no-color', 'no colours')
    .action(async (paths: string[], options: Omit<import('./commands/map.js').MapOptions, 'paths'>) => {
      const { runMap } = await import('./commands/map.js');
      done(await runMap({ ...options, paths }, host));
    });

  program
    .command('model')
    .description('Draft a model of a wrapper of your own, for settings.resilience.models, from its source.')
    .argument('<file>', 'the file that exports the wrapper')
    .addOption(new Option('--format <name>', 'a file of models, or a piece of eslint.config.js').choices(['json', 'js']).default('json'))
    .option('--package <name>', 'what consumers import (default: the name in the nearest package.json)')
    .option('--no-config', 'do not read settings.resilience from your ESLint configuration')
    .option('--no-cross-file', 'read this file alone')
    .option('--cwd <dir>', 'where paths start')
    .action(async (file: string, options: Omit<import('./commands/model.js').ModelOptions, 'file'>) => {
      const { runModel } = await import('./commands/model.js');
      done(await runModel({ ...options, file }, host));
    });

  program
    .command('init')
    .description('Add the plugin to the ESLint configuration, or write one. Shows the change and asks.')
    .option('--yes', 'write without asking')
    .option('--dry-run', 'show the change and write nothing')
    .option('--preset <name>', 'recommended, strict, all, or a family: timeouts, retries …', 'recommended')
    .option('--baseline', 'have ESLint pass over the findings of today (eslint-suppressions.json)')
    .option('--oxlint', 'the configuration of oxlint, although ESLint is there')
    .option('--cwd <dir>', 'where to look for the configuration')
    .option('--color', 'colours, whatever the terminal')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExit codes: 0 done, there already or shown, 1 findings beyond the baseline, 2 nothing could be done.')
    .action(async (options: import('./commands/init.js').InitOptions) => {
      const { runInit } = await import('./commands/init.js');
      done(await runInit(options, host));
    });

  program
    .command('rules')
    .description('List the rules with their presets.')
    .addOption(new Option('--format <name>', 'how to print').choices(['text', 'json']).default('text'))
    .action(async (options: { format: 'text' | 'json' }) => {
      const { runRules } = await import('./commands/rules.js');
      done(await runRules(options, host));
    });

  program
    .command('codemod')
    .description('Change code as the rules suggest. Shows the changes; --write makes them.')
    .argument('[names-and-paths...]', 'codemods, then files, folders or globs (default: the working directory)')
    .option('--list', 'name the codemods')
    .option('--write', 'make the changes')
    .option('--check', 'exit with 1 when there is something to change')
    .option('--interactive', 'ask about each change: yes, no, all, quit')
    .option('--option <key=value>', 'an option of a codemod; may be given more than once', append)
    .option('--package <glob>', 'only packages with this name or folder; may be given more than once', append)
    .option('--since <ref>', 'only files changed since the merge base with a commit, uncommitted and untracked ones too')
    .option('--ignore <glob>', 'leave files out; may be given more than once', append)
    .option('--include-tests', 'tests, scripts and config files too')
    .option('--shard <i/n>', 'the packages of one of n runs')
    .option('--concurrency <n>', 'threads that read files', wholeNumber)
    .option('--no-type-gate', 'do not check types before and after')
    .option('--accept-weak-gate', 'write although few imports could be resolved for the type check')
    .option('--allow-dirty', 'write although changes are not committed')
    .option('--resume', 'finish a run that was interrupted')
    .option('--undo', 'put back every file of the last run')
    .option('--json', 'print a report for machines')
    .option('--no-config', 'do not read settings.resilience from your ESLint configuration')
    .option('--no-cross-file', 'judge each file by itself')
    .addOption(new Option('--runtime <name>', 'where the code runs, when detection is wrong').choices(RUNTIMES))
    .option('--cwd <dir>', 'where paths start')
    .option('--color', 'colours, whatever the terminal')
    .option('--no-color', 'no colours')
    .addHelpText(
      'after',
      `
Examples:
  codemod add-timeouts                            show what would change
  codemod add-timeouts packages/orders --write    change one package
  codemod add-timeouts --option request=3000      another limit
  codemod --undo                                  take the last run back

Exit codes: 0 nothing to do or done, 1 changes needed (--check), 2 wrong use, 3 some files failed.`,
    )
    .action(async (args: string[], options: Omit<import('./commands/codemod.js').CodemodOptions, 'args'>) => {
      const { runCodemod } = await import('./commands/codemod.js');
      done(await runCodemod({ ...options, args }, host));
    });

  program.addHelpText('after', '\nExit codes: 0 nothing found, 1 findings, 2 wrong use or an incomplete run.');
  return program;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('A whole number of 0 or more is wanted.');
  return Number(text);
}

const append = (value: string, previous: readonly string[] = []): string[] => [...previous, value];
