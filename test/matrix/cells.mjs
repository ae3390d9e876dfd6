/** What the plugin is run under. The lowest versions are those that package.json promises, or that the parser takes. */
const ESLINTS = ['9.0.0', '9', '10.0.0', '10'];
const NODES = ['20.19.0', '22.13.0', '24'];
const TYPESCRIPTS = ['5.0.2', '6.0.3'];
const CONFIGS = ['esm', 'cjs', 'ts'];
const COMMANDS = ['check', 'explain', 'codemod'];

/** ESLint reads `eslint.config.ts` since 9.18. */
const reads = (eslint, config) => config !== 'ts' || eslint !== '9.0.0';

/** ESLint's declarations came with 9.10, and the tables that a plugin can add to later in 9. */
const TYPED_ESLINTS = ['9', '10'];

const lint = (eslint, node, typescript, typed, config) => ({ kind: 'lint', eslint, node, typescript, typed, config });
const command = (eslint, node, name) => ({ kind: 'command', eslint, node, command: name });
const types = (eslint, typescript, exact) => ({ kind: 'types', eslint, typescript, exact });

/** The full product. */
export function allCells() {
  return [
    ...ESLINTS.flatMap((eslint) =>
      NODES.flatMap((node) =>
        TYPESCRIPTS.flatMap((typescript) => [false, true].flatMap((typed) => CONFIGS.filter((config) => reads(eslint, config)).map((config) => lint(eslint, node, typescript, typed, config)))),
      ),
    ),
    ...ESLINTS.flatMap((eslint) => NODES.flatMap((node) => COMMANDS.map((name) => command(eslint, node, name)))),
    ...TYPED_ESLINTS.flatMap((eslint) => TYPESCRIPTS.flatMap((typescript) => [false, true].map((exact) => types(eslint, typescript, exact)))),
  ];
}

/** The lowest and the newest of everything, each pair under the oldest and the newest Node. */
export function cornerCells() {
  const ends = [['9.0.0', '5.0.2', ['esm', 'cjs']], ['10', '6.0.3', ['ts', 'cjs']]];
  const nodes = [NODES[0], NODES.at(-1)];
  return [
    ...ends.flatMap(([eslint, typescript, configs]) => nodes.flatMap((node, i) => [false, true].map((typed, j) => lint(eslint, node, typescript, typed, configs[(i + j) % 2])))),
    ...ends.flatMap(([eslint], i) => COMMANDS.map((name) => command(eslint, nodes[i], name))),
    types('9', '5.0.2', false),
    types('10', '6.0.3', true),
  ];
}

export function nameOf(cell) {
  if (cell.kind === 'lint') return `eslint ${cell.eslint}, node ${cell.node}, typescript ${cell.typescript}, ${cell.typed ? 'typed' : 'untyped'}, ${cell.config}`;
  if (cell.kind === 'command') return `eslint ${cell.eslint}, node ${cell.node}, ${cell.command}`;
  return `eslint ${cell.eslint}, typescript ${cell.typescript}, types${cell.exact ? ' with exactOptionalPropertyTypes' : ''}`;
}
