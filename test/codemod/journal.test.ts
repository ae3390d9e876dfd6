import { describe, expect, it } from 'vitest';
import { journalFolder, openJournal, resume, undo } from '../../src/codemod/journal.js';
import { memoryDisk, type MemoryDisk } from './memory-disk.js';

const FILES = { '/w/a.ts': 'a', '/w/b.ts': 'b', '/w/c.ts': 'c' };
const isUsers = (path: string): boolean => !path.startsWith(journalFolder('/w'));
const users = (disk: MemoryDisk): Record<string, string> => Object.fromEntries([...disk.files].filter(([path]) => isUsers(path)));

async function staged(disk: MemoryDisk) {
  const journal = await openJournal('/w', 'add-timeouts', disk);
  for (const [path, text] of Object.entries(FILES)) await journal.stage(path, text, text.toUpperCase());
  return journal;
}

describe('the journal of a run', () => {
  it('touches nothing before it is committed', async () => {
    const disk = memoryDisk(FILES);
    await staged(disk);
    expect(users(disk)).toEqual(FILES);
  });

  it('writes every file and takes all of it back', async () => {
    const disk = memoryDisk(FILES);
    const outcome = await (await staged(disk)).commit();
    expect(outcome).toEqual({ written: Object.keys(FILES), unchanged: [], failed: [] });
    expect(users(disk)).toEqual({ '/w/a.ts': 'A', '/w/b.ts': 'B', '/w/c.ts': 'C' });
    expect((await undo('/w', disk)).written).toEqual(Object.keys(FILES));
    expect(users(disk)).toEqual(FILES);
    await expect(undo('/w', disk)).rejects.toThrow('There is nothing to undo: the last run (add-timeouts) was taken back already.');
  });

  it('makes files that were not there, and takes them away again', async () => {
    const disk = memoryDisk(FILES);
    const journal = await openJournal('/w', 'wrap-clients', disk);
    await journal.stage('/w/new/module.ts', null, 'N');
    await journal.stage('/w/a.ts', 'a', 'A');
    expect(await journal.commit()).toEqual({ written: ['/w/new/module.ts', '/w/a.ts'], unchanged: [], failed: [] });
    expect(users(disk)).toEqual({ ...FILES, '/w/a.ts': 'A', '/w/new/module.ts': 'N' });
    expect((await undo('/w', disk)).failed).toEqual([]);
    expect(users(disk)).toEqual(FILES);
  });

  it('leaves a file that it made and somebody has changed since', async () => {
    const disk = memoryDisk(FILES);
    const journal = await openJournal('/w', 'wrap-clients', disk);
    await journal.stage('/w/module.ts', null, 'N');
    await journal.commit();
    disk.files.set('/w/module.ts', 'mine');
    expect((await undo('/w', disk)).failed).toEqual([{ path: '/w/module.ts', problem: 'it was changed by somebody else since; left as it is' }]);
    expect(users(disk)).toEqual({ ...FILES, '/w/module.ts': 'mine' });
  });

  it('does not write over a file that came up where one was to be made', async () => {
    const disk = memoryDisk(FILES);
    const journal = await openJournal('/w', 'wrap-clients', disk);
    await journal.stage('/w/module.ts', null, 'N');
    disk.files.set('/w/module.ts', 'mine');
    expect((await journal.commit()).failed).toEqual([{ path: '/w/module.ts', problem: 'it was changed by somebody else since; left as it is' }]);
    expect(disk.files.get('/w/module.ts')).toBe('mine');
  });

  it('keeps the run before until this one is sure', async () => {
    const disk = memoryDisk(FILES);
    await (await staged(disk)).commit();
    const unsure = await openJournal('/w', 'add-timeouts', disk);
    await unsure.stage('/w/a.ts', 'A', 'AA');
    expect(await (await openJournal('/w', 'other', disk)).commit()).toEqual({ written: [], unchanged: [], failed: [] });
    expect((await undo('/w', disk)).written).toEqual(Object.keys(FILES));
    expect(users(disk)).toEqual(FILES);
  });

  it('goes on after a file that cannot be written', async () => {
    const disk = memoryDisk(FILES);
    const journal = await staged(disk);
    disk.failWrites('EACCES', (path) => path === '/w/b.ts');
    expect(await journal.commit()).toEqual({ written: ['/w/a.ts', '/w/c.ts'], unchanged: [], failed: [{ path: '/w/b.ts', problem: 'no permission (EACCES)' }] });
    disk.heal();
    await undo('/w', disk);
    expect(users(disk)).toEqual(FILES);
  });

  it('stops at a full disk, can be resumed when there is room, and undone', async () => {
    const disk = memoryDisk(FILES);
    const journal = await staged(disk);
    disk.failWrites('ENOSPC', (path) => isUsers(path) && path !== '/w/a.ts');
    const outcome = await journal.commit();
    expect(outcome.written).toEqual(['/w/a.ts']);
    expect(outcome.failed).toEqual([
      { path: '/w/b.ts', problem: 'no space left on the device (ENOSPC)' },
      { path: '/w/c.ts', problem: 'not tried: no space left on the device (ENOSPC)' },
    ]);
    disk.heal();
    await expect(openJournal('/w', 'other', disk)).rejects.toThrow('A run of add-timeouts was interrupted (3 files). Finish it with --resume, or take it back with --undo.');
    expect(await resume('/w', disk)).toMatchObject({ written: ['/w/b.ts', '/w/c.ts'], unchanged: ['/w/a.ts'], failed: [] });
    await undo('/w', disk);
    expect(users(disk)).toEqual(FILES);
  });

  it('with no room for the journal itself touches nothing', async () => {
    const disk = memoryDisk(FILES);
    disk.failWrites('ENOSPC', (path) => !isUsers(path));
    await expect(staged(disk)).rejects.toThrow('ENOSPC');
    expect(users(disk)).toEqual(FILES);
  });

  it('leaves a file alone that somebody changed since', async () => {
    const disk = memoryDisk(FILES);
    await (await staged(disk)).commit();
    disk.files.set('/w/b.ts', 'mine');
    expect((await undo('/w', disk)).failed).toEqual([{ path: '/w/b.ts', problem: 'it was changed by somebody else since; left as it is' }]);
    expect(users(disk)).toEqual({ '/w/a.ts': 'a', '/w/b.ts': 'mine', '/w/c.ts': 'c' });
  });

  it('has nothing to resume or undo where no run was', async () => {
    const disk = memoryDisk(FILES);
    await expect(resume('/w', disk)).rejects.toThrow('There is nothing to resume: no run was interrupted here.');
    await expect(undo('/w', disk)).rejects.toThrow('There is nothing to undo: no run has written here.');
  });

  it('says so where its record is not one', async () => {
    const disk = memoryDisk({ [`${journalFolder('/w')}/run.json`]: '{"version":9}' });
    await expect(undo('/w', disk)).rejects.toThrow(/is no journal of this version/);
    disk.files.set(`${journalFolder('/w')}/run.json`, '{"version":');
    await expect(undo('/w', disk)).rejects.toThrow(/is no journal of this version/);
  });
});
