import type { BoundModel, Covers } from '../../models/types.js';
import type { Colors } from '../color.js';
import type { ClientKnowledge, PackageExplanation } from '../explain-package.js';
import { policyLines, policyVerdict } from './explain-policy.js';
import { emptyTexts, limitText, more, MOST_NAMES, poolText, retryText, seamText, verdictOf, ZERO } from './package-words.js';
import { count, list, sentence, wrap } from './words.js';

const COVERS: Readonly<Record<Covers, string>> = {
  queue: 'waiting on our side, before anything is sent',
  connect: 'until the connection stands',
  headers: 'until the reply begins',
  idle: 'silence on the socket',
  attempt: 'one attempt, body included',
  total: 'the whole call, retries included',
  server: 'the work on the server',
};
const VERIFIED: Readonly<Record<ClientKnowledge['verified'], string>> = { source: 'read in its source', 'source+test': 'read in its source and run against a server', docs: 'read in its documentation' };

/** What is known of a package, for people: the verdicts first, then all of the model that is meant. */
export function renderPackage(explanation: PackageExplanation, width: number, colors: Colors): string {
  const { package: name, version, installed, clients, policies } = explanation;
  if (clients.length === 0 && policies.length === 0) return nothingKnown(explanation, width);
  const lines: string[] = [];
  if (installed !== null) {
    const isKnown = [...clients, ...policies].some((model) => !('isInstalled' in model) || model.isInstalled);
    lines.push(...wrap(`${name} ${installed.version} is installed (${installed.at})${isKnown ? '.' : ', a version of which no model is: the newest serves.'}`, width), '');
  }
  for (const model of clients) lines.push(...wrap(`${colors.bold(`${headOf(model)}:`)} ${verdictOf(model)}`, width));
  for (const model of policies) lines.push(...wrap(`${colors.bold(`${headOf(model)}:`)} ${policyVerdict(model)}`, width));
  // Of several versions one is mostly meant; where a range was asked for, all in it are.
  const [first] = clients;
  const whole = version === null && first !== undefined ? [first] : clients;
  const [firstPolicy] = policies;
  const wholePolicies = version === null && firstPolicy !== undefined ? [firstPolicy] : policies;
  const alone = whole.length + wholePolicies.length === 1;
  for (const model of whole) lines.push(...(alone ? [] : ['', colors.bold(colors.dim(headOf(model)))]), ...clientLines(model, width, colors));
  for (const model of wholePolicies) lines.push(...(alone ? [] : ['', colors.bold(colors.dim(headOf(model)))]), ...policyLines(model, width, colors));
  const left = [...clients.slice(whole.length), ...policies.slice(wholePolicies.length)];
  if (left.length > 0) lines.push('', ...wrap(`Of other versions: ${list(left.map(({ versions }) => `explain '${name}@${versions ?? '*'}'`))}.`, width));
  return `${lines.join('\n').trimEnd()}\n`;
}

const headOf = (model: { readonly title: string; readonly versions?: string | null | undefined; readonly kind?: string }): string => `${model.title}${model.versions == null ? '' : ` ${model.versions}`} (${model.kind ?? 'policy'})`;

function nothingKnown({ package: name, version, nearest }: PackageExplanation, width: number): string {
  const asked = version === null ? name : `${name}@${version}`;
  const lines = wrap(`No model of ${asked}: its calls are not judged.`, width);
  if (nearest.length > 0) lines.push(`Near names that have one: ${list(nearest)}.`);
  lines.push(
    ...wrap(`To add one, put it into settings.resilience.models of your ESLint configuration: ten lines, with an example, in docs/models.md of this package (https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/models.md). A wrapper of your own is drafted by: resilience model <file>.`, width),
  );
  return `${lines.join('\n')}\n`;
}

function clientLines(model: ClientKnowledge, width: number, colors: Colors): string[] {
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(...wrap(text, width - 2).map((line) => `  ${line}`));
  const title = (text: string): void => void lines.push('', colors.bold(text));

  if (model.byDefault.is !== 'in-process') {
    title('Mend');
    // Not wrapped: to be copied.
    for (const { at, code } of model.mendLines) lines.push(`  ${code}  ${colors.dim(at === 'client' ? '// every call of the client' : '// one call')}`);
    say(model.unmendable ? 'No option of the library bounds a call: put a limit around it.' : sentence(model.mend));
  }
  title('Retries by itself');
  say(model.retry === null ? 'None that the model knows of.' : retryText(model.retry));
  if (model.repeat?.note !== undefined) say(sentence(model.repeat.note));
  if (model.pool.length > 0) {
    title('Pool');
    for (const pool of model.pool) say(poolText(pool));
  }
  if (model.empty.length > 0) {
    title('When the thing is missing');
    for (const text of emptyTexts(model.empty)) say(text);
  }
  if (model.byDefault.is !== 'in-process') {
    title('Seam');
    say(seamText(model.seam));
  }
  if (model.bounds.length > 0) {
    title('Options that limit time');
    for (const bound of model.bounds) lines.push(...boundLines(bound, width, colors));
  }
  if (model.signal !== null) {
    title('Abort signal');
    say(`${model.signal.path}, at the ${model.signal.at.join(' or ')}${model.signal.bounds === false ? '; aborting does not settle a call that was already sent' : '; aborting settles the call'}${model.signal.versions === undefined ? '' : `; versions ${model.signal.versions}`}.`);
  }
  if (model.mutators.length > 0) {
    title('Code elsewhere that changes its defaults');
    say(list([...new Set(model.mutators.map((mutator) => mutator.path))]));
  }
  if (model.errors !== null) {
    title('Errors');
    const { timeout, nothingSent = [] } = model.errors;
    say(`Time limit: ${list(timeout) || 'none of its own'}.${nothingSent.length === 0 ? '' : ` Nothing was sent: ${list(nothingSent)}.`}`);
  }
  if (model.clients.length > 0) {
    title('Clients');
    const isFixed = model.bounds.length > 0 && model.bounds.every(({ fixed }) => fixed === true);
    const bounded = (perCall: boolean): string => (isFixed ? 'bounded by nothing that is set' : perCall ? 'one call can be bounded by itself' : 'only the client can be bounded');
    for (const client of model.clients) {
      const names = client.operations.map((operation) => (operation === '' ? '(called)' : operation));
      say(`${client.title}: ${bounded(client.perCall)}; ${count(names.length, 'operation')}: ${names.slice(0, MOST_NAMES).join(', ')}${more(names.length)}`);
    }
  }
  title('Sources');
  say(`Model ${model.id} of ${model.packages.length > 0 ? list(model.packages) : 'a global'}; ${model.checked.length === 0 ? '' : `checked: ${list(model.checked)}; `}${VERIFIED[model.verified]}.`);
  for (const [key, source] of Object.entries(model.sources)) say(`${key}: ${source}`);
  return lines;
}

function boundLines(bound: BoundModel, width: number, colors: Colors): string[] {
  const facts = [
    bound.fixed === true ? 'holds by itself, and nothing sets it' : `at the ${bound.at.join(' or ')}`,
    `covers ${COVERS[bound.covers]}`,
    bound.default === null ? 'default: none' : `${bound.fixed === true ? 'after' : 'default:'} ${limitText(bound.default, bound.unit)}`,
    ...(bound.effects === undefined ? [] : [`of what it does as ${list(bound.effects)}`]),
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
