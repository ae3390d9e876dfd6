import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, filesBelow, readJson, readText } from './support.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly main: string;
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly engines: { readonly node: string };
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = readJson<Manifest>('package.json');

/** What npm would put into the tarball, without running any script. */
function packedFiles(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  const [report] = JSON.parse(output) as [{ files: { path: string }[] }];
  return report.files.map((file) => file.path);
}

describe('package.json', () => {
  it('points at files that the build makes', () => {
    const targets = [manifest.main, manifest.types, ...Object.values(manifest.bin), ...Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))];
    // A pattern stands for the files of its folder.
    for (const target of targets) expect(existsSync(join(ROOT, target.replace(/\*.*$/, ''))), target).toBe(true);
  });

  it('names the Node versions that ESLint 10 supports', () => {
    const eslint = JSON.parse(readFileSync(join(ROOT, 'node_modules/eslint/package.json'), 'utf8')) as Manifest;
    expect(manifest.engines.node).toBe(eslint.engines.node);
  });

  it('needs neither a linter nor a compiler of its own choosing at run time', () => {
    for (const name of ['typescript', 'eslint']) expect(Object.keys(manifest.dependencies)).not.toContain(name);
    expect(Object.keys(manifest.peerDependencies)).toEqual(['eslint']);
  });

  it('has the scripts that the documentation names', () => {
    const documented = ['README.md', ...filesBelow('docs').filter((path) => path.endsWith('.md') && !path.startsWith('docs/examples/'))]
      .flatMap((path) => [...readText(path).matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? ''));
    for (const script of documented) expect(Object.keys(manifest.scripts), script).toContain(script);
  });
});

describe('package-lock.json', () => {
  const lock = readJson<{ packages: Readonly<Record<string, { optionalDependencies?: Readonly<Record<string, string>>; resolved?: string }>> }>('package-lock.json');

  it('holds the bindings of every platform', () => {
    // npm leaves out what it cannot fetch at the time, and `npm ci` then fails everywhere else.
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !Object.hasOwn(lock.packages, `node_modules/${name}`) && !Object.hasOwn(lock.packages, `${path}/node_modules/${name}`)),
    );
    expect(missing).toEqual([]);
  });

  it('leaves the address of the registry to the user', () => {
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
  });
});

describe('the tarball', () => {
  const files = packedFiles();

  it('holds the build, the pages and the licence, and nothing of the tests', () => {
    expect(files).toContain('dist/src/index.js');
    // Built apart, for browsers, and read when a page is made.
    expect(files).toContain('dist/src/cli/render/map/page/client/main.js');
    expect(files).toContain('LICENSE');
    expect(files).toContain('README.md');
    expect(files).toContain('CHANGELOG.md');
    expect(files).toContain('docs/oxlint/recommended.json');
    expect(files.filter((path) => /^(?:src|rules|codemods|test)\//.test(path))).toEqual([]);
    expect(files.filter((path) => path.endsWith('.map'))).toEqual([]);
  });
});

describe('committed text', () => {
  const texts = ['src', 'rules', 'codemods', 'docs', 'test']
    .flatMap(filesBelow)
    .filter((path) => !path.includes('/.tmp/') && !path.includes('/node_modules/') && /\.(?:[cm]?[jt]s|jsonl?|md|ya?ml|txt)$/.test(path))
    .concat(['README.md', 'CHANGELOG.md', 'package.json', 'eslint.config.js', 'vitest.config.ts', '.ci/run'].filter((path) => existsSync(join(ROOT, path))));

  it('names no path of a machine', () => {
    // Roots of home folders and build machines; `/tmp` and `/etc` may occur in samples.
    const pattern = new RegExp(['/(?:home|Users|root|work|workspace|mnt)/[\\w.-]+', '[A-Z]:\\\\\\\\?Users'].join('|'));
    const allowed = /https?:\/\/\S+/g;
    const broken = texts.flatMap((path) => {
      const match = pattern.exec(readText(path).replace(allowed, ''));
      return match === null ? [] : [`${path}: ${match[0]}`];
    });
    expect(broken).toEqual([]);
  });

  it('names no registry host', () => {
    const broken = texts.filter((path) => new RegExp(['registry', 'npmjs'].join('\\.')).test(readText(path)));
    expect(broken).toEqual([]);
  });
});
