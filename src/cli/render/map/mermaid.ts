import type { FailureMap, MapDependency, MapState } from '../../../map/types.js';

/** GitHub draws nothing beyond 500 edges or 50,000 characters. */
const MOST_EDGES = 480;
const MOST_CHARACTERS = 48_000;
const WORST_FIRST: readonly MapState[] = ['unbounded', 'unprotected', 'unknown', 'protected'];
/** States by more than colour: sign in the label, stroke of the line. */
const SIGN: Readonly<Record<MapState, string>> = { unbounded: '▲', unprotected: '◆', unknown: '?', protected: '✓' };
const ARROW: Readonly<Record<MapState, string>> = { unbounded: '==>', unprotected: '-->', unknown: '-.->', protected: '-->' };
const CLASSES = [
  'classDef unbounded fill:#fdecea,stroke:#b42318,color:#5a120c,stroke-width:2px',
  'classDef unprotected fill:#fdf3dc,stroke:#935f00,color:#4a3000,stroke-dasharray:5 3',
  'classDef unknown fill:#eef0f3,stroke:#5b6675,color:#2b313a,stroke-dasharray:2 3',
  'classDef protected fill:#e5f4ec,stroke:#1a7045,color:#0d3b24',
  'classDef none fill:#ffffff,stroke:#9aa4b1,color:#1b2330',
];

/** One line of the diagram between two of its nodes: all clients of a package for one downstream, or an import. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly dependencies: readonly MapDependency[];
}

/**
 * The map as a mermaid flowchart, for a README or a pull request. Where it would be too large, imports go first, then
 * packages' calls from the best guarded on, and a comment says how many.
 */
export function renderMermaid(map: FailureMap): string {
  const calls = callEdges(map.dependencies);
  const imports = importEdges(map);
  for (let kept = Math.min(calls.length, MOST_EDGES); ; kept = Math.floor(kept * 0.9)) {
    for (const withImports of [true, false]) {
      const edges = [...(withImports ? imports : []), ...calls.slice(0, kept)];
      if (edges.length > MOST_EDGES) continue;
      const text = diagramOf(map, edges, leftOut(imports.length * Number(!withImports), calls.length - kept));
      if (text.length <= MOST_CHARACTERS || kept === 0) return text;
    }
  }
}

function leftOut(imports: number, calls: number): string[] {
  const parts = [imports === 0 ? '' : `${imports} imports between packages`, calls === 0 ? '' : `${calls} lines to downstreams, the best guarded`].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`%% Left out, as diagrams on GitHub have no room for more: ${parts.join('; ')}.`];
}

function diagramOf(map: FailureMap, edges: readonly Edge[], notes: readonly string[]): string {
  const used = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const labels = new Map(map.downstreams.map(({ id, label }) => [id, label]));
  // Numbers of the whole map, so that a smaller part keeps its names.
  const ids = new Map<string, string>([
    ...map.packages.map(({ name }, index) => [`package ${name}`, `p${index}`] as const),
    ...map.downstreams.map(({ id }, index) => [`downstream ${id}`, `d${index}`] as const),
  ]);
  for (const key of used) if (!ids.has(key)) ids.set(key, `x${ids.size}`);
  const lines = ['flowchart LR', ...notes];
  for (const [key, id] of ids) {
    if (!used.has(key)) continue;
    const isPackage = key.startsWith('package ');
    const name = key.slice(key.indexOf(' ') + 1);
    const state = worstOf(map.dependencies.filter((dependency) => (isPackage ? dependency.package : dependency.downstream) === name));
    const label = quoted(`${state === null ? '' : `${SIGN[state]} `}${isPackage ? name : (labels.get(name) ?? name)}`);
    lines.push(`  ${id}${isPackage ? `[${label}]` : `([${label}])`}:::${state ?? 'none'}`);
  }
  for (const { from, to, dependencies } of edges) {
    const state = worstOf(dependencies);
    if (state === null) lines.push(`  ${ids.get(from)} --- ${ids.get(to)}`);
    else lines.push(`  ${ids.get(from)} ${ARROW[state]}|${quoted(`${clientsOf(dependencies)}: ${state}`)}| ${ids.get(to)}`);
  }
  return `${[...lines, ...CLASSES.map((line) => `  ${line}`)].join('\n')}\n`;
}

/** Worst first, then those with the most calls, then by name. */
function callEdges(dependencies: readonly MapDependency[]): Edge[] {
  const found = new Map<string, MapDependency[]>();
  for (const dependency of dependencies) {
    const key = JSON.stringify([dependency.package, dependency.downstream]);
    found.set(key, [...(found.get(key) ?? []), dependency]);
  }
  const rank = (edge: Edge): number => WORST_FIRST.indexOf(worstOf(edge.dependencies)!);
  const calls = (edge: Edge): number => edge.dependencies.reduce((sum, { operations }) => sum + operations.length, 0);
  return [...found.values()]
    .map((all): Edge => ({ from: `package ${all[0]!.package}`, to: `downstream ${all[0]!.downstream}`, dependencies: all }))
    .sort((a, b) => rank(a) - rank(b) || calls(b) - calls(a));
}

/** Imports that lead to a package with calls. */
function importEdges({ packages, dependencies }: FailureMap): Edge[] {
  const leading = new Set(dependencies.map((dependency) => dependency.package));
  for (let before = -1; before !== leading.size; ) {
    before = leading.size;
    for (const { name, dependsOn } of packages) if (dependsOn.some((other) => leading.has(other))) leading.add(name);
  }
  return packages.flatMap(({ name, dependsOn }) => dependsOn.filter((other) => other !== name && leading.has(other)).map((other): Edge => ({ from: `package ${name}`, to: `package ${other}`, dependencies: [] })));
}

function worstOf(dependencies: readonly MapDependency[]): MapState | null {
  return WORST_FIRST.find((state) => dependencies.some((dependency) => dependency.state === state)) ?? null;
}

function clientsOf(dependencies: readonly MapDependency[]): string {
  return [...new Set(dependencies.map(({ client }) => client.title))].join(', ');
}

/** Names come from foreign code: nothing but letters, digits and harmless signs stands in a label as itself. */
function quoted(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:/@$_▲◆?✓-]/gu, (character) => `#${character.codePointAt(0)};`)}"`;
}
