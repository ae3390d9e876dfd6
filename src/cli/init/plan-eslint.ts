import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rules } from '../../../rules/index.js';
import { rulesOf, type PresetName } from '../../configs.js';
import { manifestIn, nearestPackage } from '../../project/workspace.js';
import { fromRoot } from '../find-files.js';
import { installCommand } from '../install-command.js';
import { loadESLint, type LoadedESLint } from '../load-eslint.js';
import { count, list } from '../render/words.js';
import type { ModuleForm } from './add-import.js';
import { changedRule, loadConfig, loadText, ourRules, type CalculatedConfig, type LoadedConfig } from './check-config.js';
import { editConfig, linesToPaste, newConfig, type Wanted } from './edit-config.js';
import type { FoundConfigs } from './find-config.js';
import type { Ask, InitPlan } from './init-plan.js';
import { installedIn, refuseOldESLint } from './installed.js';
import { cachedLintScript } from './lint-cache.js';
import { presetReasons } from './preset-reasons.js';
import { PLUGIN } from './preset-uses.js';
import { isTypeScriptFile, sampleFiles, type SampleFiles } from './sample-files.js';
import { USUAL_STYLE } from './text-style.js';
import { browserFolders, packagesBelow } from './workspace-facts.js';

interface Target {
  readonly path: string;
  readonly folder: string;
  /** As it is shown. */
  readonly name: string;
  readonly before: string | null;
  readonly form: ModuleForm;
  readonly engine: LoadedESLint;
  readonly samples: SampleFiles;
  readonly preset: PresetName;
}

/** How a preset gets into the flat config of a folder, or into a new one. Nothing is written but a scratch file that is gone again. */
export async function planESLint(cwd: string, found: FoundConfigs, preset: PresetName, ask: Ask): Promise<InitPlan> {
  if (found.flat === null) {
    const refused = withoutFlat(cwd, found);
    if (refused !== null) return refused;
  }
  const path = found.flat ?? newPath(found.root);
  const folder = dirname(path);
  refuseOldESLint(folder);
  const engine = loadESLint(folder);
  const target: Target = {
    path,
    folder,
    name: fromRoot(cwd, path),
    before: found.flat === null ? null : readFileSync(path, 'utf8'),
    form: formOf(path),
    engine,
    samples: await sampleFiles(folder, () => engine.ESLint),
    preset,
  };
  const packages = packagesBelow(folder);
  const left = browserFolders(packages);
  const script = cachedLintScript(folder);
  const wanted: Wanted = { preset, ignores: left.map((one) => `${one}/**`), parser: false, withProject: script !== null };
  const heads = headLines(cwd, found, target);

  const text = editedText(target, wanted);
  const was = target.before === null ? null : await loadConfig(engine.ESLint, path, target.samples.files);
  if (text.is === 'left') return { is: 'left', why: `${target.name} is left alone: ${text.why}.`, lines: pasteLines(target.name, text.lines) };
  if (was !== null && !was.ok) {
    const lines = linesToPaste(wanted, target.form, USUAL_STYLE);
    return { is: 'left', why: `${target.name} is left alone: it does not load as it is (${was.message}), so a change to it could not be tried. Install what it needs, then run this again.`, lines: pasteLines(target.name, lines) };
  }
  const typescript = typescriptState(target, was);
  if (text.is === 'there') {
    const reached = was === null ? [] : reachedBy(was, preset);
    const also = text.preset === preset ? '' : `, which holds all of ${preset}`;
    const hints = [...(reached.length === 0 ? ['No source file that was asked about gets its rules: look at `files` and `ignores` in that configuration.'] : []), ...typescript.hints, ...(text.withProject ? [] : cacheHints(script))];
    return { is: 'there', why: [...heads, `${target.name}:${text.line} has ${text.preset} already${also}: nothing to change`], hints };
  }
  if (was !== null && hasAll(was, preset)) return { is: 'there', why: [...heads, `${target.name} has the rules of ${preset} already, from a configuration that it takes in: nothing to change`], hints: typescript.hints };
  const answer = await settle(target, wanted, was, typescript, script, ask);
  if (answer.is !== 'change') return answer;
  return { ...answer, why: [...heads, ...presetReasons(preset, packages, left), ...answer.why] };
}

