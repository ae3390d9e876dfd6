import { afterAll, describe, expect, it } from 'vitest';
import { observerAct } from '../../src/analysis/observers.js';
import { isLog, isReport } from '../../src/analysis/summarize.js';
import { mayObserve, observerModels, observerOfPackage } from '../../src/models/lookup.js';
import { sourceOf } from '../support/source.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);

const models = observerModels();

describe.each(models.map((model) => [model.id, model] as const))('%s', (_id, model) => {
  it('names its package or its globals, and its sources', () => {
    expect(model.packages.length + Object.keys(model.globals ?? {}).length).toBeGreaterThan(0);
    expect(model.checked.length).toBeGreaterThan(0);
    for (const source of Object.values(model.sources)) expect(source).toMatch(/@\d/);
  });

  it('leads to shapes that exist', () => {
    const shapes = Object.keys(model.observers);
    for (const item of Object.values({ ...model.exports, ...model.globals })) if (item.is !== 'act') expect(shapes).toContain(item.observer);
    for (const shape of Object.values(model.observers)) for (const made of Object.values(shape.makes ?? {})) expect(shapes).toContain(made);
  });
});

it('has one model for each id and package', () => {
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
  const packages = models.flatMap((model) => model.packages);
  expect(new Set(packages).size).toBe(packages.length);
});

it('is found by package, and its methods by name', () => {
  expect(observerOfPackage('pino')?.id).toBe('pino');
  expect(observerOfPackage('pino-lookalike')).toBeNull();
  expect(mayObserve('recordException')).toBe(true);
  expect(mayObserve('findOne')).toBe(false);
});

/** What the last call of a program does: of a chain, the call at its end. */
function actIn(code: string): string | null {
  const file = sourceOf(code);
  const end = Math.max(...file.index.calls.map(({ range }) => range[1]));
  return observerAct(file, file.index.calls.find(({ range }) => range[1] === end)!.callee);
}

const cases: [sentence: string, code: string, act: string | null][] = [
  ['console', 'console.error(e);', 'logs'],
  ['a console of one\'s own', 'const console = make();\nconsole.error(e);', null],
  ['pino', "import pino from 'pino';\nconst l = pino();\nl.error(e);", 'logs'],
  ['pino at fatal', "import pino from 'pino';\nconst l = pino();\nl.fatal(e);", 'fatal'],
  ['a child of pino', "import { pino } from 'pino';\nconst l = pino();\nconst c = l.child({ a: 1 });\nc.warn(e);", 'logs'],
  ['pino by require', "const l = require('pino')();\nl.info(e);", 'logs'],
  ['another method of a logger', "import pino from 'pino';\nconst logger = pino();\nlogger.observe(e);", 'nothing'],
  ['a parameter with a type', "import type { Logger } from 'pino';\nexport const f = (l: Logger) => { l.error(1); };", 'logs'],
  ['a field with a type', "import type { Logger } from 'winston';\nclass A { constructor(private l: Logger) {}\n f() { this.l.error(1); } }", 'logs'],
  ['a field with a value', "import pino from 'pino';\nclass A { l = pino();\n f() { this.l.error(1); } }", 'logs'],
  ['winston', "import winston from 'winston';\nwinston.error(e);", 'logs'],
  ['a logger of winston', "import * as winston from 'winston';\nconst l = winston.createLogger({});\nl.warning(e);", 'logs'],
  ['winston at emerg', "import { createLogger } from 'winston';\nconst l = createLogger({});\nl.emerg(e);", 'fatal'],
  ['bunyan', "import bunyan from 'bunyan';\nconst l = bunyan.createLogger({ name: 'a' });\nl.fatal(e);", 'fatal'],
  ['Sentry', "import * as Sentry from '@sentry/node';\nSentry.captureException(e);", 'reports'],
  ['Sentry by name', "import { captureException as tell } from '@sentry/node';\ntell(e);", 'reports'],
  ["Sentry's logger", "import * as Sentry from '@sentry/node';\nSentry.logger.error(e);", 'logs'],
  ['a span', "import { trace } from '@opentelemetry/api';\nconst s = trace.getActiveSpan();\ns?.recordException(e);", 'reports'],
  ['a span that is started', "import { trace } from '@opentelemetry/api';\nconst s = trace.getTracer('a').startSpan('b');\ns.setStatus({ code: 2 });", 'reports'],
  ['a counter of OpenTelemetry', "import { metrics } from '@opentelemetry/api';\nconst c = metrics.getMeter('a').createCounter('b');\nc.add(1);", 'reports'],
  ['a span of dd-trace', "import tracer from 'dd-trace';\nconst s = tracer.startSpan('a');\ns.setTag('error', e);", 'reports'],
  ['a counter of prom-client', "import { Counter } from 'prom-client';\nconst c = new Counter({ name: 'a', help: 'b' });\nc.inc();", 'reports'],
  ['a labelled counter', "import client from 'prom-client';\nconst c = new client.Counter({ name: 'a', help: 'b' });\nc.labels('x').inc();", 'reports'],
  ['a list of the same method name', 'const set = new Set();\nset.add(1);', null],
  ['a look-alike package', "import pino from 'pino-lookalike';\nconst l = pino();\nl.error(e);", null],
  ['nothing known', 'logger.error(e);', null],
];

describe('what a call does:', () => {
  it.each(cases)('%s', (_sentence, code, act) => {
    expect(actIn(code)).toBe(act);
  });

  it('a logger of another file of the project', () => {
    const project = tempProject({ 'src/log.ts': "import pino from 'pino';\nexport const l = pino();\n", 'src/a.ts': "import { l } from './log.js';\nl.error(1);" });
    const file = project.file('src/a.ts');
    expect(observerAct(file, file.index.calls.at(-1)!.callee)).toBe('logs');
  });

  it('names are the fallback', () => {
    const file = sourceOf('auditLogger.error(e);\nSomething.captureException(e);\nitems.error(e);');
    const [first, second, third] = file.index.calls;
    expect([isLog(file, first!.callee), isReport(file, second!.callee), isLog(file, third!.callee)]).toEqual([true, true, false]);
  });
});
