/**
 * A Prisma client of a schema with one model, put together as generated code does it: generating asks for
 * programs that are fetched. Its queries go through an adapter, as all do from 7 on.
 */

const MODEL = 'model Thing {\n  id Int @id\n  n Int\n}\n';
const FIELD = { kind: 'scalar', type: 'Int', isList: false, isRequired: true };
const THING = { dbName: null, schema: null, fields: [{ ...FIELD, name: 'id', isId: true }, { ...FIELD, name: 'n' }], primaryKey: null, uniqueFields: [], uniqueIndexes: [] };
/** The table that the model stands for. */
export const TABLE = 'CREATE TABLE IF NOT EXISTS "Thing" (id INT PRIMARY KEY, n INT NOT NULL)';

/**
 * @param {import('./lab.mjs').Lab} lab of a run with `@prisma/client` from 6.19 on and `@prisma/adapter-pg`
 * @returns {Promise<(port: number | string, driver?: object, options?: object) => any>} `driver`: options of the adapter's pg pool; `options`: of the client
 */
export async function prismaOf(lab) {
  const { getPrismaClient } = await lab.load('@prisma/client/runtime/client');
  const { PrismaPg } = await lab.load('@prisma/adapter-pg');
  const seven = lab.major('@prisma/client') >= 7;
  const compiler = seven ? 'query_compiler_fast_bg' : 'query_compiler_bg';
  const PrismaClient = getPrismaClient({
    previewFeatures: [],
    clientVersion: lab.versions['@prisma/client'],
    engineVersion: '0'.repeat(40),
    activeProvider: 'postgresql',
    inlineSchema: `datasource db {\n  provider = "postgresql"\n${seven ? '' : '  url = "postgresql://unused"\n'}}\n${MODEL}`,
    runtimeDataModel: { models: { Thing: THING }, enums: {}, types: {} },
    compilerWasm: {
      getRuntime: () => lab.load(`@prisma/client/runtime/${compiler}.postgresql.mjs`),
      async getQueryCompilerWasmModule() {
        const { wasm } = await lab.load(`@prisma/client/runtime/${compiler}.postgresql.wasm-base64.mjs`);
        return new WebAssembly.Module(Buffer.from(wasm, 'base64'));
      },
      importName: `./${compiler}.js`,
    },
    ...(seven ? NEWER : OLDER),
  });
  return (port, driver = {}, options = {}) => new PrismaClient({ adapter: new PrismaPg({ host: '127.0.0.1', port: Number(port), user: 'shop', database: 'postgres', ...driver }), ...options });
}

/** A graph of no nodes: nothing of a query is turned into parameters. */
const NEWER = { parameterizationSchema: { strings: [], graph: Buffer.alloc(64).toString('base64url') } };

const OLDER = {
  inlineSchemaHash: '',
  dirname: '.',
  relativePath: '.',
  datasourceNames: ['db'],
  inlineDatasources: { db: { url: { fromEnvVar: null, value: 'postgresql://unused' } } },
  relativeEnvPaths: {},
  generator: { name: 'client', provider: { value: 'prisma-client', fromEnvVar: null }, output: null, config: { engineType: 'client' }, binaryTargets: [], previewFeatures: [], sourceFilePath: '' },
  copyEngine: true,
};
