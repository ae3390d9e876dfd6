import type { PageDependency } from '../page-data.js';
import type { PageEdge } from '../page-graph.js';
import { nodeOfDownstream, nodeOfPackage, type Drawn } from './drawn-nodes.js';
import { count, drawing, element } from './elements.js';
import { callsOf, map, shortNameOf, STATE_SIGN, worst, type State } from './failure-map.js';
import type { Neighbourhood } from './neighbourhood.js';
import { NODE_HEIGHT, NODE_WIDTH, placeNodes, type Placed } from './place-nodes.js';

/** Smaller letters cannot be read; the box scrolls instead. */
const SMALLEST = 0.7;

interface Own {
  readonly dependencies: PageDependency[];
  readonly key: string;
  readonly label: string;
}

/** By the places of their nodes. */
const owns = map.graph.nodes.map(({ is, of }): Own => ({
  dependencies: [],
  key: is === 'package' ? `package:${map.packages[of]!.name}` : `downstream:${map.downstreams[of]!.id}`,
  label: is === 'package' ? shortNameOf(of) : map.downstreams[of]!.label,
}));
const between = new Map<string, PageDependency[]>();
for (const dependency of map.dependencies) {
  const from = nodeOfPackage(dependency.package)!;
  const to = nodeOfDownstream(dependency.downstream)!;
  owns[from]!.dependencies.push(dependency);
  owns[to]!.dependencies.push(dependency);
  const key = `${from}>${to}`;
  const known = between.get(key);
  if (known === undefined) between.set(key, [dependency]);
  else known.push(dependency);
}

/** Draws packages and downstreams as buttons over lines. Arrow keys walk between boxes; there is one stop for the tab key. */
export class Graph {
  readonly element = element('div', { class: 'graph', role: 'group', 'aria-label': 'Packages and the downstreams they talk to' });
  readonly #canvas = element('div', { class: 'canvas' });
  readonly #onSelect: (key: string) => void;
  #placed: Placed | null = null;
  #drawn = '';
  #scale = 1;
  #last: { readonly drawn: Drawn; readonly selected: Neighbourhood | null } | null = null;
  #buttons = new Map<number, HTMLButtonElement>();
  #lines: { readonly edge: PageEdge; readonly line: SVGPathElement }[] = [];
  /** The box that the tab key comes to. */
  #stop: number | null = null;

