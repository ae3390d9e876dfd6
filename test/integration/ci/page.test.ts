import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shownCommands } from '../../support/shown-commands.js';
import { writeFiles, type Ran } from '../support.js';
import { PAGE, commit, git, pageText, repository, resilience, shell, unbounded } from './support.js';

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly 'runs-on': string; readonly steps: readonly Step[] }>>;
}
type Pipeline = Readonly<Record<string, { readonly script: readonly string[]; readonly artifacts?: { readonly reports: { readonly codequality: string } } }>>;

const documents = [...pageText().matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => parse(match[1]!) as object);
const workflows = documents.filter((document): document is Workflow => 'jobs' in document);
const pipelines = documents.filter((document): document is Pipeline => !('jobs' in document));
const stepsOf = (workflow: Workflow): readonly Step[] => Object.values(workflow.jobs).flatMap((job) => job.steps);
const runs = workflows.flatMap(stepsOf).flatMap(({ run }) => run ?? []);
const scripts = pipelines.flatMap((pipeline) => Object.values(pipeline)).flatMap(({ script }) => script);

const STRICT_AS_ERRORS = /^```js\n(\/\/ eslint\.config\.js\n[\s\S]*?)^```$/m.exec(pageText())![1]!;
const RESILIENCE = 'npx eslint-plugin-resilience check';
const BASELINE = '--baseline resilience-baseline.json';

/** A branch that adds a file with a finding, merged into a main that moved on: what GitHub checks out for a pull request. */
let folder: string;
beforeAll(() => {
  folder = repository('recipes', { 'eslint.config.js': STRICT_AS_ERRORS, 'src/orders.js': unbounded('order') });
  git(folder, 'checkout', '--quiet', '-b', 'stock');
  writeFiles(folder, { 'src/lager für alle.js': unbounded('stock') });
  commit(folder, 'stock');
  git(folder, 'checkout', '--quiet', 'main');
  writeFiles(folder, { 'src/mail.js': unbounded('mail') });
  commit(folder, 'mail');
  // What a clone calls the other side's main branch.
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'main');
  git(folder, 'checkout', '--quiet', '--detach', 'main');
  git(folder, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'stock');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fresh = (): void => {
  git(folder, 'checkout', '--quiet', '--', '.');
  git(folder, 'clean', '--quiet', '-d', '--force', '--exclude=node_modules');
};
const all = ['src/lager für alle.js', 'src/mail.js', 'src/orders.js'];
const onlyStock = ({ status, stdout }: Ran): void => {
  expect(status, stdout).toBe(1);
  expect(stdout).toContain('src/lager für alle.js');
  expect(stdout).not.toMatch(/src\/(?:orders|mail)\.js/);
};
const findsAll = ({ status, stdout, stderr }: Ran): void => {
  expect(status, stderr).toBe(1);
  for (const path of all) expect(stdout).toContain(path);
};
const writes = (file: string, holds: string) => ({ status, stderr }: Ran): void => {
  expect(status, stderr).toBe(1);
  expect(JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8')))).toContain(holds);
};
const passes = ({ status, stdout, stderr }: Ran): void => expect(status, stdout + stderr).toBe(0);

interface Shown {
  readonly line: string;
  /** `null`: installs from the registry what the folder has as links. */
  readonly then: ((ran: Ran) => void) | null;
  /** Starts from the commit. */
  readonly fresh?: boolean;
  readonly before?: () => void;
  readonly env?: () => Record<string, string>;
}

/** From the top of the page to its end: what a command writes, the next one reads. */
const SHOWN: readonly Shown[] = [
  { line: 'npm ci', then: null },
  { line: `${RESILIENCE} --since HEAD^1 --format github`, then: (ran) => {
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout.match(/^::error .*$/gm)).toEqual([expect.stringContaining('file=src/lager für alle.js,line=1,')]);
  } },
  { line: `${RESILIENCE} --since origin/main`, then: onlyStock },
  { line: `${RESILIENCE} --since origin/main --since-lines`, then: onlyStock },
  { line: "git diff --name-only -z --relative --diff-filter=d origin/main... -- '*.js' '*.ts' | xargs -0 -r npx eslint --no-warn-ignored", then: (ran) => {
    // What xargs answers for a command that fails.
    expect(ran.status).toBe(123);
    onlyStock({ ...ran, status: 1 });
  } },
  { line: 'npx eslint --suppress-all', fresh: true, then: (ran) => {
    passes(ran);
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'eslint-suppressions.json'), 'utf8')) as object)).toEqual(all);
  } },
  { line: 'npx eslint', then: passes },
  { line: 'npx eslint --prune-suppressions', before: () => writeFiles(folder, { 'src/mail.js': '' }), then: (ran) => {
    passes(ran);
    expect(readFileSync(join(folder, 'eslint-suppressions.json'), 'utf8')).not.toContain('mail');
  } },
  { line: `${RESILIENCE} ${BASELINE} --update-baseline`, fresh: true, then: (ran) => {
    passes(ran);
    expect(ran.stdout).toContain('written with 3 findings');
  } },
  { line: `${RESILIENCE} ${BASELINE}`, then: passes },
  { line: `${RESILIENCE} ${BASELINE} --update-baseline`, before: () => git(folder, 'add', 'resilience-baseline.json'), then: passes },
  { line: 'git diff --exit-code resilience-baseline.json', then: passes },
  { line: `${RESILIENCE} --format gitlab --output-file gl-code-quality-report.json`, fresh: true, before: () => git(folder, 'reset', '--quiet', '--hard'), then: writes('gl-code-quality-report.json', 'src/lager für alle.js') },
  { line: `${RESILIENCE} --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"`, env: () => ({ CI_MERGE_REQUEST_DIFF_BASE_SHA: git(folder, 'rev-parse', 'main').trim() }), then: onlyStock },
  { line: `${RESILIENCE} --format sarif --output-file resilience.sarif`, fresh: true, then: writes('resilience.sarif', 'lager%20f%C3%BCr%20alle.js') },
  { line: 'npx eslint --cache --cache-strategy content', then: (ran) => {
    findsAll(ran);
    expect(existsSync(join(folder, '.eslintcache'))).toBe(true);
  } },
  { line: `${RESILIENCE} --stats`, then: (ran) => {
    findsAll(ran);
    expect(ran.stdout).toContain('require-timeout');
  } },
  { line: `${RESILIENCE} --format json --output-file resilience.json`, then: writes('resilience.json', 'src/mail.js') },
];

