import { expect, it } from 'vitest';
import { interruptRuns } from './interrupted-codemod.mjs';

it('a codemod that is killed leaves whole files, and can be finished and taken back', { timeout: 120_000 }, async () => {
  const outcome = await interruptRuns(5, 60);
  expect(outcome.broken).toEqual([]);
  expect(outcome.beforeWriting + outcome.during + outcome.done).toBe(5);
});
