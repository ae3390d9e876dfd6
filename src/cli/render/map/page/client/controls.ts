import { button, element } from './elements.js';
import { map, nameOf, STATE_MEANS, STATE_SIGN, STATES } from './failure-map.js';
import { LACKS, type View } from './view-state.js';

const LACK_WORDS = { timeout: 'no timeout', retry: 'no retry', breaker: 'no circuit breaker', pool: 'no pool limit' } as const;

/** Search, filters and how much is left of the whole. */
export class Controls {
  readonly states: HTMLElement;
  readonly element: HTMLElement;
  readonly #toggles = new Map<View['states'][number], HTMLButtonElement>();
  readonly #search = element('input', { type: 'search', id: 'search', placeholder: 'Package, downstream, client, function, file', autocomplete: 'off', spellcheck: 'false' });
  readonly #kind: HTMLSelectElement;
  readonly #package: HTMLSelectElement;
  readonly #lacks: HTMLSelectElement;
  readonly #left = element('output', { class: 'left', 'aria-live': 'polite' });
  readonly #clear: HTMLButtonElement;

  constructor(change: (part: Partial<View>) => void, toggleState: (state: View['states'][number]) => void, clear: () => void) {
    for (const state of STATES) {
      const toggle = button(
        [element('span', { class: `state ${state}` }, element('span', { class: 'sign', 'aria-hidden': 'true' }, STATE_SIGN[state])), element('strong', {}, map.totals[state].toLocaleString('en-US')), element('span', { class: 'word' }, state), element('small', {}, STATE_MEANS[state])],
        { class: `toggle ${state}`, 'aria-pressed': 'false' },
        () => toggleState(state),
      );
      this.#toggles.set(state, toggle);
    }
    this.states = element('div', { class: 'states', role: 'group', 'aria-label': 'Filter by state' }, [...this.#toggles.values()]);
    this.#search.addEventListener('input', () => change({ search: this.#search.value }));
    const kinds = [...new Set(map.dependencies.map(({ client }) => client.kind))].sort();
    const packages = [...new Set(map.dependencies.map((dependency) => nameOf(dependency.package)))].sort();
    this.#kind = choice('Client', [['', 'any client'], ...kinds.map((kind) => [kind, kind] as const)], (kind) => change({ kind }));
    this.#package = choice('Package', [['', 'any package'], ...packages.map((name) => [name, name] as const)], (name) => change({ package: name }));
    this.#lacks = choice('Guards', [['', 'any guards'], ...LACKS.map((guard) => [guard, LACK_WORDS[guard]] as const)], (lacks) => change({ lacks: lacks as View['lacks'] }));
    this.#clear = button('Clear all', { class: 'quiet' }, clear);
    this.element = element('search', { class: 'controls' }, element('label', { class: 'aloud', for: 'search' }, 'Search'), this.#search, this.#kind, this.#package, this.#lacks, this.#left, this.#clear);
  }

  focus(): void {
    this.#search.focus();
  }

  show(view: View, shown: number): void {
    if (this.#search.value !== view.search) this.#search.value = view.search;
    this.#kind.value = view.kind;
    this.#package.value = view.package;
    this.#lacks.value = view.lacks;
    for (const [state, toggle] of this.#toggles) toggle.setAttribute('aria-pressed', String(view.states.includes(state)));
    const all = map.dependencies.length;
    this.#left.value = shown === all ? `${all.toLocaleString('en-US')} ${all === 1 ? 'dependency' : 'dependencies'}` : `${shown.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`;
    this.#clear.hidden = shown === all && view.selected === '' && view.search === '';
  }
}

function choice(label: string, options: readonly (readonly [value: string, text: string])[], onChange: (value: string) => void): HTMLSelectElement {
  const made = element('select', { 'aria-label': label }, options.map(([value, text]) => element('option', { value }, text)));
  made.addEventListener('change', () => onChange(made.value));
  return made;
}
