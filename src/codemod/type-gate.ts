import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Project, ts } from 'ts-morph';

/** One changed file as the gate sees it. */
export interface GatedFile {
  readonly path: string;
  readonly after: string;
  /** It is made by the run: the files that import it are checked with it. */
  readonly isNew?: true;
}

/** What the compiler says of the changed files of one package. */
export interface GateOutcome {
  /** Files that gained an error, with its text and where such errors stand in the new text; they must not be written. */
  readonly rejected: readonly { readonly path: string; readonly problem: string; readonly at: readonly number[] }[];
  /** Files that no tsconfig.json of the package holds: nothing is known of their types. */
  readonly unchecked: readonly string[];
  /** Imports of the checked files, and how many of them the compiler found. */
  readonly imports: { readonly all: number; readonly resolved: number };
  /** Errors of the package before and after, those of rejected files taken back. */
  readonly errors: { readonly before: number; readonly after: number };
  readonly problem: string | null;
}

/** Below this share of imports found, what the compiler does not complain of says little. */
export const WEAK_BELOW = 0.9;

const NOTHING: GateOutcome = { rejected: [], unchecked: [], imports: { all: 0, resolved: 0 }, errors: { before: 0, after: 0 }, problem: null };

/**
 * Type-checks a package before and after its edits, and names the files that gained an error.
 * @param directory of the package
 * @param libraries folders of copies for those that may not be installed yet
 */
export function gatePackage(directory: string, root: string, files: readonly GatedFile[], libraries: Readonly<Record<string, string>> = {}): GateOutcome {
  const code = files.filter(({ path }) => CODE.test(path));
  const made = code.filter(({ isNew }) => isNew === true);
  const groups = groupByConfig(directory, root, code.filter(({ isNew }) => isNew !== true));
  if ('problem' in groups) return { ...NOTHING, unchecked: code.map(({ path }) => path), problem: groups.problem };
  const outcomes = [...groups.byConfig].map(([config, own]) => check(config, [...own, ...made], libraries));
  return {
    rejected: outcomes.flatMap(({ rejected }) => rejected),
    unchecked: groups.unchecked,
    imports: { all: sum(outcomes.map(({ imports }) => imports.all)), resolved: sum(outcomes.map(({ imports }) => imports.resolved)) },
    errors: { before: sum(outcomes.map(({ errors }) => errors.before)), after: sum(outcomes.map(({ errors }) => errors.after)) },
    problem: null,
  };
}

const CODE = /\.[cm]?[jt]sx?$/;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

type Groups = { readonly byConfig: ReadonlyMap<string, readonly GatedFile[]>; readonly unchecked: readonly string[] } | { readonly problem: string };

/** A configuration with those it refers to: the files of each, by path. */
type Holders = ReadonlyMap<string, ReadonlySet<string>>;

/** The configuration that holds each file: of its own folder, else of the nearest one above, up to the package's. */
function groupByConfig(directory: string, root: string, files: readonly GatedFile[]): Groups {
  const byConfig = new Map<string, GatedFile[]>();
  const unchecked: string[] = [];
  const known = new Map<string, Holders>();
  for (const file of files) {
    let holder: string | undefined;
    for (const config of configsAbove(file.path, directory, root)) {
      let holders = known.get(config);
      if (holders === undefined) {
        const read = holdersOf(config);
        const isMain = basename(config) === 'tsconfig.json';
        if ('problem' in read && isMain) return read;
        known.set(config, (holders = 'problem' in read ? new Map() : read));
      }
      holder = [...holders].find(([, names]) => names.has(resolve(file.path)))?.[0];
      if (holder !== undefined) break;
    }
    const group = holder === undefined ? undefined : byConfig.get(holder);
    if (holder === undefined) unchecked.push(file.path);
    else if (group === undefined) byConfig.set(holder, [file]);
    else group.push(file);
  }
  return { byConfig, unchecked };
}

