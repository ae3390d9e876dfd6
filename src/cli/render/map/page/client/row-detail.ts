import type { PageDependency, PageReach } from '../page-data.js';
import { button, count, element, type Content } from './elements.js';
import { labelOf, map, nameOf, placeOf } from './failure-map.js';
import { guardSign, stateSign } from './signs.js';

const FIRST_OF_MANY = 25;

/** What an open row shows: the client, its calls, and who gets to them. */
export function rowDetail(dependency: PageDependency, onSelect: (key: string) => void): HTMLElement {
  const { client, operations, reachedBy } = dependency;
  return element(
    'div',
    { class: 'detail-of' },
    element(
      'dl',
      {},
      fact('client', [client.title, client.version === null ? '' : ` ${client.version}`, client.package === 'globalThis' ? ' (global)' : ` (${client.package})`]),
      client.madeAt === null ? null : fact('made at', element('code', {}, client.madeAt)),
      fact('timeout', guardSign(dependency.timeout)),
      fact('retry', guardSign(dependency.retry)),
      fact('breaker', guardSign(dependency.breaker)),
      fact('pool', guardSign(dependency.pool)),
    ),
    element(
      'p',
      { class: 'ways' },
      button(['What hangs with ', element('bdi', {}, labelOf(dependency.downstream))], { class: 'link' }, () => onSelect(`downstream:${map.downstreams[dependency.downstream]!.id}`)),
      button(['What ', element('bdi', {}, nameOf(dependency.package)), ' depends on'], { class: 'link' }, () => onSelect(`package:${nameOf(dependency.package)}`)),
    ),
    element('h3', {}, count(operations.length, 'call')),
    element(
      'div',
      { class: 'scroll' },
      element(
        'table',
        { class: 'calls-of' },
        element('thead', {}, element('tr', {}, ['state', 'call', 'target', 'effect', 'place', 'timeout', 'retry', 'breaker'].map((title) => element('th', { scope: 'col' }, title)))),
        growing('tbody', operations, (operation) =>
          element(
            'tr',
            {},
            element('td', {}, stateSign(operation.state)),
            element('td', {}, element('code', {}, operation.name)),
            element('td', {}, operation.target === null ? '' : element('code', {}, operation.target)),
            element('td', {}, operation.effect === 'unknown' ? '' : operation.effect),
            element('td', {}, element('span', { class: 'place' }, placeOf(operation)), operation.within === null ? null : [' ', element('span', { class: 'within' }, `in ${operation.within}`)]),
            element('td', {}, guardSign(operation.timeout)),
            element('td', {}, guardSign(operation.retry)),
            element('td', {}, guardSign(operation.breaker)),
          ),
          (more) => element('tr', {}, element('td', { colspan: 8 }, more)),
        ),
      ),
    ),
    reachedBy.length === 0
      ? null
      : [element('h3', {}, `Reached by ${count(reachedBy.length, 'function')}`), growing('ul', reachedBy, (reach) => element('li', {}, reachLine(reach, dependency)), (more) => element('li', {}, more))],
  );
}

function reachLine(reach: PageReach, dependency: PageDependency): Content {
  return [
    element('code', {}, reach.function),
    ' ',
    element('span', { class: 'place' }, placeOf(reach)),
    reach.package === dependency.package ? null : [' ', element('span', { class: 'tag' }, nameOf(reach.package))],
    reach.entry ? [' ', element('span', { class: 'tag entry', title: 'Nobody in the workspace calls it' }, 'entry')] : null,
    ' ',
    element('span', { class: 'within' }, reach.steps === 0 ? 'holds the call' : `${count(reach.steps, 'step')} away`),
  ];
}

function fact(name: string, value: Content): Content {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}

/** The first of many, with a button for the others. */
function growing<Item>(name: 'tbody' | 'ul', items: readonly Item[], show: (item: Item) => HTMLElement, holder: (more: HTMLElement) => HTMLElement): HTMLElement {
  const list = element(name, {}, items.slice(0, FIRST_OF_MANY).map(show));
  if (items.length > FIRST_OF_MANY) {
    const last: HTMLElement = holder(button(`Show ${count(items.length - FIRST_OF_MANY, 'more', 'more')}`, { class: 'quiet' }, () => last.replaceWith(...items.slice(FIRST_OF_MANY).map(show))));
    list.append(last);
  }
  return list;
}

/** Whose guards are read aloud by a title alone elsewhere. */
export function shortGuard(of: number): HTMLElement {
  return map.guards[of]!.answer === 'not-asked' ? element('span', { class: 'guard not-asked', title: 'makes no sense here' }, element('span', { 'aria-hidden': 'true' }, '–'), element('span', { class: 'aloud' }, 'not asked')) : guardSign(of, { short: true });
}
