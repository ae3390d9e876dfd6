/** The codemods that make the service after of the one before, and the numbers that they are given and held to. */

export const NUMBERS = {
  /** One attempt, ms. */
  attempt: 1000,
  /** A call with all its attempts, ms. */
  deadline: 3000,
  /** From the opening of a circuit to the next try, ms. */
  halfOpen: 5000,
  /** Requests to one downstream at once: room for a machine that stands still for half a second. */
  concurrency: 100,
};

/** Runs of the command, in order: each with the codemods and what they are told. */
export const CODEMODS = [
  ['wrap-clients', '--option', 'clients=fetch,axios,pg,ioredis', '--option', `attempt=${NUMBERS.attempt}`, '--option', `deadline=${NUMBERS.deadline}`, '--option', `half-open-after=${NUMBERS.halfOpen}`, '--option', `concurrency=${NUMBERS.concurrency}`],
  ['harden-retries'],
  ['add-timeouts', '--option', 'kinds=http,rpc,db,cache', '--option', `request=${NUMBERS.deadline}`, '--option', 'whole-clients=true'],
  ['harden-pools', '--option', `wait=${NUMBERS.deadline}`],
];