/** Every tsconfig.json between a file and its package, or where that has none the nearest one above it; each with those beside it, for tests. */
function configsAbove(path: string, directory: string, root: string): readonly string[] {
  const configs: string[] = [];
  let isInside = true;
  for (let at = dirname(path); ; at = dirname(at)) {
    if (at === directory) isInside = false;
    const config = join(at, 'tsconfig.json');
    if (ts.sys.fileExists(config)) configs.push(config, ...ts.sys.readDirectory(at, ['.json'], undefined, ['tsconfig.*.json'], 1).sort());
    if ((!isInside && configs.length > 0) || at === root || dirname(at) === at) return configs;
  }
}

function holdersOf(config: string): Holders | { readonly problem: string } {
  const holders = new Map<string, ReadonlySet<string>>();
  const configs = [config];
  for (let next = 0; next < configs.length; next++) {
    const path = configs[next]!;
    const read = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
    if (read.error !== undefined) return { problem: `${path}: ${textOf(read.error)}` };
    const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, dirname(path), undefined, path);
    const broken = parsed.errors.find(({ code }) => code !== NO_INPUTS);
    if (broken !== undefined) return { problem: `${path}: ${textOf(broken)}` };
    holders.set(path, new Set(parsed.fileNames.map((name) => resolve(name))));
    for (const reference of parsed.projectReferences ?? []) {
      const to = ts.resolveProjectReferencePath(reference);
      if (ts.sys.fileExists(to) && !configs.includes(to)) configs.push(to);
    }
  }
  return holders;
}

/** "No inputs were found": a configuration that only refers to others. */
const NO_INPUTS = 18003;

/** Of the compiler that comes with ts-morph, with its own declarations of the language: the package need not have one. */
function check(config: string, files: readonly GatedFile[], libraries: Readonly<Record<string, string>>): Omit<GateOutcome, 'unchecked' | 'problem'> {
  const project = new Project({
    tsConfigFilePath: config,
    // Errors within libraries' declarations stay what they are, and finding them takes long.
    compilerOptions: { noEmit: true, composite: false, incremental: false, declaration: false, emitDeclarationOnly: false, skipLibCheck: true },
  });
  addCopies(project, config, libraries);
  const errorsBefore = errorsOf(project);
  const imports = importsOf(project, files);
  const there = files.filter(({ isNew }) => isNew !== true);
  const shapesBefore = shapesOf(project, there);
  const originals = new Map<string, string>();
  const write = (path: string, text: string): void => void project.getSourceFile(path)?.replaceWithText(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  for (const { path, after, isNew } of files) {
    if (isNew === true) project.createSourceFile(path, '', { overwrite: true });
    originals.set(path, project.getSourceFile(path)?.getFullText() ?? '');
    write(path, after);
  }
  // What a file shows to others tells whether an edit can be felt outside of it.
  const isFeltOutside = shapesBefore === null || !isDeepStrictEqual(shapesOf(project, there), shapesBefore);
  const recheck = (): Errors => (isFeltOutside ? errorsOf(project) : new Map([...errorsBefore, ...errorsOf(project, files)]));
  let errorsAfter = recheck();
  const rejected: { path: string; problem: string; at: readonly number[] }[] = [];
  for (let round = 0; round < files.length; round++) {
    const gained = files.filter(({ path }) => originals.has(path) && gainedIn(path, errorsAfter, errorsBefore) !== null);
    // An error in a file that was not changed comes from one that was: all of them go back.
    const back = gained.length === 0 && total(errorsAfter) > total(errorsBefore) ? files.filter(({ path }) => originals.has(path)) : gained;
    if (back.length === 0) break;
    for (const { path } of back) {
      const at = placesOf(project, path, errorsBefore);
      write(path, originals.get(path)!);
      originals.delete(path);
      rejected.push({ path, problem: newError(errorsAfter, errorsBefore, path), at });
    }
    errorsAfter = recheck();
  }
  return { rejected, imports, errors: { before: total(errorsBefore), after: total(errorsAfter) } };
}

/** Lets a library that is not installed be found in a copy. */
function addCopies(project: Project, config: string, libraries: Readonly<Record<string, string>>): void {
  const options = project.getCompilerOptions();
  const missing = Object.entries(libraries).filter(([name]) => ts.resolveModuleName(name, config, options, ts.sys).resolvedModule === undefined);
  if (missing.length === 0) return;
  project.compilerOptions.set({ paths: { ...options.paths, ...Object.fromEntries(missing.map(([name, folder]) => [name, [folder]])) } });
}

/** Texts of the errors of each file, by its path; of all files, or of these (an entry each then). */
type Errors = ReadonlyMap<string, readonly string[]>;

function errorsOf(project: Project, files?: readonly GatedFile[]): Errors {
  const program = project.getProgram().compilerObject;
  const found = new Map<string, string[]>();
  const take = (path: string, diagnostics: readonly ts.Diagnostic[]): void => {
    const texts = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error).map(textOf);
    if (texts.length > 0 || files !== undefined) found.set(path, [...(found.get(path) ?? []), ...texts]);
  };
  const sources = files === undefined ? program.getSourceFiles() : files.flatMap(({ path }) => program.getSourceFile(path) ?? []);
  for (const source of sources) take(resolve(source.fileName), [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]);
  if (files === undefined) take('', [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]);
  return found;
}

