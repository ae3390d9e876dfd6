import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { NOT_PARSED } from './findings.mjs';
import { OXLINT } from './host-setup.mjs';
import { suggestionsOf } from './language-server.mjs';
import { placeAt } from './places.mjs';

/** Paths a run: a command line holds only so many. */
const BATCH = 1500;

/**
 * oxlint over the files of a set-up. Places come from its JSON report; what it offers to mend, from its language server.
 * @param {import('./host-setup.mjs').Setup} setup
 * @returns {Promise<import('./findings.mjs').Finding[]>}
 */
export async function withOxlint(setup) {
  const findings = [];
  for (let from = 0; from < setup.files.length; from += BATCH) findings.push(...runOxlint(setup, setup.files.slice(from, from + BATCH)));
  const offered = await suggestionsOf(setup, [...new Set(findings.filter(({ rule }) => rule !== NOT_PARSED).map(({ file }) => file))]);
  return findings.map((finding) => {
    const actions = offered.get(`${finding.file}:${finding.start} ${finding.rule} ${finding.message}`);
    return actions === undefined ? finding : { ...finding, suggestions: actions };
  });
}

/** Arguments of a run over files. */
export function oxlintArguments({ oxlintConfig }, files, ...more) {
  return [OXLINT, '--config', oxlintConfig, '--disable-nested-config', '--no-ignore', ...more, ...files];
}

function runOxlint(setup, files) {
  const { stdout, stderr, status } = spawnSync(process.execPath, oxlintArguments(setup, files, '--format', 'json'), { cwd: setup.root, encoding: 'utf8', maxBuffer: 1e9 });
  let report;
  try {
    report = JSON.parse(stdout);
  } catch {
    throw new Error(`oxlint ended with ${status} and no report: ${stderr.trim() || stdout.slice(0, 500)}`);
  }
  return report.diagnostics.map((diagnostic) => findingOf(setup.root, diagnostic));
}

function findingOf(root, { filename, code, message, severity, labels }) {
  const file = (isAbsolute(filename) ? relative(root, filename) : filename).split(sep).join('/');
  const [, plugin, rule] = /^(\w+)\(([\w-]+)\)$/.exec(code ?? '') ?? [];
  if (plugin !== 'resilience') {
    if (message.startsWith('Error running JS plugin')) throw new Error(`${file}: ${message}`);
    return { file, rule: NOT_PARSED, message, severity: 'error', start: '1:1', end: '1:1', suggestions: [], fix: null };
  }
  const place = placesIn(join(root, file));
  const { offset, length } = labels[0].span;
  return { file, rule, message, severity, start: place(offset), end: place(offset + length), suggestions: [], fix: null };
}

/** oxlint counts bytes from the start of the file, byte order mark included; its columns are bytes as well. */
function placesIn(path) {
  const bytes = readFileSync(path);
  const mark = bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? 3 : 0;
  return (offset) => {
    const before = bytes.subarray(mark, offset).toString('utf8');
    return placeAt(before, before.length);
  };
}
