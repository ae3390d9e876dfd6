import { Graph, layout } from '@dagrejs/dagre';
import type { PageData } from './page-data.js';
import type { PageEdge, PageGraph, PageNode } from './page-graph.js';

const WIDTH = 200;
const HEIGHT = 30;
/** Beyond it, fewer crossings cost more seconds than they spare the reader: nobody reads the whole of such a graph at once. */
const MOST_UNTANGLED = 800;

/** What is used of the library, whose declarations do not resolve as Node resolves modules. */
interface LaidOut {
  setGraph(label: Readonly<Record<string, string | number>>): void;
  setDefaultEdgeLabel(make: () => object): void;
  setNode(id: string, label: object): void;
  setEdge(from: string, to: string): void;
  node(id: string): { readonly x: number; readonly y: number };
  edge(from: string, to: string): { readonly points: readonly { readonly x: number; readonly y: number }[] };
  nodes(): string[];
  edges(): { readonly v: string; readonly w: string }[];
  edgeCount(): number;
}

/**
 * Layers from left to right: packages that others do not need, those that are shared, downstreams in the last column.
 * A package that neither talks to a downstream nor leads to one that does is left out.
 */
export function layoutGraph({ packages, downstreams, dependencies }: Omit<PageData, 'graph'>): PageGraph {
  const shown = leading(packages.map(({ dependsOn }) => dependsOn), new Set(dependencies.map((dependency) => dependency.package)));
  const graph = new Graph() as LaidOut;
  graph.setGraph({ rankdir: 'LR', ranker: 'longest-path', nodesep: 12, edgesep: 8, ranksep: 40 });
  graph.setDefaultEdgeLabel(() => ({}));
  const nodes = [
    ...packages.flatMap((_, of) => (shown.has(of) ? [{ is: 'package' as const, of }] : [])),
    ...downstreams.map((_, of) => ({ is: 'downstream' as const, of })),
  ];
  const idOf = (is: PageNode['is'], of: number): string => `${is}:${of}`;
  const placeOf = new Map(nodes.map(({ is, of }, place) => [idOf(is, of), place]));
  for (const id of placeOf.keys()) graph.setNode(id, { width: WIDTH, height: HEIGHT });
  for (const of of shown) for (const other of packages[of]!.dependsOn) if (shown.has(other)) graph.setEdge(idOf('package', of), idOf('package', other));
  for (const dependency of dependencies) graph.setEdge(idOf('package', dependency.package), idOf('downstream', dependency.downstream));
  layout(graph, { disableOptimalOrderHeuristic: graph.edgeCount() > MOST_UNTANGLED });

  // All boxes are equally wide, so those of a column share their middle.
  const middles = [...new Set(graph.nodes().map((id) => Math.round(graph.node(id).x)))].sort((a, b) => a - b);
  const columnOf = new Map(middles.map((x, column) => [x, column]));
  const edges = graph.edges().map(({ v, w }): PageEdge => {
    const from = placeOf.get(v)!;
    const to = placeOf.get(w)!;
    const ends = [graph.node(v).x, graph.node(w).x];
    const via = graph.edge(v, w).points.flatMap(({ x, y }) => {
      const column = columnOf.get(Math.round(x));
      return column === undefined || x <= Math.min(...ends) + WIDTH / 2 || x >= Math.max(...ends) - WIDTH / 2 ? [] : [[column, Math.round(y)] as const];
    });
    return { from, to, via };
  });
  return {
    columns: middles.length,
    nodes: nodes.map(({ is, of }) => {
      const { x, y } = graph.node(idOf(is, of));
      return { is, of, column: columnOf.get(Math.round(x))!, y: Math.round(y) };
    }),
    edges,
  };
}

/** The packages of a set and all that depend on one of them, in their order. */
function leading(dependsOn: readonly (readonly number[])[], to: ReadonlySet<number>): Set<number> {
  const usersOf = dependsOn.map((): number[] => []);
  for (const [of, others] of dependsOn.entries()) for (const other of others) usersOf[other]!.push(of);
  const found = new Set(to);
  for (const of of found) for (const user of usersOf[of]!) found.add(user);
  return new Set([...found].sort((a, b) => a - b));
}