/** The declarations that files show to others; `null` where the compiler cannot tell. */
function shapesOf(project: Project, files: readonly GatedFile[]): readonly string[] | null {
  const service = project.getLanguageService().compilerObject;
  const shapes: string[] = [];
  for (const { path } of files) {
    if (project.getSourceFile(path) === undefined) continue;
    const [declaration] = service.getEmitOutput(path, true, true).outputFiles;
    if (declaration === undefined) return null;
    shapes.push(declaration.text);
  }
  return shapes;
}

const total = (errors: Errors): number => sum([...errors.values()].map((list) => list.length));

/** An error of a file that was not there before, by its text: one that went away does not make up for it. */
function gainedIn(path: string, after: Errors, before: Errors): string | null {
  const known = (before.get(resolve(path)) ?? []).map(gist);
  for (const text of after.get(resolve(path)) ?? []) {
    const index = known.indexOf(gist(text));
    if (index === -1) return text;
    known.splice(index, 1);
  }
  return null;
}

/** Where the errors stand that a file did not have before. */
function placesOf(project: Project, path: string, before: Errors): readonly number[] {
  const program = project.getProgram().compilerObject;
  const source = program.getSourceFile(path);
  if (source === undefined) return [];
  const known = (before.get(resolve(path)) ?? []).map(gist);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].flatMap((diagnostic) => (known.includes(gist(textOf(diagnostic))) || diagnostic.start === undefined ? [] : [diagnostic.start]));
}

/** "Did you mean" comes with the first ten such errors alone, under another code: which those are depends on what was checked. */
const gist = (text: string): string => text.replace(/^TS\d+: /, '').replace(/ Did you mean [^?]*\?$/, '');

function newError(after: Errors, before: Errors, path: string): string {
  const own = gainedIn(path, after, before);
  if (own !== null) return own;
  for (const [file, list] of after) for (const text of list) if (!(before.get(file) ?? []).includes(text)) return `${file}: ${text}`;
  return 'the number of errors of the package grew';
}

/** How many of the files' imports the compiler finds, in a file or in an ambient declaration. */
function importsOf(project: Project, files: readonly GatedFile[]): GateOutcome['imports'] {
  let all = 0;
  let resolved = 0;
  const checker = project.getTypeChecker().compilerObject;
  for (const { path } of files) {
    for (const declaration of project.getSourceFile(path)?.getImportDeclarations() ?? []) {
      all++;
      if (checker.getSymbolAtLocation(declaration.getModuleSpecifier().compilerNode) !== undefined) resolved++;
    }
  }
  return { all, resolved };
}

function textOf(diagnostic: ts.Diagnostic): string {
  return `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
}
