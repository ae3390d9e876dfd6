import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkIn, reportOf, tempProject, writeFiles } from './fixture.js';

const baseline = 'baseline.json';

describe('the life of a baseline', () => {
  it('is written, takes known findings away, reports new ones and names those that are gone', async () => {
    const root = tempProject({ 'src/a.ts': 'bad(1);\nbad(2);', 'src/b.ts': 'bad(3);' });
    const first = await checkIn(root, { baseline, updateBaseline: true });
    expect(first.exit).toBe(0);
    expect(first.out).toContain('baseline.json written with 3 findings.');

    const second = await checkIn(root, { baseline });
    expect(second.exit).toBe(0);
    expect(second.out).toContain('Not shown: 3 known to baseline.json.');

    // Moved lines are still known; one is new, one is gone.
    writeFiles(root, { 'src/a.ts': '// a comment\n\nbad(1);\nbad(4);' });
    const third = await reportOf(root, { baseline });
    expect(third.exit).toBe(1);
    expect(third.report.findings).toMatchObject([{ path: 'src/a.ts', line: 4 }]);
    expect(third.report.summary.baseline).toEqual({ path: baseline, known: 2, gone: 1, written: false, entries: 3 });
    expect((await checkIn(root, { baseline })).out).toContain('1 finding of baseline.json is gone: run with --update-baseline.');

    expect((await checkIn(root, { baseline, updateBaseline: true })).out).toContain('baseline.json written with 3 findings; 1 that is gone was dropped.');
    expect((await checkIn(root, { baseline })).exit).toBe(0);
  });

  it('has the same bytes for the same findings', async () => {
    const root = tempProject({ 'src/a.ts': 'bad(1);\nbad(2);', 'src/b.ts': 'bad(3);' });
    await checkIn(root, { baseline, updateBaseline: true });
    const bytes = readFileSync(join(root, baseline), 'utf8');
    await checkIn(root, { baseline, updateBaseline: true, paths: ['src/b.ts', 'src/a.ts'] });
    expect(readFileSync(join(root, baseline), 'utf8')).toBe(bytes);
    expect(JSON.parse(bytes).findings.map((entry: { path: string; code: string }) => `${entry.path} ${entry.code}`)).toEqual(['src/a.ts bad(1);', 'src/a.ts bad(2);', 'src/b.ts bad(3);']);
  });

  it('keeps what this run did not look at', async () => {
    const root = tempProject({ 'src/a.ts': 'bad(1);', 'src/b.ts': 'bad(2);', 'src/c.ts': 'bad(3);' });
    await checkIn(root, { baseline, updateBaseline: true });
    rmSync(join(root, 'src/c.ts'));
    const part = await reportOf(root, { baseline, paths: ['src/a.ts'] });
    expect(part.report.summary.baseline).toMatchObject({ known: 1, gone: 1 });
    await checkIn(root, { baseline, updateBaseline: true, paths: ['src/a.ts'] });
    expect((await checkIn(root, { baseline })).exit).toBe(0);
    expect(readFileSync(join(root, baseline), 'utf8')).not.toContain('c.ts');
  });

  it('is the same from another working directory', async () => {
    const root = tempProject({ 'app/src/a.ts': 'bad(1);' });
    await checkIn(root, { baseline, updateBaseline: true });
    expect((await checkIn(join(root, 'app'), { baseline: '../baseline.json' })).exit).toBe(0);
  });

  it('knows two equal lines apart', async () => {
    const root = tempProject({ 'a.ts': 'bad();' });
    await checkIn(root, { baseline, updateBaseline: true });
    writeFiles(root, { 'a.ts': 'bad();\nbad();' });
    expect((await reportOf(root, { baseline })).report.findings).toMatchObject([{ line: 2 }]);
  });

  it('counts an entry once that a merge left twice', async () => {
    const root = tempProject({ 'a.ts': 'bad();', 'b.ts': 'bad();' });
    await checkIn(root, { baseline, updateBaseline: true });
    const bytes = readFileSync(join(root, baseline), 'utf8');
    const twice = JSON.parse(bytes) as { findings: unknown[] };
    twice.findings.push(...twice.findings);
    writeFiles(root, { [baseline]: JSON.stringify(twice) });
    rmSync(join(root, 'b.ts'));
    expect((await reportOf(root, { baseline })).report.summary.baseline).toMatchObject({ known: 1, gone: 1, entries: 2 });
    writeFiles(root, { 'b.ts': 'bad();' });
    // One of the two files is judged, the other keeps what it has.
    await checkIn(root, { baseline, updateBaseline: true, paths: ['a.ts'] });
    expect(readFileSync(join(root, baseline), 'utf8')).toBe(bytes);
  });

  it('that is not there takes nothing away and is not written by itself', async () => {
    const root = tempProject({ 'a.ts': 'bad();' });
    const run = await checkIn(root, { baseline });
    expect(run.exit).toBe(1);
    expect(run.out).toContain('baseline.json holds no findings: run with --update-baseline to write those of today.');
    expect(existsSync(join(root, baseline))).toBe(false);
  });
});

describe('a file that is no baseline', () => {
  it.each([
    ['broken JSON', '{ "version": 1, '],
    ['another version', '{ "version": 99, "findings": [] }'],
    ['no version', '{}'],
    ['null', 'null'],
    ['no list', '{ "version": 1, "findings": {} }'],
    ['entries of another form', '{ "version": 1, "findings": [{ "rule": 1 }] }'],
  ])('ends the run: %s', async (_, text) => {
    const run = await checkIn(tempProject({ [baseline]: text, 'a.ts': 'good();' }), { baseline });
    expect(run).toMatchObject({ exit: 2, err: expect.stringMatching(/^baseline\.json is not a baseline.*Delete it and run with --update-baseline/s) });
  });

  it('that is in conflict says how to go on', async () => {
    const root = tempProject({ 'a.ts': 'bad();' });
    await checkIn(root, { baseline, updateBaseline: true });
    const bytes = readFileSync(join(root, baseline), 'utf8');
    writeFiles(root, { [baseline]: bytes.replace('    {', '<<<<<<< HEAD\n    {').replace('    }\n', '    }\n=======\n>>>>>>> topic\n') });
    for (const updateBaseline of [false, true]) {
      expect(await checkIn(root, { baseline, updateBaseline })).toMatchObject({ exit: 2, err: 'baseline.json holds the marks of a merge conflict. Take either side ("git checkout --ours -- baseline.json"), run with --update-baseline, and review what that adds.' });
    }
  });

  it('--update-baseline alone says what is missing', async () => {
    expect(await checkIn(tempProject({}), { updateBaseline: true })).toMatchObject({ exit: 2, err: '--update-baseline needs --baseline <file>: the file to write.' });
  });
});
