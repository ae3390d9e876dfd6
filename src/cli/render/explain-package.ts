import type { BoundModel, Covers, ZeroMeans } from '../../models/types.js';
import type { PolicyModel } from '../../models/policy-types.js';
import type { Colors } from '../color.js';
import type { ClientKnowledge, PackageExplanation } from '../explain-package.js';
import { count, duration, list, number, sentence, wrap } from './words.js';

const COVERS: Readonly<Record<Covers, string>> = {
  queue: 'waiting on our side, before anything is sent',
  connect: 'until the connection stands',
  headers: 'until the reply begins',
  idle: 'silence on the socket',
  attempt: 'one attempt, body included',
  total: 'the whole call, retries included',
  server: 'the work on the server',
};
const ZERO: Readonly<Record<ZeroMeans, string>> = { unlimited: 'no limit', default: 'the default', invalid: 'an error', immediate: 'at once' };
const VERIFIED: Readonly<Record<ClientKnowledge['verified'], string>> = { source: 'read in its source', 'source+test': 'read in its source and run against a server', docs: 'read in its documentation' };
/** Longer lists are cut; `--format json` has them whole. */
const MOST_NAMES = 24;

/** What is known of a package, for people. */
export function renderPackage(explanation: PackageExplanation, width: number, colors: Colors): string {
  const lines: string[] = [];
  const { package: name, version, clients, policies, nearest } = explanation;
  const asked = version === null ? name : `${name}@${version}`;
  if (clients.length === 0 && policies.length === 0) {
    lines.push(...wrap(`No model of ${asked}: its calls are not judged.`, width));
    if (nearest.length > 0) lines.push(`Near names that have one: ${list(nearest)}.`);
    lines.push(...wrap(`To add one, put it into settings.resilience.models of your ESLint configuration: a list of models in the form that the plugin's own have (kind, packages, exports, clients, bounds …).`, width));
    return `${lines.join('\n')}\n`;
  }
  for (const model of clients) lines.push(...clientLines(model, width, colors), '');
  for (const model of policies) lines.push(...policyLines(model, width, colors), '');
  return `${lines.join('\n').trimEnd()}\n`;
}

function clientLines(model: ClientKnowledge, width: number, colors: Colors): string[] {
  const lines = [
    colors.bold(`${model.title} (${model.kind})`),
    `  Packages: ${model.packages.length > 0 ? list(model.packages) : 'none: a global'}; versions: ${model.versions ?? 'all'}; checked: ${list(model.checked)}; ${VERIFIED[model.verified]}.`,
  ];
  const say = (text: string): void => void lines.push(...wrap(text, width - 2).map((line) => `  ${line}`));
  const title = (text: string): void => void lines.push('', colors.bold(text));

  title('When nobody sets a bound');
  const what = sentence(withDefault(model.unbounded, model.bounds));
  say(model.unboundedByDefault ? `No default ends the wait for a reply. ${what}` : what);
  say(model.unmendable ? 'No option of the library bounds a call.' : `Mend: ${sentence(model.mend)}`);

  if (model.bounds.length > 0) {
    title('Options that limit time');
    for (const bound of model.bounds) lines.push(...boundLines(bound, width, colors));
  }
  if (model.signal !== null) {
    title('Abort signal');
    say(`${model.signal.path}, at the ${model.signal.at.join(' or ')}${model.signal.bounds === false ? '; aborting does not settle a call that was already sent' : '; aborting settles the call'}${rangeOf(model.signal.versions)}.`);
  }
  if (model.retry !== null) {
    const { retry } = model;
    title('Retries by itself');
    const times = retry.retries === 0 ? 'None by default' : retry.retries === Infinity ? 'Without end by default' : `${number(retry.retries)} after the first attempt by default`;
    say(`${times}${retry.option === undefined ? '' : ` (option ${retry.option}${retry.counts === 'attempts' ? ', which counts attempts' : ''})`}; ${retry.methods === 'all' ? 'writes too' : `methods ${list(retry.methods)}`}; delay: ${retry.backoff}${retry.jitter ? ' with jitter' : ''}${retry.retriesTimeouts === true ? '; its own timeouts are tried again' : ''}.${retry.note === undefined ? '' : ` ${retry.note}`}`);
  }
  if (model.pool.length > 0) {
    title('Pool');
    for (const pool of model.pool) say(`${pool.path}: default ${pool.default}${pool.zero === undefined ? '' : `; 0 means ${ZERO[pool.zero]}`}.`);
  }
  if (model.empty.length > 0) {
    title('Answers when the thing is missing');
    const shown = model.empty.slice(0, MOST_NAMES).map(({ operation, path, value }) => `${operation}${path === '' ? '' : ` .${path}`} -> ${value}`);
    say(`${shown.join(', ')}${more(model.empty.length)}`);
  }
  if (model.mutators.length > 0) {
    title('Code elsewhere that changes its defaults');
    say(list([...new Set(model.mutators.map((mutator) => mutator.path))]));
  }
  if (model.errors !== null) {
    title('Errors');
    say(`Time limit: ${list(model.errors.timeout) || 'none of its own'}.${model.errors.nothingSent === undefined ? '' : ` Nothing was sent: ${list(model.errors.nothingSent)}.`}`);
  }
  if (model.clients.length > 0) {
    title('Clients');
    for (const client of model.clients) {
      const names = client.operations.map((operation) => (operation === '' ? '(called)' : operation));
      say(`${client.title}: ${client.perCall ? 'one call can be bounded by itself' : 'only the client can be bounded'}; ${count(names.length, 'operation')}: ${names.slice(0, MOST_NAMES).join(', ')}${more(names.length)}`);
    }
  }
  title('Sources');
  for (const [key, source] of Object.entries(model.sources)) say(`${key}: ${source}`);
  return lines;
}

