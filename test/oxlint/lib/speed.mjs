import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUp } from './host-setup.mjs';
import { oxlintArguments } from './with-oxlint.mjs';

const ESLINT_ONCE = fileURLToPath(new URL('./eslint-once.mjs', import.meta.url));

/** More paths than one command line holds: a run in pieces would pay for the start several times. */
const MOST_FILES = 5000;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Wall time of whole processes over the same files, ESLint and oxlint in turns, so that a busy machine slows both.
 * @param {string} folder
 * @param {{ preset: string, rounds: number }} options
 */
export async function compareSpeed(folder, { preset, rounds }) {
  const setup = await setUp(folder, { preset });
  try {
    if (setup.files.length > MOST_FILES) throw new RangeError(`${folder} has ${setup.files.length} files: name a part of it, ${MOST_FILES} at most`);
    const input = join(dirname(setup.oxlintConfig), 'files.json');
    writeFileSync(input, JSON.stringify({ root: setup.root, files: setup.files, preset }));
    const eslint = [];
    const oxlint = [];
    const hosts = [
      [eslint, () => [ESLINT_ONCE, input]],
      [oxlint, () => oxlintArguments(setup, setup.files, '--format', 'json', '--quiet')],
    ];
    for (let round = 0; round < rounds; round += 1) {
      for (const [times, command] of round % 2 === 0 ? hosts : [...hosts].reverse()) times.push(timed(setup.root, command()));
    }
    const ratios = eslint.map((time, round) => time / oxlint[round]);
    const report = { folder, preset, files: setup.files.length, rounds, eslint, oxlint, ratios, failed: false };
    return { ...report, lines: linesOf(report) };
  } finally {
    setup.remove();
  }
}

/** @returns {number} milliseconds */
function timed(cwd, args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0 && status !== 1) throw new Error(`a timed run ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

function linesOf({ folder, preset, files, rounds, eslint, oxlint, ratios }) {
  const seconds = (times) => `${(median(times) / 1000).toFixed(1)} s (${(Math.min(...times) / 1000).toFixed(1)} to ${(Math.max(...times) / 1000).toFixed(1)})`;
  return [
    `${folder}: ${files} files, preset ${preset}, ${rounds} rounds in turns`,
    `  ESLint  median ${seconds(eslint)}`,
    `  oxlint  median ${seconds(oxlint)}`,
    `  ESLint's time to oxlint's, round by round: median ${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)})`,
  ];
}
