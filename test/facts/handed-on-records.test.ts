import { afterAll, describe, expect, it } from 'vitest';
import { nullableUses } from '../../src/facts/nullable-values.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);

const MODEL = "import mongoose, { Schema } from 'mongoose';\nconst connection = (() => {\n  if (process.env.DATABASE) return mongoose.createConnection(process.env.DATABASE);\n})();\nexport const TokenModel = connection?.model('Token', new Schema({}));\nexport type ITokenModel = typeof TokenModel;\n";
const INDEX = "export * from './token.model.js';\n";
const REPOSITORY = "import { ITokenModel } from './models/index.js';\nimport { Repository } from './repository.js';\nexport class Tokens extends Repository {\n  constructor(private readonly model: ITokenModel) {\n    super();\n  }\n  async find(instance: string) {\n    try {\n      return await this.model.findOne({ instance });\n    } catch (error) {\n      return {};\n    }\n  }\n}\n";
const FILES = { 'src/repository.ts': 'export abstract class Repository {}\n', 'src/models/token.model.ts': MODEL, 'src/models/index.ts': INDEX, 'src/tokens.ts': REPOSITORY };
const main = (body: string, parameters = ''): string => `import { Tokens } from './tokens.js';\nexport class Info {\n  constructor(private readonly tokens: Tokens) {}\n  private readonly names = ['a'];\n  async all(${parameters}) {\n    for (const name of this.names) {\n      ${body}\n    }\n  }\n}\n`;

function unguarded(code: string, files: Readonly<Record<string, string>> = FILES): string[] {
  const file = tempProject({ ...files, 'src/main.ts': code }, { mongoose: '6.10.5' }).file('src/main.ts');
  return nullableUses(file, new Set(['function']), true)
    .filter(({ verdict, tested, source }) => verdict === 'unguarded' && !tested && source.ofCaller !== true)
    .map(({ source }) => `${source.name} ${source.value} ${source.when}`);
}

describe('a function that hands on what a read finds', () => {
  const FOUND = ['this.tokens.find null when nothing matches (tokens.ts:9)'];

  it('may give null, through a type alias of another file', () => {
    expect(unguarded(main('use((await this.tokens.find(name)).key);'))).toEqual(FOUND);
  });

  it('says so at each use, where the call is written twice and used at once each time', () => {
    expect(unguarded(main('use((await this.tokens.find(name)).key);\n      log((await this.tokens.find(name)).key);'))).toEqual([...FOUND, ...FOUND]);
  });

  it.each([
    ['is guarded', main('use((await this.tokens.find(name))?.key);')],
    ['is tested somewhere', main('const token = await this.tokens.find(name);\n      use(token.key);\n      if (token) log(token);')],
    ['is written again where it is asked for', main('if (await this.tokens.find(name)) use((await this.tokens.find(name)).key);')],
    ['is asked for what the caller handed in', main('use((await this.tokens.find(key)).key);', 'key: string')],
    ['is asked for a part of it', main('use((await this.tokens.find(order.key)).key);', 'order: { key: string }')],
  ])('is no report where it %s', (_sentence, code) => {
    expect(unguarded(code)).toEqual([]);
  });

  it.each([
    ['never gives none', REPOSITORY.replace('findOne({ instance })', 'countDocuments({ instance })')],
    ['fails instead', REPOSITORY.replace('findOne({ instance })', 'findOne({ instance }).orFail()')],
    ['gives a default', REPOSITORY.replace('await this.model.findOne({ instance })', '(await this.model.findOne({ instance })) ?? {}')],
  ])('is no report where the read %s', (_sentence, text) => {
    expect(unguarded(main('use((await this.tokens.find(name)).key);'), { ...FILES, 'src/tokens.ts': text })).toEqual([]);
  });

  it.each([
    ['a named re-export', "export type { ITokenModel } from './token.model.js';\n"],
    ['a re-export by another name', "export { ITokenModel as Other } from './token.model.js';\nexport type { ITokenModel } from './token.model.js';\n"],
  ])('follows %s', (_sentence, text) => {
    expect(unguarded(main('use((await this.tokens.find(name)).key);'), { ...FILES, 'src/models/index.ts': text })).toEqual(FOUND);
  });

  it('follows an alias of an alias that is exported by name', () => {
    const text = MODEL.replace('export type ITokenModel = typeof TokenModel;', 'type Inner = typeof TokenModel;\ntype ITokenModel = Inner;\nexport type { ITokenModel };');
    expect(unguarded(main('use((await this.tokens.find(name)).key);'), { ...FILES, 'src/models/token.model.ts': text })).toEqual(FOUND);
  });

  it('does not follow an alias that leads back to itself', () => {
    expect(unguarded(main('use((await this.tokens.find(name)).key);'), { ...FILES, 'src/models/index.ts': "export type { ITokenModel } from './index.js';\n" })).toEqual([]);
  });
});
