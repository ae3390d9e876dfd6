import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { codemods } from '../../codemods/index.js';
import { parse } from '../../src/analysis/parse.js';
import { lintProject } from './lint-project.js';
import { groupSamples, headingsOf, samplesOf, type Sample } from './page.js';
import { ROOT, filesBelow, readText } from './support.js';

/** Level-two headings of a rule page, in this order. A page may have others between them. */
const HEADINGS = ['Rule details', 'What counts as handled', 'Options', 'Known limitations', 'Fix safety', 'When not to use it', 'Measured', 'Supported clients', 'Related'];
const CODE = new Set(['ts', 'js', 'tsx', 'jsx', 'mts', 'cts', 'mjs', 'cjs', 'typescript', 'javascript']);
const EXTENSION: Readonly<Record<string, string>> = { typescript: 'ts', javascript: 'js' };

const fileOf = (sample: Sample): string => sample.file ?? `src/sample.${EXTENSION[sample.language] ?? sample.language}`;

describe.each(Object.entries(rules))('docs/rules/%s.md', (name, rule) => {
  const path = `docs/rules/${name}.md`;
  const page = existsSync(join(ROOT, path)) ? readText(path) : null;

  it('exists', () => {
    expect(page).not.toBeNull();
  });
  if (page === null) return;

  it('starts with the generated header, whose description is the rule\'s own', () => {
    const { description } = rule.meta.docs;
    expect(page.startsWith(`<!-- generated: header -->\n# ${name}\n\n${description[0]!.toUpperCase()}${description.slice(1)}.\n`)).toBe(true);
  });

  it('tells the incident before the details', () => {
    const prose = page.slice(page.indexOf('<!-- /generated: header -->') + 27, page.indexOf('\n## ')).trim();
    expect(prose.split(/\s+/).length).toBeGreaterThan(20);
  });

  it('has the headings that every page has, in their order', () => {
    const headings = headingsOf(page);
    expect(headings.filter((heading) => HEADINGS.includes(heading))).toEqual(HEADINGS);
  });

  const samples = samplesOf(page);
  const code = samples.filter((sample) => CODE.has(sample.language));

  it('has samples of both kinds', () => {
    const details = code.filter((sample) => sample.section === 'Rule details');
    expect(details.some((sample) => sample.expects === 'reported')).toBe(true);
    expect(details.some((sample) => sample.expects === 'silent')).toBe(true);
  });

  it.each(code.map((sample) => [sample.line, sample] as const))('the sample at line %i parses', (_line, sample) => {
    expect(parse(fileOf(sample), sample.code)).toMatchObject({ ok: true });
  });

  const executed = groupSamples(samples.filter((sample) => sample.expects !== null && (CODE.has(sample.language) || sample.project !== null)));
  it.each(executed.map((group) => [group[0]!.line, group] as const))('the sample at line %i does what the page says', (_line, group) => {
    const messages = lintProject(name, Object.fromEntries(group.map((sample) => [fileOf(sample), sample.code])));
    for (const message of messages) expect(message.text).not.toMatch(/^FATAL/);
    // Of several files of a project, the reports are expected where the page says Incorrect.
    for (const expects of new Set(group.map((sample) => sample.expects))) {
      const files = group.filter((sample) => sample.expects === expects).map(fileOf);
      const reports = messages.filter((message) => files.includes(message.file)).map((message) => `${message.file}:${message.line} ${message.text}`);
      if (expects === 'silent') expect(reports).toEqual([]);
      else expect(reports).not.toEqual([]);
    }
  });

  it('names each option', () => {
    const [schema] = rule.meta.schema as [{ properties?: Record<string, unknown> }?];
    for (const option of Object.keys(schema?.properties ?? {})) expect(page).toContain(`\`${option}\``);
  });
});

describe('every page', () => {
  const pages = ['README.md', ...filesBelow('docs').filter((path) => path.endsWith('.md'))];

  it.each(pages)('%s links to files that exist', (path) => {
    const text = readText(path).replace(/^```[\s\S]*?^```$/gm, '');
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1]!);
    const broken = links.filter((link) => !existsSync(join(ROOT, normalize(join(dirname(path), link)))));
    expect(broken).toEqual([]);
  });

  it.each(pages)('%s never tells to run a bare `npx resilience`', (path) => {
    // That name on the registry is not this package.
    expect(readText(path)).not.toMatch(/npx (?:-y )?resilience\b/);
  });

  it('belongs to a rule or codemod that exists', () => {
    const orphans = (folder: string, known: object): string[] =>
      filesBelow(folder).filter((path) => path.endsWith('.md') && !path.endsWith('README.md') && !Object.hasOwn(known, path.slice(folder.length + 1, -3)));
    expect(existsSync(join(ROOT, 'docs/rules')) ? orphans('docs/rules', rules) : []).toEqual([]);
    expect(existsSync(join(ROOT, 'docs/codemods')) ? orphans('docs/codemods', codemods) : []).toEqual([]);
  });
});

describe.each(Object.keys(codemods))('docs/codemods/%s.md', (name) => {
  it('says what changes, what is refused, and what is new for callers', () => {
    const page = readText(`docs/codemods/${name}.md`);
    expect(headingsOf(page)).toEqual(expect.arrayContaining(['What it changes', 'Options', 'What it refuses', 'What is new for callers', 'Fix safety']));
  });
});
