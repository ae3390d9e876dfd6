import { defineCodemod, type PlanStep } from '../src/codemod/define-codemod.js';
import { factsOfFile } from '../src/facts/file-facts.js';
import { POOLED } from '../src/facts/pools.js';
import { limitPool } from '../src/mends/limit-pool.js';

export default defineCodemod({
  name: 'harden-pools',
  description: 'give every pool that `require-pool-limits` reports the limits that it lacks',
  rule: 'require-pool-limits',
  options: {
    wait: { type: 'ms', default: 5_000, description: 'How long a caller waits for a free connection.' },
    size: { type: 'number', default: 10, description: 'How many connections a pool without a limit gets.' },
    waiters: { type: 'number', default: 100, description: 'How many callers may wait, where a library cannot limit how long.' },
  },
  refusals: {
    'no-local-edit': 'the options are not written here, serve others too, or travel in a connection URL',
  },
  mayApply: (_text, gates) => gates.mayCallOut(POOLED),
  plan({ file, options }) {
    const numbers = { waitMs: options.wait, size: options.size, waiters: options.waiters };
    return factsOfFile(file)
      .pools()
      .filter((pool) => pool.faults.length > 0)
      .map((pool): PlanStep => {
        const at = pool.node.range[0];
        const mend = limitPool(file, pool, numbers);
        if (mend === null) return { kind: 'refusal', at, reason: 'no-local-edit', detail: pool.instance.model.title };
        return { kind: 'edit', at, edits: mend.edits, title: mend.title };
      });
  },
});
