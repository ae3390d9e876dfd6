import { headOf } from '../analysis/leading-comments.js';
import { CALLS_HOOK } from '../models/view-names.js';
import { basename, join, relative, sep } from 'node:path';
import { isFile, readText } from './disk.js';
import { isRecord, recordAt } from './json.js';
import { importSignals, importedSpecifiers, packageSignals, type ImportSignals, type PackageSignals } from './runtime-signals.js';
import { tsconfigOf } from './tsconfig.js';
import { manifestIn, packageOfFile, workspaceRootOfFile, type PackageManifest } from './workspace.js';

/** Where code runs. `script`: started by hand or by a build, not serving anybody. */
export type Runtime = 'node' | 'browser' | 'worker' | 'script' | 'unknown';

export interface RuntimeVerdict {
  readonly runtime: Runtime;
  /** What decided, for people. */
  readonly why: string;
  /** For `unknown`: the package holds code for browsers as well as for servers, so this may be either. */
  readonly mixed?: boolean;
}

export interface RuntimeOptions {
  /** The user's own word (`settings.resilience.runtime`); it decides. */
  readonly runtime?: Runtime | null;
}

/** One question, answered from the file's own signals; `null` passes it on to the next. */
type Question = (signals: Signals) => RuntimeVerdict | null;

interface Signals {
  readonly text: string;
  /** Path below the package, forward slashes. */
  readonly path: string;
  readonly folders: ReadonlySet<string>;
  readonly name: string;
  readonly imports: ImportSignals;
  readonly package: PackageSignals;
  readonly manifest: PackageManifest | null;
  readonly file: string;
}

const verdict = (runtime: Runtime, why: string): RuntimeVerdict => ({ runtime, why });

/** The strongest signals first: what a file says of itself outweighs its folder, its folder the package. */
const QUESTIONS: readonly Question[] = [byDirective, byStartedAs, byCommand, byServedFolder, byWorker, byDeno, byServerExports, byImports, byFileName, byFolder, byPackage, byGlobals, byTsconfig, byTooling];

/**
 * Where the code of a file runs. Judged from its text, its path, its package.json and tsconfig; the
 * text is matched, not parsed. Never throws.
 */
export function runtimeOf(path: string, text: string, options: RuntimeOptions = {}): RuntimeVerdict {
  if (options.runtime != null) return verdict(options.runtime, 'settings.resilience.runtime');
  const signals = signalsOf(path, text);
  for (const question of QUESTIONS) {
    const answer = question(signals);
    if (answer !== null) return answer;
  }
  const { mixed, browser } = signals.package;
  if (mixed !== null || browser !== null) return { runtime: 'unknown', why: 'its package holds code for both sides', mixed: true };
  return verdict('unknown', 'nothing tells');
}

function signalsOf(file: string, text: string): Signals {
  const manifest = packageOfFile(file);
  const path = relative(manifest?.directory ?? workspaceRootOfFile(file), file).split(sep).join('/');
  const parts = path.split('/');
  return {
    text,
    path,
    folders: new Set(parts.slice(0, -1).map((part) => part.toLowerCase())),
    name: parts.at(-1) ?? '',
    imports: importSignals(importedSpecifiers(text)),
    package: signalsOfPackage(manifest),
    manifest,
    file,
  };
}

/** What makes of a package something for browsers. */
export const BUNDLERS: readonly string[] = ['vite', 'webpack', 'parcel', '@rsbuild/core', '@angular/cli', 'react-scripts', '@vitejs/plugin-react', '@vitejs/plugin-react-swc'];

const NO_PACKAGE = packageSignals([]);
const byManifest = new WeakMap<PackageManifest, PackageSignals>();

function signalsOfPackage(manifest: PackageManifest | null): PackageSignals {
  if (manifest === null) return NO_PACKAGE;
  let signals = byManifest.get(manifest);
  if (signals === undefined) byManifest.set(manifest, (signals = readPackage(manifest)));
  return signals;
}

function readPackage(manifest: PackageManifest): PackageSignals {
  const all = packageSignals(manifest.dependencies.keys());
  if (all.browser === null) return all;
  // A view library that is there for development only, with nothing to bundle it, is for a tool or for types.
  const needed = packageSignals(['dependencies', 'peerDependencies'].flatMap((field) => Object.keys(recordAt(manifest.json, field))));
  const bundled = BUNDLERS.some((name) => manifest.dependencies.has(name));
  return needed.browser === null && !bundled ? { ...all, browser: null } : all;
}

