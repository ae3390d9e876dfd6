import { element } from './elements.js';
import { map, STATE_SIGN, type State } from './failure-map.js';

const ANSWERS = { yes: { sign: '✓', words: 'yes' }, no: { sign: '✕', words: 'no' }, unknown: { sign: '?', words: 'not known' }, 'not-asked': { sign: '–', words: 'not asked' } } as const;

/** A state by sign, word and colour. */
export function stateSign(state: State): HTMLElement {
  return element('span', { class: `state ${state}` }, element('span', { class: 'sign', 'aria-hidden': 'true' }, STATE_SIGN[state]), state);
}

/** An answer by sign and colour, its detail beside it; read aloud as words. */
export function guardSign(of: number, { short = false } = {}): HTMLElement {
  const { answer, detail: told, at } = map.guards[of]!;
  // The column says so already.
  const detail = short ? told.replace(/^timeout: /, '') : told;
  const { sign, words } = ANSWERS[answer];
  return element(
    'span',
    { class: `guard ${answer}`, title: [told, at].filter((part) => part !== null && part !== '').join('\n') || words },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
    element('span', { class: 'aloud' }, `${words}${detail === '' ? '' : ': '}`),
    answer === 'not-asked' && short ? null : element('span', { class: 'detail' }, detail),
    at === null || short ? null : element('code', { class: 'at' }, at),
  );
}
