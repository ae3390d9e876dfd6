const { retry, handleAll } = require('cockatiel');

function policy() {
  const attempts = retry(handleAll, { maxAttempts: 2 });
  return { once: (run) => run(), retry: (run) => attempts.execute(({ signal }) => run(signal)) };
}

function axiosAdapter(own) {
  return own;
}

function resetPolicies() {}

const HTTP = {};

/** rates.example.com */
const exampleRates = exports.exampleRates = policy('exampleRates', HTTP);

Object.assign(exports, { policy, axiosAdapter, resetPolicies });
