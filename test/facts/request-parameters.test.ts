import { afterAll, describe, expect, it } from 'vitest';
import { nullableUses } from '../../src/facts/nullable-values.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);

const handled = (body: string, how = "router.post('/files', this.create);", parameters = 'req, res, next'): string =>
  `import express from 'express';\nexport class Files {\n  router() {\n    const router = express.Router();\n    ${how}\n    return router;\n  }\n  async create(${parameters}) {\n    ${body}\n  }\n}\n`;
const USED = "const type = req.get('content-type');\n    use(type.split('/'));";

function reported(code: string, name = 'src/main.js'): number[] {
  const file = tempProject({ [name]: code }, { express: '5.1.0' }).file(name);
  return nullableUses(file, new Set(['web']), false)
    .filter(({ verdict, tested, byTypes }) => verdict === 'unguarded' && !tested && !byTypes)
    .map(({ at }) => file.lines.locate(at.node.range[0]).line);
}

describe('the first parameter of a handler is a request', () => {
  it.each([
    ['a method of the class', handled(USED), [10]],
    ['a handler behind middleware', handled(USED, "router.post('/files', parse(), this.create);"), [10]],
    ['an inline handler', "import express from 'express';\nconst app = express();\napp.get('/', (req, res) => res.send(req.get('x-id').trim()));\n", [3]],
    ['a function of the file', "const express = require('express');\nconst app = express();\nfunction show(req, res) {\n  res.send(req.header('x-id').trim());\n}\napp.use(show);\n", [4]],
    ['a router by name', "import { Router } from 'express';\nconst router = Router();\nrouter.get('/', (req) => req.get('x-id').trim());\n", [3]],
  ])('as %s', (_sentence, code, lines) => {
    expect(reported(code)).toEqual(lines);
  });

  it.each([
    ['a function that nobody registers here', handled(USED, '')],
    ['another parameter', handled(USED, "router.post('/files', this.create);", 'res, req')],
    ['a handler of errors', handled(USED, 'router.use(this.create);', 'req, error, res, next')],
    ['a part of the request', handled(USED, "router.post('/files', this.create);", '{ req }, res')],
    ["a router of another package", handled(USED).replace("from 'express'", "from '@acme/express'")],
    ['a router that comes from outside', "import express from 'express';\nimport { router } from './router.js';\nrouter.get('/', (req) => req.get('x-id').trim());\n"],
    ['a setting of the application', "import express from 'express';\nconst app = express();\nuse(app.get('port').trim());\n"],
    ['a header with a guard', handled("const type = req.get('content-type');\n    if (type) use(type.split('/'));")],
    ['a header with a default', handled("use((req.get('content-type') ?? '').split('/'));")],
  ])('not %s', (_sentence, code) => {
    expect(reported(code)).toEqual([]);
  });
});

describe('what is found missing and used all the same', () => {
  const found = (body: string): number[] => reported(handled(`const type = req.get('content-type');\n    ${body}`));

  it.each([
    ['right after the test', "if (type) log(type);\n    use(type.split('/'));", [11]],
    ['by another name, behind the test of the first', "let kind = type;\n    if (other()) kind = 'a';\n    else if (type && type.includes('/')) kind = type.split('/')[1];\n    use(kind.trim());", [13]],
  ])('is reported %s', (_sentence, body, lines) => {
    expect(found(body)).toEqual(lines);
  });

  it.each([
    ['another condition lies between', "if (type) log(type);\n    if (other()) use(type.split('/'));"],
    ['it is given a value', "let kind = type;\n    if (!kind) kind = 'a';\n    use(kind.trim());"],
    ['it is given a value on the way', "let kind = type;\n    if (kind) log(kind);\n    kind = 'a';\n    use(kind.trim());"],
    ['the way ends', "if (!type) return;\n    use(type.split('/'));"],
    ['the test is of something else', "if (isFine(type)) log();\n    else return;\n    use(type.split('/'));"],
  ])('is not where %s', (_sentence, body) => {
    expect(found(body)).toEqual([]);
  });
});
