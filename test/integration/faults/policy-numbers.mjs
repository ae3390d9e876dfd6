/** The numbers that the lab gives to the codemods, and holds the result to. */

export const NUMBERS = {
  /** One attempt, ms. */
  attempt: 1000,
  /** A call with all its attempts, ms. */
  deadline: 3000,
  /** From the opening of a circuit to the next try, ms. */
  halfOpen: 5000,
};

/** Runs of the command, in order: each with the codemods and what they are told. */
export const CODEMODS = [
  ['wrap-clients', '--option', `attempt=${NUMBERS.attempt}`, '--option', `deadline=${NUMBERS.deadline}`, '--option', `half-open=${NUMBERS.halfOpen}`],
  ['harden-retries'],
  ['add-timeouts', '--option', 'kinds=http,rpc,db,cache', '--option', `request=${NUMBERS.deadline}`, '--option', 'whole-clients=true'],
];