/** Offers what is optional, and tries what comes of it. */
async function settle(target: Target, first: Wanted, was: LoadedConfig | null, typescript: TypescriptState, script: string | null, ask: Ask): Promise<InitPlan> {
  let wanted = first;
  const why: string[] = [];
  const hints: string[] = [];
  if (script !== null) {
    const yes = await ask(`"${script}" runs ESLint with --cache. Wrap the list in withProject, so that a change in another file is noticed?`, true);
    if (yes) why.push(`withProject: "${script}" runs ESLint with --cache, which by itself would not notice a change in another file`);
    else hints.push(...cacheHints(script));
    wanted = { ...wanted, withProject: yes };
  }
  if (typescript.blind) {
    const only = target.before === null || target.samples.javascript === 0;
    const yes = typescript.parser && (await ask(`${typescript.problem} Add the parser of typescript-eslint for them? Other rules without \`files\` then see them too.`, only));
    if (yes) why.push(`parser: ${typescript.problem.replace(/\.$/, '')}, so that of typescript-eslint is set for them`);
    else hints.push(...typescript.hints);
    wanted = { ...wanted, parser: yes };
  }
  let tried = await tryText(target, wanted, was);
  if (!tried.ok && wanted.withProject) {
    const plain = { ...wanted, withProject: false };
    const again = await tryText(target, plain, was);
    if (again.ok) {
      hints.push(...cacheHints(script));
      why.splice(0, 1);
      [wanted, tried] = [plain, again];
    }
  }
  if (!tried.ok) {
    const lines = pasteLines(target.name, linesToPaste(wanted, target.form, USUAL_STYLE));
    if (target.before === null) return { is: 'left', why: `No configuration is written: ${tried.why}`, lines: typescript.blind && !typescript.parser ? ['Install a parser for TypeScript, then run this again:', `  ${installCommand(target.folder, PARSER_PACKAGES)}`] : lines };
    return { is: 'left', why: `${target.name} is left alone: ${tried.why}`, lines: [...lines, ...typescript.hints] };
  }
  return { is: 'change', path: target.path, before: target.before, after: tried.text, why, tried: tried.how, hints };
}

type Tried = { readonly ok: true; readonly text: string; readonly how: string } | { readonly ok: false; readonly why: string };

/** Loads the edited text and looks at what it gives for real files. */
async function tryText(target: Target, wanted: Wanted, was: LoadedConfig | null): Promise<Tried> {
  const edit = editedText(target, wanted);
  if (edit.is !== 'edited') return { ok: false, why: 'the edit does not hold.' };
  const { engine, path, folder, samples } = target;
  const now = await loadText(engine.ESLint, path, installedIn(folder, PLUGIN) === null ? withOwnCopy(edit.text) : edit.text, samples.files);
  if (!now.ok) return { ok: false, why: `with the lines added, ESLint would not load it: ${now.message}` };
  const reached = reachedBy(now, target.preset);
  if (reached.length === 0) return { ok: false, why: `with the lines added, none of the ${samples.files.length === 1 ? '1 source file' : `${samples.files.length} source files`} asked about would get the rules: ESLint ignores them, or has no configuration for their extension.` };
  if (was?.ok === true) {
    for (const [file, before] of was.configs) {
      const after = now.configs.get(file);
      const rule = before == null || after == null ? null : changedRule(before, after);
      if (rule !== null) return { ok: false, why: `with the lines added, ${rule} would be another for ${fromRoot(folder, file)}.` };
    }
  }
  const [example, ons] = reached.find(([one]) => !fromRoot(folder, one).startsWith('.')) ?? reached[0]!;
  const file = existsSync(example) ? fromRoot(folder, example) : 'a source file';
  return { ok: true, text: edit.text, how: `Tried with ESLint ${engine.version}: it loads, and gives ${file} ${count(ons, 'rule')} of ours.` };
}

/** Files that get a rule of the preset, with how many of ours. */
function reachedBy(loaded: LoadedConfig, preset: PresetName): readonly (readonly [file: string, rules: number])[] {
  const wanted = Object.keys(rulesOf(preset, rules));
  if (!loaded.ok) return [];
  return [...loaded.configs].flatMap(([file, config]) => {
    const on = config === null ? [] : ourRules(config);
    return on.some((rule) => wanted.includes(rule)) ? [[file, on.length] as const] : [];
  });
}

function hasAll(loaded: LoadedConfig, preset: PresetName): boolean {
  const wanted = Object.keys(rulesOf(preset, rules));
  return loaded.ok && [...loaded.configs.values()].some((config) => config !== null && wanted.every((rule) => ourRules(config).includes(rule)));
}

function editedText(target: Target, wanted: Wanted): ReturnType<typeof editConfig> {
  if (target.before === null) return { is: 'edited', text: newConfig(wanted, target.form), wrapped: wanted.withProject };
  return editConfig(target.path, target.before, wanted, target.form);
}

