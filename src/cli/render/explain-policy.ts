import type { PolicyModel } from '../../models/policy-types.js';
import type { Colors } from '../color.js';
import { retryText } from './package-words.js';
import { list, wrap } from './words.js';

const DOES: Readonly<Record<PolicyModel['exports'][string]['does'], string>> = {
  'bounds-promise': 'bounds the promise it is given',
  'bounds-function': 'bounds every run of the function it is given',
  'bounds-stream': 'bounds the stream it is given',
  'makes-policy': 'makes a policy that runs a function under its bound',
  combines: 'puts policies around each other',
  passes: 'runs the function and bounds nothing',
};

const bounding = ({ exports }: PolicyModel): string[] => Object.entries(exports).filter(([, { does }]) => does !== 'passes' && does !== 'combines').map(([path]) => `\`${path}\``);

/** Does it bound what it runs, and does it try again? In one line. */
export function policyVerdict(model: PolicyModel): string {
  const bounds = bounding(model);
  const isCooperative = Object.values(model.exports).some(({ cooperative }) => cooperative !== undefined);
  const retries = Object.entries(model.exports).filter(([, exported]) => exported.retries === true).map(([path]) => `\`${path}\``);
  return [
    bounds.length === 0 ? 'Bounds nothing: what it runs may wait for ever.' : `Bounds what it runs by ${list(bounds)}${isCooperative ? '; the limit may only abort a signal, which the function must pass on' : ''}.`,
    ...(retries.length === 0 || model.retry === undefined ? [] : [`Tries again by ${list(retries)}.`]),
  ].join(' ');
}

export function policyLines(model: PolicyModel, width: number, colors: Colors): string[] {
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(...wrap(text, width - 2).map((line) => `  ${line}`));
  const title = (text: string): void => void lines.push('', colors.bold(text));
  if (model.retry !== undefined) {
    title('Retries');
    say(retryText(model.retry));
  }
  title('Exports');
  for (const [path, exported] of Object.entries(model.exports)) say(`${path}: ${whatItDoes(exported)}.`);
  title('Sources');
  say(`Model ${model.id} of ${list(model.packages)}; checked: ${list(model.checked)}.`);
  for (const [key, source] of Object.entries(model.sources)) say(`${key}: ${source}`);
  return lines;
}

function whatItDoes({ does, cooperative, limit, retries, breaker }: PolicyModel['exports'][string]): string {
  const signal =
    cooperative === undefined
      ? ''
      : cooperative === 'always'
        ? '; the limit only aborts a signal, which the function must pass on'
        : `; the limit only aborts a signal, which the function must pass on, unless ${cooperative.is} is chosen`;
  const byDefault = limit === undefined || limit.default === null ? '' : `; default limit ${limit.default} ms`;
  const says = does === 'passes' && retries === true ? 'runs the function again after a failure, and bounds no attempt' : does === 'passes' && breaker !== undefined ? 'runs nothing while too much fails, and bounds nothing' : DOES[does];
  return `${says}${byDefault}${signal}`;
}
