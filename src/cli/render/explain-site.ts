import type { Colors } from '../color.js';
import type { ReadOption, Site, SiteExplanation } from '../explain-site.js';
import { limitText, withDefault } from './package-words.js';
import { count, list, sentence, wrap } from './words.js';

/** Why a line is reported or silent, for people. */
export function renderSite(explanation: SiteExplanation, width: number, colors: Colors): string {
  const lines: string[] = [];
  const { path, line, sites, runtime } = explanation;
  lines.push(colors.bold(`${path}:${line}`), `  Runs in: ${runtime.runtime} (${runtime.why})`);
  if (sites.length === 0) lines.push(...nothingHere(explanation, width));
  for (const site of sites) lines.push('', ...siteLines(site, width, colors));
  return `${lines.join('\n')}\n`;
}

function siteLines(site: Site, width: number, colors: Colors): string[] {
  const lines = [colors.bold(`${site.line}:${site.column}  ${site.subject}${site.is === 'construction' ? ' is made here' : ''}`)];
  const say = (label: string, text: string): void => {
    const indent = ' '.repeat(2 + LABEL);
    const [first, ...more] = wrap(text, Math.max(width - indent.length, 30));
    lines.push(`  ${`${label}:`.padEnd(LABEL)}${first!}`, ...more.map((line) => indent + line));
  };
  say('Client', `${site.client.title} (${site.client.kind}, model ${site.client.model})`);
  say('Version', versionText(site));
  if (site.is === 'call') say('Made', site.made ?? 'by the library itself');
  if (site.mode !== null && site.mode !== 'reply') say('Mode', site.mode === 'stream' ? 'gives a stream: a timeout would cut it off' : 'waits on purpose');
  for (const option of site.options) say('Option', optionText(option));
  if (site.signal !== null) say('Signal', signalText(site.signal));
  if (site.options.length === 0) say('Option', 'the model knows none that limits time here');
  if (site.verdict !== null) {
    const { is, by, at, why } = site.verdict;
    const verdict = `${is}, by ${by}${at === null ? '' : ` at ${at}`}${why === null ? '' : `: ${why}`}`;
    const paint = is === 'unbounded' ? colors.red : is === 'bounded' ? colors.green : colors.yellow;
    lines.push(paint(`  ${'Verdict:'.padEnd(LABEL)}${verdict}`));
    site.steps.forEach((step, i) => say(i === 0 ? 'Steps' : '', `${i + 1}. ${step}`));
  }
  if (site.reported !== null) say('Reported', reportedText(site));
  if (site.calls.length > 0) say('Calls', list(site.calls.map((call) => `${call.subject} at line ${call.line} (${call.verdict})`)));
  else if (site.is === 'construction') say('Calls', 'none in this file; where the client is used, it is judged');
  if (site.verdict?.is === 'unbounded' || site.reported !== null) {
    say('Unbounded', sentence(withDefault(site.unbounded, site.options)));
    say('Mend', sentence(site.mend));
  }
  return lines;
}

const LABEL = 'Unbounded: '.length;

function versionText({ version: { package: name, version, from } }: Site): string {
  switch (from) {
    case 'installed':
      return `${name!}@${version!}, installed`;
    case 'lock-file':
      return `${name!}@${version!}, from the lock file`;
    case 'declared':
      return `${name!}@${version!}, the oldest that package.json allows`;
    case 'assumed-newest':
      return `${name ?? 'the package'} is not installed and in no lock file: the newest known version is assumed`;
    case 'runtime':
      return 'part of the run time';
  }
}

function optionText(option: ReadOption): string {
  const name = option.path === '' ? 'the options themselves' : option.path;
  const covers = `covers ${option.covers}`;
  if (option.fixed) return `${name} (${covers}) holds by itself: ${limitText(option.default!, option.unit)}`;
  switch (option.answer) {
    case 'set': {
      const effect = option.effect === 'none' ? ', which means no limit' : option.effect === 'partial' ? ', which does not end a hanging call' : '';
      return `${name} (${covers}) is set to ${option.value ?? 'a value'}${option.at === null ? '' : ` at ${option.at}`}${effect}`;
    }
    case 'absent':
      return `${name} (${covers}) is absent; default: ${option.default === null ? 'none' : limitText(option.default, option.unit)}`;
    case 'unknown':
      return `${name} (${covers}) is unknown: ${option.why ?? 'no reason given'}`;
  }
}

function reportedText({ reported, client }: Site): string {
  switch (reported!.is) {
    case 'here':
      return `here, where require-timeout asks for ${client.kind} (its option \`kinds\`)`;
    case 'elsewhere':
      return `at ${reported!.at!}: one cause, one report`;
    case 'not-in-this-file':
      return 'not in this file: the client is made in another one, and can only be bounded there';
    case 'not-in-browsers':
      return 'nowhere: the code runs in a browser';
    case 'not-in-scripts':
      return 'nowhere: the code is a script or a command, started by hand and watched';
    case 'not-where-unclear':
      return 'nowhere: its package holds code for browsers too, and nothing tells which this is (settings.resilience.runtime decides)';
  }
}

function signalText({ path, answer, value, at, why }: NonNullable<Site['signal']>): string {
  if (answer === 'absent') return `${path} is absent`;
  if (answer === 'unknown') return `${path} is unknown: ${why ?? 'no reason given'}`;
  return `${path} is set to ${value ?? 'a value'}${at === null ? '' : ` at ${at}`}`;
}

function nothingHere({ nearby, linesWithSites }: SiteExplanation, width: number): string[] {
  const lines = ['  No I/O call or client that we know stands on this line, so nothing is said of it.'];
  if (nearby.length > 0) lines.push('', '  Calls here or near:');
  for (const call of nearby) lines.push(...wrap(`line ${call.line}: ${call.text} is ${call.why}.`, width - 4).map((text, i) => (i === 0 ? '    ' : '      ') + text));
  lines.push('');
  lines.push(
    ...wrap(
      linesWithSites.length === 0 ? 'No line of this file has an I/O call that we know.' : `${count(linesWithSites.length, 'line')} of this file ${linesWithSites.length === 1 ? 'has' : 'have'} one: ${linesWithSites.join(', ')}.`,
      width - 2,
    ).map((text) => `  ${text}`),
  );
  return lines;
}
