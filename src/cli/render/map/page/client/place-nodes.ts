import type { PageEdge, PageGraph } from '../page-graph.js';

export const NODE_WIDTH = 200;
export const NODE_HEIGHT = 30;
const ROW = NODE_HEIGHT + 12;
const LANE = 14;
const LEAST_BETWEEN = 60;
const MOST_BETWEEN = 170;
const MARGIN = 14;
/** Passes that draw boxes to the middle of their neighbours. */
const PASSES = 8;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  readonly width: number;
  readonly height: number;
  /** Middles of the nodes, by their place in the graph. */
  readonly nodes: ReadonlyMap<number, Point>;
  readonly edges: readonly { readonly edge: PageEdge; readonly path: string }[];
}

/** A box, or the lane of an edge through a column. */
interface Item {
  order: number;
  readonly height: number;
  y: number;
  readonly beside: Item[];
}

/**
 * Places the part of a graph that is shown: columns and the order in them are those of the whole, the gaps that hidden
 * nodes leave are closed.
 * @param room the width there is; columns move apart to fill it
 */
export function placeNodes(graph: PageGraph, shown: ReadonlySet<number>, room: number): Placed {
  const edges = graph.edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const used = [...new Set([...shown].map((node) => graph.nodes[node]!.column))].sort((a, b) => a - b);
  const columnOf = new Map(used.map((column, place) => [column, place]));
  const columns = used.map((): Item[] => []);
  const itemOf = new Map<number, Item>();
  for (const node of shown) {
    const { column, y } = graph.nodes[node]!;
    const item: Item = { order: y, height: ROW, y: 0, beside: [] };
    itemOf.set(node, item);
    columns[columnOf.get(column)!]!.push(item);
  }
  const lanes = edges.map(({ from, to, via }) => {
    const lane = via.flatMap(([column, y]) => {
      const place = columnOf.get(column);
      if (place === undefined) return [];
      const item: Item = { order: y, height: LANE, y: 0, beside: [] };
      columns[place]!.push(item);
      return [{ place, item }];
    });
    const items = [itemOf.get(from)!, ...lane.map(({ item }) => item), itemOf.get(to)!];
    for (const [index, item] of items.entries()) {
      if (index > 0) item.beside.push(items[index - 1]!);
      if (index < items.length - 1) item.beside.push(items[index + 1]!);
    }
    return lane;
  });
  // The order of the whole is the best for the whole alone.
  if (shown.size < graph.nodes.length) untangle(columns);
  settle(columns);

  const free = (room - 2 * MARGIN - used.length * NODE_WIDTH) / Math.max(1, used.length - 1);
  const between = Math.max(LEAST_BETWEEN, Math.min(MOST_BETWEEN, free));
  const xOf = (place: number): number => MARGIN + place * (NODE_WIDTH + between);
  const nodes = new Map([...itemOf].map(([node, { y }]) => [node, { x: xOf(columnOf.get(graph.nodes[node]!.column)!) + NODE_WIDTH / 2, y }]));
  return {
    width: xOf(used.length - 1) + NODE_WIDTH + MARGIN,
    height: Math.max(0, ...columns.flat().map(({ y, height }) => y + height / 2)) + MARGIN,
    nodes,
    edges: edges.map((edge, index) => ({ edge, path: pathOf(nodes.get(edge.from)!, nodes.get(edge.to)!, lanes[index]!.map(({ place, item }) => ({ x: xOf(place), y: item.y }))) })),
  };
}

/** Sorts each column by where its neighbours stand, from the left and from the right in turn. */
function untangle(columns: readonly Item[][]): void {
  for (let pass = 0; pass < PASSES; pass++) {
    for (const column of columns) for (const [index, item] of column.toSorted((a, b) => a.order - b.order).entries()) item.order = (index + 0.5) / column.length;
    for (const column of pass % 2 === 0 ? columns : columns.toReversed()) {
      for (const item of column) if (item.beside.length > 0) item.order = item.beside.reduce((sum, { order }) => sum + order, 0) / item.beside.length;
    }
  }
}

function settle(columns: readonly Item[][]): void {
  for (const column of columns) {
    column.sort((a, b) => a.order - b.order);
    stack(column, column.map(() => 0));
  }
  const tallest = Math.max(0, ...columns.map((column) => bottomOf(column)));
  for (const column of columns) {
    const down = (tallest - bottomOf(column)) / 2;
    for (const item of column) item.y += down;
  }
  for (let pass = 0; pass < PASSES; pass++) {
    for (const column of pass % 2 === 0 ? columns : columns.toReversed()) {
      stack(column, column.map((item) => (item.beside.length === 0 ? item.y : item.beside.reduce((sum, { y }) => sum + y, 0) / item.beside.length)));
    }
  }
  const top = Math.min(...columns.flat().map(({ y, height }) => y - height / 2));
  for (const item of columns.flat()) item.y += MARGIN - top;
}

const bottomOf = (column: readonly Item[]): number => (column.length === 0 ? 0 : column.at(-1)!.y + column.at(-1)!.height / 2);

/** As near to the wanted heights as the order and the sizes allow: what overlaps is moved as one block around its middle. */
function stack(column: readonly Item[], wanted: readonly number[]): void {
  const blocks: { items: Item[]; size: number; sum: number; top: number }[] = [];
  for (const [index, item] of column.entries()) {
    let block = { items: [item], size: item.height, sum: wanted[index]! - item.height / 2, top: wanted[index]! - item.height / 2 };
    for (let above = blocks.at(-1); above !== undefined && above.top + above.size > block.top; above = blocks.at(-1)) {
      blocks.pop();
      // Each item wants the block's top where it would itself be in place.
      const sum = above.sum + block.sum - above.size * block.items.length;
      const items = [...above.items, ...block.items];
      block = { items, size: above.size + block.size, sum, top: sum / items.length };
    }
    blocks.push(block);
  }
  for (const { items, top } of blocks) {
    let y = top;
    for (const item of items) {
      item.y = y + item.height / 2;
      y += item.height;
    }
  }
}

/** From the right side of one box to the left side of another; against the direction of reading where packages need each other in turn. */
function pathOf(from: Point, to: Point, lanes: readonly Point[]): string {
  const forwards = to.x >= from.x;
  const side = forwards ? NODE_WIDTH / 2 : -NODE_WIDTH / 2;
  const points = [{ x: from.x + side, y: from.y }, ...lanes.flatMap(({ x, y }) => (forwards ? [{ x, y }, { x: x + NODE_WIDTH, y }] : [{ x: x + NODE_WIDTH, y }, { x, y }])), { x: to.x - side, y: to.y }];
  const parts = [`M${at(points[0]!)}`];
  for (let index = 1; index < points.length; index++) {
    const before = points[index - 1]!;
    const after = points[index]!;
    const middle = (before.x + after.x) / 2;
    parts.push(`C${at({ x: middle, y: before.y })} ${at({ x: middle, y: after.y })} ${at(after)}`);
  }
  return parts.join('');
}

const at = ({ x, y }: Point): string => `${Math.round(x)} ${Math.round(y)}`;