  constructor(onSelect: (key: string) => void) {
    this.#onSelect = onSelect;
    this.element.append(this.#canvas);
    this.element.addEventListener('keydown', (event) => this.#walk(event));
    new ResizeObserver(() => {
      if (this.#last !== null) this.show(this.#last.drawn, this.#last.selected);
    }).observe(this.element);
  }

  show({ nodes, of }: Drawn, selected: Neighbourhood | null): void {
    this.#last = { drawn: { nodes, of }, selected };
    const drawn = `${this.element.clientWidth}:${[...nodes].join()}`;
    const chosen = selected === null ? undefined : (selected.is === 'package' ? nodeOfPackage : nodeOfDownstream)(selected.of);
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#draw(nodes);
      // To the middle, if it lies below what is in view.
      const height = this.element.clientHeight;
      const y = (chosen === undefined ? 0 : (this.#placed?.nodes.get(chosen)?.y ?? 0)) * this.#scale;
      this.element.scrollTo(0, y > height - NODE_HEIGHT ? y - height / 2 : 0);
    }
    for (const [place, box] of this.#buttons) {
      const node = map.graph.nodes[place]!;
      const related = selected === null || (node.is === 'package' ? selected.packages : selected.downstreams).has(node.of);
      const imports = selected !== null && node.is === 'package' && selected.importers.has(node.of);
      box.classList.toggle('aside', !related && !imports);
      box.classList.toggle('importer', imports);
      box.setAttribute('aria-pressed', String(place === chosen));
    }
    for (const { edge, line } of this.#lines) line.classList.toggle('aside', selected !== null && !this.#isRelated(edge, selected));
    if (chosen !== undefined && this.#buttons.has(chosen)) this.#stopAt(chosen);
  }

  #isRelated({ from, to }: PageEdge, selected: Neighbourhood): boolean {
    const dependencies = between.get(`${from}>${to}`);
    if (dependencies !== undefined) return dependencies.some((dependency) => selected.dependencies.has(dependency));
    const ends = [map.graph.nodes[from]!.of, map.graph.nodes[to]!.of];
    return ends.every((of) => selected.packages.has(of) || selected.importers.has(of)) && ends.some((of) => selected.packages.has(of));
  }

  #draw(nodes: ReadonlySet<number>): void {
    const hadFocus = this.element.contains(document.activeElement);
    const placed = placeNodes(map.graph, nodes, this.element.clientWidth);
    this.#placed = placed;
    const lines = placed.edges.map(({ edge, path }) => ({ edge, line: lineOf(edge, path) }));
    // Worse ones lie above.
    const svg = drawing('svg', { width: placed.width, height: placed.height, 'aria-hidden': 'true' }, lines.map(({ line }) => line).toSorted((a, b) => Number(a.dataset['weight']) - Number(b.dataset['weight'])));
    this.#lines = lines;
    this.#buttons = new Map([...placed.nodes].map(([place, { x, y }]) => [place, this.#box(place, x, y)]));
    const order = [...this.#buttons.keys()].toSorted((a, b) => placed.nodes.get(a)!.x - placed.nodes.get(b)!.x || placed.nodes.get(a)!.y - placed.nodes.get(b)!.y);
    this.#canvas.replaceChildren(svg, ...order.map((place) => this.#buttons.get(place)!));
    if (order.length > 0) this.#stopAt(this.#stop !== null && this.#buttons.has(this.#stop) ? this.#stop : order[0]!);
    if (hadFocus && this.#stop !== null) this.#buttons.get(this.#stop)?.focus({ preventScroll: true });
    this.#fit();
  }

  #box(place: number, x: number, y: number): HTMLButtonElement {
    const { is, of } = map.graph.nodes[place]!;
    const { dependencies, key, label } = owns[place]!;
    const state = dependencies.length === 0 ? null : worst(dependencies.map((dependency) => dependency.state));
    const calls = callsOf(dependencies);
    const told = `${is} ${is === 'package' ? map.packages[of]!.name : label}${state === null ? ', no calls of its own' : `, ${state}, ${count(calls, 'call')}`}`;
    const box = element(
      'button',
      { type: 'button', class: `node ${is} ${state ?? 'none'}`, tabindex: -1, title: told, 'aria-label': told, 'data-key': key },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, state === null ? '·' : STATE_SIGN[state]),
      element('span', { class: 'label' }, element('bdi', {}, label)),
      calls === 0 ? null : element('span', { class: 'calls' }, String(calls)),
    );
    Object.assign(box.style, { left: `${x - NODE_WIDTH / 2}px`, top: `${y - NODE_HEIGHT / 2}px`, width: `${NODE_WIDTH}px`, height: `${NODE_HEIGHT}px` });
    box.addEventListener('click', () => this.#onSelect(key));
    box.addEventListener('focus', () => this.#stopAt(place));
    return box;
  }

  #stopAt(place: number): void {
    if (this.#stop !== null) this.#buttons.get(this.#stop)?.setAttribute('tabindex', '-1');
    this.#stop = place;
    this.#buttons.get(place)?.setAttribute('tabindex', '0');
  }

  #walk(event: KeyboardEvent): void {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (direction === undefined || this.#stop === null || this.#placed === null) return;
    event.preventDefault();
    const here = this.#placed.nodes.get(this.#stop)!;
    const [across, down] = direction as [number, number];
    let best: { place: number; distance: number } | null = null;
    for (const [place, { x, y }] of this.#placed.nodes) {
      const ahead = (x - here.x) * across + (y - here.y) * down;
      // Up and down stay in the column.
      if (place === this.#stop || ahead <= 0 || (down !== 0 && x !== here.x)) continue;
      const distance = ahead + 0.5 * Math.abs((x - here.x) * down + (y - here.y) * across);
      if (best === null || distance < best.distance) best = { place, distance };
    }
    if (best !== null) this.#buttons.get(best.place)!.focus();
  }

  #fit(): void {
    if (this.#placed === null) return;
    const { width, height } = this.#placed;
    const scale = Math.max(SMALLEST, Math.min(1, this.element.clientWidth / width));
    this.#scale = scale;
    const left = Math.max(0, (this.element.clientWidth - width * scale) / 2);
    Object.assign(this.#canvas.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})`, marginLeft: `${left}px`, marginRight: `${(scale - 1) * width}px`, marginBottom: `${(scale - 1) * height}px` });
  }
}

function lineOf(edge: PageEdge, path: string): SVGPathElement {
  const dependencies = between.get(`${edge.from}>${edge.to}`);
  if (dependencies === undefined) return drawing('path', { class: 'line import', d: path, 'data-weight': 0 });
  const state: State = worst(dependencies.map((dependency) => dependency.state));
  const width = 1.25 + Math.min(4.5, Math.log2(callsOf(dependencies)) * 0.9);
  return drawing('path', { class: `line ${state}`, d: path, 'stroke-width': width.toFixed(2), 'data-weight': { unbounded: 4, unprotected: 3, unknown: 2, protected: 1 }[state] });
}