describe(PAGE, () => {
  it('shows no command that is not run here', () => {
    expect([...new Set([...shownCommands(PAGE), ...runs, ...scripts])].sort()).toEqual([...new Set(SHOWN.map(({ line }) => line))].sort());
  });

  it.each(SHOWN.flatMap((shown) => (shown.then === null ? [] : [{ ...shown, then: shown.then }])))('$line', ({ line, then, fresh: anew, before, env }) => {
    if (anew === true) fresh();
    before?.();
    then(shell(folder, line, env?.()));
  });

  it('lets a job fail for a baseline that is not up to date', () => {
    fresh();
    const write = `${RESILIENCE} ${BASELINE} --update-baseline`;
    passes(shell(folder, write));
    git(folder, 'add', 'resilience-baseline.json');
    appendFileSync(join(folder, 'src/orders.js'), unbounded('second'));
    const { status, stdout } = shell(folder, `${write} > /dev/null\ngit diff --exit-code resilience-baseline.json`);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\+.*second/m);
    git(folder, 'reset', '--quiet', '--hard');
  });
});

describe('the workflows', () => {
  it.each(workflows.map((workflow) => [(workflow as unknown as { name: string }).name, workflow] as const))('%s: the code and Node are there before npm ci, and the rest after', (_name, workflow) => {
    const steps = stepsOf(workflow).map(({ uses, run }) => (uses ?? run!).replace(/@.*/, ''));
    expect(steps.slice(0, 3)).toEqual(['actions/checkout', 'actions/setup-node', 'npm ci']);
    for (const job of Object.values(workflow.jobs)) expect(job['runs-on']).toBe('ubuntu-latest');
  });

  it('hand on the files that their commands write', () => {
    const steps = workflows.flatMap(stepsOf);
    const upload = steps.find(({ uses }) => uses?.includes('upload-sarif'));
    expect(runs.some((run) => run.endsWith(`--output-file ${String(upload?.with?.['sarif_file'])}`))).toBe(true);
    const report = pipelines.flatMap((pipeline) => Object.values(pipeline)).find(({ artifacts }) => artifacts !== undefined);
    expect(report!.script.at(-1)).toContain(`--output-file ${report!.artifacts!.reports.codequality}`);
    expect(steps.find(({ uses }) => uses?.startsWith('actions/cache'))?.with).toMatchObject({ path: '.eslintcache' });
  });

  it('fetch the commit that they compare with', () => {
    const comparing = workflows.filter((workflow) => stepsOf(workflow).some(({ run }) => run?.includes('HEAD^1')));
    expect(comparing).toHaveLength(1);
    expect(stepsOf(comparing[0]!)[0]!.with).toEqual({ 'fetch-depth': 2 });
  });
});

describe('exit codes', () => {
  it.each([
    ['--no-such-flag', 2],
    ['gone', 2],
    ['src', 1],
    ['eslint.config.js', 0],
  ])('%s: %i', (argument, status) => {
    expect(resilience(folder, ['check', argument]).status).toBe(status);
  });
});
