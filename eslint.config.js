import { existsSync, readFileSync } from 'node:fs';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import n from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';

// One table says who may import whom; test/meta/layering.test.ts holds the whole import graph to it,
// this file shows the same in the editor.
const { layers, typesFrom, forbiddenPackages, siblingsApart, siblingExceptions } = JSON.parse(
  readFileSync(new URL('./test/meta/layers.json', import.meta.url), 'utf8'),
);

/** A relative specifier that leads into a layer, from anywhere inside another one. */
const into = (layer) => (layer === 'src' ? null : `^(?:\\.\\.?/)+(?:${layer}|${layer.replace(/^src\//, '')})/`);

const layering = Object.entries(layers)
  .filter(([layer]) => layer !== 'src' && layer !== 'src/cli')
  .map(([layer, allowed]) => ({
    files: [`${layer}/**/*.ts`],
    ignores: siblingExceptions,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...Object.keys(layers)
              .filter((other) => other !== layer && into(other) !== null && !allowed.includes(other))
              .map((other) => ({
                regex: into(other),
                message: `${layer} does not import ${other}; see the layering table in docs/contributing.md.`,
                allowTypeImports: typesFrom[layer]?.includes(other) ?? false,
              })),
            ...(siblingsApart.includes(layer) ? [{ regex: '^\\./', message: 'Rules and codemods do not import each other; move what they share to src/facts.' }] : []),
          ],
          paths: (forbiddenPackages[layer] ?? []).map((name) => ({ name, message: `${layer} stays independent of ${name}.` })),
        },
      ],
    },
  }));

/** ESTree and scopes are all that every parser gives: token methods would tie the core to some. */
const TOKEN_METHODS = [
  'getTokens', 'getFirstToken', 'getLastToken', 'getTokenBefore', 'getTokenAfter', 'getFirstTokens', 'getLastTokens', 'getTokensBefore',
  'getTokensAfter', 'getTokensBetween', 'getFirstTokenBetween', 'getLastTokenBetween', 'getFirstTokensBetween', 'getTokenByRangeStart',
];

/** Our rules on our own code, once there is a build of them. */
async function ownRules() {
  if (!existsSync(new URL('./dist/src/index.js', import.meta.url))) return [];
  try {
    const { default: plugin } = await import('./dist/src/index.js');
    return plugin.configs.recommended.map((config) => ('files' in config ? config : { ...config, files: ['{src,rules,codemods}/**/*.ts'] }));
  } catch {
    // A half-made build must not keep the other rules from running; the tests will say what is wrong.
    return [];
  }
}

export default tseslint.config(
  { ignores: ['dist/**', 'test/.tmp/**', 'test/fixtures/**', 'docs/**', '**/fixtures/**', 'test/codemods/*/**', 'test/integration/faults/service/**'] },
  // Untyped on purpose: tsc runs beside it, and the typed rules cost several times the rest together.
  ...tseslint.configs.recommended,
  n.configs['flat/recommended-module'],
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      // tsc resolves imports, and knows that a `.js` specifier means a `.ts` file.
      'n/no-missing-import': 'off',
      'n/no-unpublished-import': 'off',
      // Exits with a code are part of what the commands promise.
      'n/no-process-exit': 'off',
      'n/hashbang': ['error', { convertPath: [{ include: ['src/**/*.ts'], replace: ['^(.+)\\.ts$', 'dist/$1.js'] }] }],
      // Used only where it is there.
      'n/no-unsupported-features/node-builtins': ['error', { ignores: ['module.enableCompileCache'] }],
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts', 'codemods/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', ...TOKEN_METHODS.map((property) => ({ property, message: 'Not every parser gives tokens; use the tree and the text.' }))],
    },
  },
  // Models are tables: their length says how much is known of a library, not how complex they are.
  { files: ['src/models/**/*.ts'], rules: { 'max-lines': 'off' } },
  ...layering,
  { files: ['rules/*.ts'], ...eslintPlugin.configs.recommended },
  {
    files: ['rules/*.ts'],
    ignores: ['rules/index.ts'],
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'eslint-plugin/require-meta-schema-description': 'error',
      // Data and suggestions come from the facts and mends, where these two cannot see them;
      // test/meta/rules.test.ts looks for placeholders that were left in messages.
      'eslint-plugin/no-missing-placeholders': 'off',
      'eslint-plugin/no-unused-message-ids': 'off',
    },
  },
  { files: ['test/**'], rules: { 'n/hashbang': 'off', 'n/no-unsupported-features/node-builtins': ['error', { ignores: ['fetch', 'fs.cpSync', 'module.register'] }] } },
  // What fetch is wrapped in is tried with the real one.
  { files: ['test/integration/policies/**'], rules: { 'n/no-unsupported-features/node-builtins': ['error', { ignores: ['fetch', 'Response', 'Headers'] }] } },
  ...(await ownRules()),
  {
    // Whether a declaration has an error to be ignored depends on the reader's compiler and its options.
    files: ['src/config-types.cts', 'src/config-types-esm.ts'],
    rules: { '@typescript-eslint/ban-ts-comment': 'off' },
  },
);