/** Where the plugin is not installed yet, this copy stands in while the configuration is tried. */
function withOwnCopy(text: string): string {
  const own = createRequire(import.meta.url).resolve(PLUGIN);
  return text
    .replace(/(from\s+)(['"])eslint-plugin-resilience\2/g, (_, from: string) => `${from}${JSON.stringify(pathToFileURL(own).href)}`)
    .replace(/(require\()(['"])eslint-plugin-resilience\2/g, (_, open: string) => `${open}${JSON.stringify(own)}`);
}

interface TypescriptState {
  /** Sources in TypeScript are there, and ESLint would not parse them. */
  readonly blind: boolean;
  /** typescript-eslint is installed. */
  readonly parser: boolean;
  readonly problem: string;
  readonly hints: readonly string[];
}

const PARSER_PACKAGES = ['typescript-eslint', 'typescript'];
const DEFAULT_PARSERS: ReadonlySet<string> = new Set(['espree']);

function typescriptState({ samples, folder, preset }: Target, was: LoadedConfig | null): TypescriptState {
  const files = samples.files.filter(isTypeScriptFile);
  const parsed = (config: CalculatedConfig | null | undefined): boolean => config?.parser != null && !DEFAULT_PARSERS.has(config.parser);
  const blind = files.length > 0 && (was === null || (was.ok && !files.some((file) => parsed(was.configs.get(file)))));
  const parser = installedIn(folder, 'typescript-eslint') !== null;
  const problem = `${count(samples.typescript, 'TypeScript file')} ${samples.typescript === 1 ? 'has' : 'have'} no parser in this configuration.`;
  if (!blind) return { blind, parser, problem: '', hints: [] };
  const lines = linesToPaste({ preset, ignores: [], parser: true, withProject: false }, 'import', USUAL_STYLE).split('\n').filter((line) => line.includes('tseslint'));
  const install = parser ? [] : [`  ${installCommand(folder, PARSER_PACKAGES)}`];
  return { blind, parser, problem, hints: [`${problem} To have them judged:`, ...install, ...lines.map((line) => `  ${line}`)] };
}

function cacheHints(script: string | null): readonly string[] {
  return script === null ? [] : [`"${script}" runs ESLint with --cache, which does not notice a change in another file. Wrap the list to have it noticed: resilience.withProject([…]).`];
}

function headLines(cwd: string, { passedOver, below, legacy }: FoundConfigs, { name, before }: Target): readonly string[] {
  return [
    `configuration: ${name}${before === null ? ' (new)' : ''}`,
    ...(passedOver.length > 0 ? [`note: ESLint takes ${basename(name)} and passes over ${list(passedOver.map((path) => fromRoot(cwd, path)))} beside it`] : []),
    ...(legacy.length > 0 ? [`note: ESLint no longer reads ${list(legacy.map((path) => fromRoot(cwd, path)))}`] : []),
    ...(below.length > 0 ? [`note: ${count(below.length, 'package')} below ${below.length === 1 ? 'has a configuration of its own, which is' : 'have configurations of their own, which are'} not changed: ${list(below.slice(0, 3).map((path) => fromRoot(cwd, path)))}${below.length > 3 ? ' …' : ''}`] : []),
  ];
}

/** What is said where a flat config is missing and none may be made; `null` where one may. */
function withoutFlat(cwd: string, { below, legacy }: FoundConfigs): InitPlan | null {
  if (legacy.length > 0) {
    const name = fromRoot(cwd, legacy[0]!);
    return {
      is: 'left',
      why: `${name} is of a form that ESLint 9 reads no more by itself and ESLint 10 not at all, and this plugin needs a flat config (eslint.config.js). It is left alone: half a migration would be worse than none.`,
      lines: [
        basename(name) === 'package.json' ? 'Move `eslintConfig` into a file, then let ESLint migrate it, read the result, and run init again:' : 'Let ESLint migrate it, read the result, and run init again:',
        `  npx @eslint/migrate-config ${basename(name) === 'package.json' ? '.eslintrc.json' : name}`,
        'Until then, the rules run without ESLint configuration:',
        '  npx eslint-plugin-resilience check',
      ],
    };
  }
  if (below.length === 0) return null;
  const folders = below.map((path) => fromRoot(cwd, dirname(path)));
  return {
    is: 'left',
    why: `There is no configuration here, and ${count(below.length, 'package')} below ${below.length === 1 ? 'has one of its own' : 'have their own'}: one more here would hold for none of them.`,
    lines: ['Run it where the configurations are, or in the package that they share:', ...folders.map((folder) => `  npx eslint-plugin-resilience init --cwd ${folder}`)],
  };
}

const newPath = (root: string): string => join(root, manifestIn(root)?.json['type'] === 'module' ? 'eslint.config.js' : 'eslint.config.mjs');

/** What the name of a file and its package say of its modules. */
function formOf(path: string): ModuleForm {
  if (/\.m[jt]s$/.test(path)) return 'import';
  if (/\.c[jt]s$/.test(path)) return 'require';
  return path.endsWith('.ts') || nearestPackage(path)?.json['type'] === 'module' ? 'import' : 'require';
}

function pasteLines(name: string, lines: string): readonly string[] {
  return [`Add to ${name} by hand:`, ...lines.trimEnd().split('\n').map((line) => (line === '' ? '' : `  ${line}`))];
}