const DIRECTIVE = /^['"]use (client|server)['"]/;

function byDirective({ text }: Signals): RuntimeVerdict | null {
  const directive = DIRECTIVE.exec(text.slice(headOf(text).end).slice(0, 20))?.[1];
  if (directive === 'client') return verdict('browser', "'use client'");
  if (directive === 'server') return verdict('node', "'use server'");
  return null;
}

function byStartedAs({ text, folders, path, name, imports }: Signals): RuntimeVerdict | null {
  // A server may be started as a command; what it imports says so.
  if (/^\uFEFF?#!/.test(text) && imports.server === null) return verdict('script', 'starts with #!');
  const folder = ['scripts', 'bin', '.github', 'tools'].find((entry) => folders.has(entry) && path.toLowerCase().startsWith(`${entry}/`)) ?? (folders.has('scripts') ? 'scripts' : undefined);
  if (folder !== undefined) return verdict('script', `folder ${folder}`);
  if (/\.cli\.[cm]?[jt]s$/.test(name)) return verdict('script', 'file name *.cli');
  if (/^[\w.-]+\.config\.[cm]?[jt]s$/.test(name) && !/^(?:src|app|lib)\//.test(path)) return verdict('script', 'configuration of a tool');
  return null;
}

const SERVES = ['express', 'fastify', 'koa', 'hono', '@nestjs/core', '@hapi/hapi', 'restify', 'polka', 'h3', '@hono/node-server', '@apollo/server', 'graphql-yoga', 'bullmq', 'kafkajs', 'amqplib', '@slack/bolt'];
const COMMAND_LIBRARIES = ['commander', 'yargs', 'cac', 'clipanion', '@oclif/core', 'citty', 'meow', 'inquirer', '@inquirer/prompts', '@clack/prompts', 'prompts', 'ora', 'sade', 'arg'];

/** A package whose `bin` is a command for people: it runs once and is watched. */
function byCommand({ manifest }: Signals): RuntimeVerdict | null {
  if (manifest === null || manifest.json['bin'] === undefined) return null;
  const library = COMMAND_LIBRARIES.find((name) => manifest.dependencies.has(name));
  if (library === undefined || SERVES.some((name) => manifest.dependencies.has(name))) return null;
  return verdict('script', `a command-line tool: bin and ${library}`);
}

/** Deno has the interfaces of Node, and limits of its own. */
function byDeno({ manifest, text }: Signals): RuntimeVerdict | null {
  if ((text.includes('jsr:') || text.includes('deno.land')) && /^\s*import\b[^\n]*['"](?:jsr:|https:\/\/deno\.land\/)/m.test(text)) return verdict('unknown', 'imports modules of Deno');
  if (manifest === null) return null;
  const scripts = Object.values(recordAt(manifest.json, 'scripts')).filter((script) => typeof script === 'string');
  if (scripts.some((script) => /(?:^|&&|;)\s*deno\s+\w/.test(script))) return verdict('unknown', 'the package runs on Deno');
  const config = ['deno.json', 'deno.jsonc'].find((name) => isFile(join(manifest.directory, name)));
  return config === undefined ? null : verdict('unknown', `${config} in the package`);
}

/** Files that a server only hands out. */
function byServedFolder({ path }: Signals): RuntimeVerdict | null {
  if (!/\.m?js$/.test(path)) return null;
  const served = /^(?:[\w-]+\/)?(public|static)\/|\/dist\/assets\//.exec(path);
  return served === null ? null : verdict('browser', `folder ${served[1] ?? 'assets'}`);
}

const EDGE = /\bruntime\s*[:=]\s*['"](?:experimental-)?edge['"]/;
const WORKER_TYPES = /<reference\s+types=["']@cloudflare\/workers-types/;

function byWorker({ text, imports, manifest, package: dependencies }: Signals): RuntimeVerdict | null {
  if (text.includes('edge') && /\bexport\s+const\s+(?:config|runtime)\b/.test(text) && EDGE.test(text)) return verdict('worker', "runtime = 'edge'");
  if (text.includes('workers-types') && WORKER_TYPES.test(text)) return verdict('worker', 'types of @cloudflare/workers-types');
  if (imports.worker !== null) return verdict('worker', `imports ${imports.worker}`);
  if (imports.server !== null || manifest === null || dependencies.browser !== null) return null;
  const config = ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'].find((name) => isFile(join(manifest.directory, name)));
  if (config !== undefined) return verdict('worker', `${config} in the package`);
  // A package for a worker has a server framework at most for its tests.
  const needed = packageSignals(Object.keys(recordAt(manifest.json, 'dependencies')));
  if (dependencies.worker !== null && dependencies.mixed === null && needed.server === null && !runsOnNode(manifest)) {
    return verdict('worker', `the package depends on ${dependencies.worker}`);
  }
  return null;
}

const SERVER_EXPORT = /\bexport\s+(?:const|(?:async\s+)?function\*?)\s+(loader|action|getServerSideProps|getStaticProps|getStaticPaths)\b/;

function byServerExports({ text, package: dependencies }: Signals): RuntimeVerdict | null {
  if (dependencies.mixed === null) return null;
  const name = SERVER_EXPORT.exec(text)?.[1];
  if (name === undefined) return null;
  // A route that loads on the server and also acts in the browser: no one answer fits the file.
  return CALLS_HOOK.test(text) ? verdict('unknown', `exports ${name} and uses hooks of a view`) : verdict('node', `exports ${name}`);
}

function byImports({ imports, name, text, file }: Signals): RuntimeVerdict | null {
  if (/\.(?:vue|svelte)$/.test(name)) return verdict('browser', 'a component file');
  if (name.endsWith('.astro') && isScriptOfPage(file, text)) return verdict('browser', 'a script of a page');
  if (imports.server !== null && imports.browser === null) return verdict('node', `imports ${imports.server}`);
  if (imports.browser !== null && imports.server === null) return verdict('browser', `imports ${imports.browser}`);
  if (imports.server === null && imports.view !== null && CALLS_HOOK.test(text)) return verdict('browser', 'uses hooks of a view');
  return null;
}

const LARGEST_PAGE = 1_500_000;

/** Of a page of Astro, what stands between the first two `---` runs on the server, its scripts do not. A linter hands on the page, or each of these. */
function isScriptOfPage(file: string, text: string): boolean {
  const page = readText(file, LARGEST_PAGE);
  if (page === null || text === page) return false;
  const onServer = /^\uFEFF?\s*---([\s\S]*?)\n---/.exec(page)?.[1] ?? '';
  return onServer.trim() !== text.trim();
}

function byFileName({ name, folders, path, text, package: dependencies }: Signals): RuntimeVerdict | null {
  const hasViews = dependencies.mixed !== null || dependencies.browser !== null;
  if (/\.server\.[cm]?[jt]sx?$/.test(name)) return verdict('node', 'file name *.server');
  if (hasViews && /\.client\.[cm]?[jt]sx?$/.test(name)) return verdict('browser', 'file name *.client');
  if (dependencies.mixed === null) return null;
  if (/^route\.[jt]sx?$/.test(name) && folders.has('app')) return verdict('node', 'a route handler');
  if (/^\+(?:page|layout)?\.?server\.[jt]s$/.test(name)) return verdict('node', 'a server module of SvelteKit');
  if (/^(?:middleware|proxy|instrumentation)\.[jt]s$/.test(name)) return verdict(name.startsWith('middleware') ? 'worker' : 'node', 'a server hook of Next.js');
  if (/(?:^|\/)pages\/api\//.test(path)) return verdict('node', 'folder pages/api');
  if (folders.has('app') && dependencies.mixed === 'next' && /^(?:page|layout|template|default|sitemap|robots|opengraph-image)\.[jt]sx?$/.test(name) && /\bexport\s+default\s+async\b/.test(text)) {
    return verdict('node', 'a server component');
  }
  return null;
}

const ALWAYS_SERVER = ['server', 'servers', 'server-only', 'backend'];
const SERVER_FOLDERS = [...ALWAYS_SERVER, 'api', 'controllers', 'middleware', 'middlewares', 'workers', 'worker', 'jobs', 'cron', 'crons', 'trpc', 'migrations', 'lambda', 'lambdas', 'functions'];
const BROWSER_FOLDERS = ['public', 'static', 'client', 'frontend', 'components', 'hooks', 'browser', 'ui', 'studio'];

function byFolder({ folders, name, imports, package: dependencies, manifest, file }: Signals): RuntimeVerdict | null {
  const hasViews = dependencies.mixed !== null || dependencies.browser !== null;
  const server = SERVER_FOLDERS.find((folder) => folders.has(folder));
  const inBrowser = BROWSER_FOLDERS.find((folder) => folders.has(folder));
  // The package's own folder counts where no server framework is in it.
  if (dependencies.server === null && server === undefined) {
    const above = foldersAbove(file, manifest);
    const outer = ['frontend', 'ui', 'studio', ...(hasViews ? ['client', 'browser'] : [])].find((folder) => above.has(folder));
    if (outer !== undefined) return verdict('browser', `folder ${outer}`);
  }
  if (inBrowser === 'public' || inBrowser === 'static') return verdict('browser', `folder ${inBrowser}`);
  if (folders.has('client-only')) return verdict('browser', 'folder client-only');
  // In a server, a folder named `client` holds a client of another service.
  const onServer = ALWAYS_SERVER.find((folder) => folders.has(folder));
  if (onServer !== undefined) return verdict('node', `folder ${onServer}`);
  if (!hasViews) return null;
  if (server !== undefined && dependencies.mixed !== null && inBrowser === undefined) return verdict('node', `folder ${server}`);
  if (inBrowser !== undefined) return verdict('browser', `folder ${inBrowser}`);
  if (imports.view !== null) return verdict('browser', `imports ${imports.view}`);
  if (/\.[jt]sx$/.test(name)) return verdict('browser', 'a file of JSX');
  return null;
}

/** Names of the folders from the workspace root to the package, the package's own included. */
function foldersAbove(file: string, manifest: PackageManifest | null): ReadonlySet<string> {
  if (manifest === null) return new Set();
  const folders = relative(workspaceRootOfFile(file), manifest.directory).toLowerCase().split(sep);
  return new Set([...folders, basename(manifest.directory).toLowerCase()]);
}

function byPackage({ package: dependencies, imports }: Signals): RuntimeVerdict | null {
  if (imports.view !== null && dependencies.server === null) return verdict('browser', `imports ${imports.view}`);
  if (dependencies.mixed !== null) return null;
  if (dependencies.browser !== null && dependencies.server === null) return verdict('browser', `the package depends on ${dependencies.browser}`);
  if (dependencies.server !== null && dependencies.browser === null) return verdict('node', `the package depends on ${dependencies.server}`);
  return null;
}

const BROWSER_GLOBALS =
  /(?<![\w.$'"`-])(?:window\.(?:location|document|addEventListener|open|history|localStorage|matchMedia|navigator)|document\.(?:getElementById|querySelector|createElement|cookie|addEventListener|body|head|documentElement)|(?:localStorage|sessionStorage)\.\w+|navigator\.(?:clipboard|sendBeacon|serviceWorker|geolocation|userAgent))/;
/** Code that asks where it runs, runs in both places. */
const ASKS = /typeof\s+(?:window|document|navigator|process|localStorage|globalThis\.\w+)\b/;
const NODE_GLOBALS = /(?<![\w.$'"`-])(?:process\.(?:exit|argv|cwd|on|stdout|stderr|env\.(?!NEXT_PUBLIC_|NODE_ENV\b|VITE_|REACT_APP_|PUBLIC_)\w+)|__dirname|Buffer\.(?:from|alloc|concat))/;

const MANY_BROWSER_GLOBALS = /(?<![\w$.])(?:window|document|navigator|localStorage|sessionStorage)\s*[.?[]/g;

function byGlobals({ text, package: dependencies }: Signals): RuntimeVerdict | null {
  // One mention may stand behind a test for the other side; a file full of them is what it looks like.
  if ((text.match(MANY_BROWSER_GLOBALS)?.length ?? 0) >= 4 && !NODE_GLOBALS.test(text)) return verdict('browser', 'uses window and document throughout');
  if (ASKS.test(text)) return null;
  const browser = BROWSER_GLOBALS.exec(text)?.[0];
  const node = NODE_GLOBALS.exec(text)?.[0];
  if (browser !== undefined && node === undefined && dependencies.server === null) return verdict('browser', `uses ${browser}`);
  if (node !== undefined && browser === undefined) return verdict('node', `uses ${node}`);
  return null;
}

function byTsconfig({ file, package: dependencies, manifest }: Signals): RuntimeVerdict | null {
  if (dependencies.mixed !== null || dependencies.server !== null) return null;
  const config = tsconfigOf(file);
  if (config?.lib?.some((entry) => entry === 'dom' || entry.startsWith('dom.')) !== true) return null;
  if (dependencies.nodeTypes || config.types?.includes('node') === true || runsOnNode(manifest)) return null;
  const root = manifestIn(workspaceRootOfFile(file));
  if (root !== null && root !== manifest && root.dependencies.has('@types/node')) return null;
  return verdict('browser', 'tsconfig lib holds dom, and the package has no types of Node');
}

function byTooling({ package: dependencies, manifest }: Signals): RuntimeVerdict | null {
  if (dependencies.mixed !== null || dependencies.browser !== null || manifest === null || hasBrowserBuild(manifest)) return null;
  if (runsOnNode(manifest)) return verdict('node', 'engines or bin of the package');
  return dependencies.nodeTypes ? verdict('node', 'the package has the types of Node') : null;
}

function runsOnNode(manifest: PackageManifest | null): boolean {
  if (manifest === null) return false;
  const { engines, bin } = manifest.json;
  return bin !== undefined || (isRecord(engines) && engines['node'] !== undefined);
}

function hasBrowserBuild(manifest: PackageManifest): boolean {
  return manifest.json['browser'] !== undefined || manifest.json['unpkg'] !== undefined || manifest.json['jsdelivr'] !== undefined || manifest.dependencies.has('react');
}