const more = (total: number): string => (total > MOST_NAMES ? ` and ${total - MOST_NAMES} more` : '');
const rangeOf = (versions: string | undefined): string => (versions === undefined ? '' : `; versions ${versions}`);

function boundLines(bound: BoundModel, width: number, colors: Colors): string[] {
  const facts = [
    `at the ${bound.at.join(' or ')}`,
    `covers ${COVERS[bound.covers]}`,
    bound.default === null ? 'default: none' : `default: ${limitText(bound.default, bound.unit)}`,
    ...(bound.zero === undefined ? [] : [`0 means ${ZERO[bound.zero]}`]),
    ...(bound.rejects === false ? ['does not reject: the call goes on hanging'] : []),
    ...(bound.requires === undefined ? [] : [`rejects only with ${bound.requires.path}: ${JSON.stringify(bound.requires.equals)}`]),
    ...(bound.urlParameter === undefined ? [] : [`URL parameter ${bound.urlParameter}`]),
    ...(bound.versions === undefined ? [] : [`versions ${bound.versions}`]),
  ];
  const lines = wrap(`${bound.path === '' ? '(the options themselves)' : bound.path}, in ${bound.unit}: ${facts.join('; ')}.`, width - 2).map((line) => `  ${line}`);
  if (bound.note !== undefined) lines.push(...wrap(bound.note, width - 4).map((line) => `    ${colors.dim(line)}`));
  return lines;
}

/** A model's sentence with the library's default put in for `{default}`. */
export function withDefault(text: string, bounds: readonly Pick<BoundModel, 'default' | 'unit'>[]): string {
  const bound = bounds.find((each) => each.default !== null);
  return text.replaceAll('{default}', bound === undefined ? 'no limit' : limitText(bound.default!, bound.unit));
}

/** A limit with its unit: `5 min`. */
export function limitText(value: number, unit: BoundModel['unit']): string {
  if (value === Infinity) return 'no limit';
  if (unit === 'epoch-ms') return String(value);
  return duration(unit === 's' ? value * 1000 : value);
}

const DOES: Readonly<Record<PolicyModel['exports'][string]['does'], string>> = {
  'bounds-promise': 'bounds the promise it is given',
  'bounds-function': 'bounds every run of the function it is given',
  'bounds-stream': 'bounds the stream it is given',
  'makes-policy': 'makes a policy that runs a function under its bound',
  combines: 'puts policies around each other',
  passes: 'runs the function and bounds nothing',
};

function policyLines(model: PolicyModel, width: number, colors: Colors): string[] {
  const lines = [colors.bold(`${model.title} (policy)`), `  Packages: ${list(model.packages)}; versions: ${model.versions ?? 'all'}; checked: ${list(model.checked)}.`];
  for (const [path, exported] of Object.entries(model.exports)) {
    const cooperative =
      exported.cooperative === undefined
        ? ''
        : exported.cooperative === 'always'
          ? '; the limit only aborts a signal, which the function must pass on'
          : `; the limit only aborts a signal, which the function must pass on, unless ${exported.cooperative.is} is chosen`;
    const limit = exported.limit === undefined || exported.limit.default === null ? '' : `; default limit ${exported.limit.default} ms`;
    lines.push(...wrap(`${path}: ${DOES[exported.does]}${limit}${cooperative}.`, width - 2).map((line) => `  ${line}`));
  }
  for (const [key, source] of Object.entries(model.sources)) lines.push(...wrap(`Source ${key}: ${source}`, width - 2).map((line) => `  ${line}`));
  return lines;
}
