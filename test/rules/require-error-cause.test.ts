import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-error-cause.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject({
  'src/main.ts': 'export {};',
  'src/errors.ts': [
    'export class AppError extends Error { constructor(message: string, options?: ErrorOptions) { super(message, options); } }',
    'export class PlainError extends Error { constructor(message: string, readonly status = 500) { super(message); } }',
    'export class WrappedError extends Error { constructor(message: string, readonly cause?: unknown) { super(message); } }',
  ].join('\n'),
  'src/index.ts': "export { AppError as Failure } from './errors.js';\n",
});
const old = tempProject({ 'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2020' } }), 'src/main.ts': 'export {};' });
const oldLib = tempProject({ 'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2023', lib: ['es2021', 'dom'] } }), 'src/main.ts': 'export {};' });
const newLib = tempProject({ 'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2020', lib: ['es2020', 'es2022.error'] } }), 'src/main.ts': 'export {};' });
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });
const filename = `${project.root}/src/main.ts`;

const OWN = 'class OrderError extends Error {}\n';
const inCatch = (body: string, param = ' (error)'): string => `export async function place(id: string) {\n  try {\n    return await orders.save(id);\n  } catch${param} {\n    ${body}\n  }\n}`;
const own = (body: string, param?: string): string => OWN + inCatch(body, param);
const chained = (handler: string): string => `${OWN}export const load = (id: string) => orders.find(id).catch(${handler});`;
const thrown = (args: string, type: string): string => `${type}\n${inCatch(`throw new OrderError(${args});`)}`;
const withOld = (code: string, path = old): { readonly code: string; readonly filename: string } => ({ code, filename: `${path.root}/src/main.ts` });
const one = (output: string) => [{ messageId: 'dropped', suggestions: [{ messageId: 'suggestCause', output }] }];
const none = [{ messageId: 'dropped', suggestions: [] }];
/** The same code with one piece of it replaced. */
const mended = (code: string, from: string, to: string, ...more: readonly (readonly [string, string])[]) => {
  const output = [[from, to] as const, ...more].reduce((text, [piece, by]) => {
    if (!text.includes(piece)) throw new Error(`no ${piece}`);
    return text.replace(piece, by);
  }, code);
  return { code, filename, errors: one(output) };
};

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });

tester.run('require-error-cause', rule as unknown as Rule.RuleModule, {
  valid: [
    { name: 'a cause', code: own("throw new OrderError('no', { cause: error });"), filename },
    { name: 'a cause by another name', code: own("throw new OrderError('no', { cause: error as Error });"), filename },
    { name: 'options that are not written here', code: own("throw new OrderError('no', options);"), filename },
    { name: 'a spread', code: own("throw new OrderError('no', { ...options });"), filename },
    { name: 'the error itself as an argument', code: own('throw new OrderError(error);'), filename },
    { name: 'what a function makes of the error', code: own("throw new OrderError('no', wrap(error));"), filename },
    { name: 'the stack', code: own('throw new OrderError(error.stack);'), filename },
    { name: 'a member that holds more than text', code: own("throw new OrderError('no', { cause: error.response });"), filename },
    { name: 'a variable that holds the error', code: own("const cause = error as Error;\nthrow new OrderError('no', { cause });"), filename },
    { name: 'the error again', code: own('throw error;'), filename },
    { name: 'a plain error in a catch, which ESLint reports', code: inCatch("throw new Error('no');"), filename },
    { name: 'a plain error without new', code: inCatch("throw TypeError('no');"), filename },
    { name: 'a class that is not known', code: `import { OrderError } from '@acme/errors';\n${inCatch("throw new OrderError('no');")}`, filename },
    { name: 'a class on top of one that is not known', code: `import { Base } from '@acme/errors';\nclass OrderError extends Base {}\n${inCatch("throw new OrderError('no');")}`, filename },
    { name: 'a class that is no error', code: `class OrderError {}\n${inCatch("throw new OrderError('no');")}`, filename },
    { name: 'a local class of a builtin name', code: `import { Error } from '@acme/errors';\n${chained("() => { throw new Error('no'); }")}`, filename },
    { name: 'a constructor that is not understood', code: thrown("'no'", 'class OrderError extends Error { constructor(...args: any[]) { super(format(args)); } }'), filename },
    { name: 'a constructor that keeps all it gets', code: thrown("{ message: 'no' }", 'class OrderError extends Error { constructor(fields: object) { super(); Object.assign(this, fields); } }'), filename },
    { name: 'a parameter that may be the error', code: thrown("'no'", 'class OrderError extends Error { constructor(message: string, err?: unknown) { super(message); report(err); } }'), filename },
    { name: 'a class that clears its stack', code: thrown("'no'", "class OrderError extends Error { constructor(message: string) { super(message); this.stack = ''; } }"), filename },
    { name: 'an argument that is the cause', code: `import { WrappedError } from './errors.js';\n${inCatch("throw new WrappedError('no', error);")}`, filename },
    { name: 'an answer that was chosen by the kind of the error', code: own("if (error instanceof Conflict) throw new OrderError('twice');\nthrow error;"), filename },
    { name: 'by its code', code: own("if (error.code === '23505') { throw new OrderError('twice'); }\nthrow error;"), filename },
    { name: 'by a code in a variable', code: own("const isTwice = error.code === '23505';\nif (isTwice) throw new OrderError('twice');\nthrow error;"), filename },
    { name: 'by a question', code: own("if (isConflict(error)) throw new OrderError('twice');\nthrow error;"), filename },
    { name: 'by what is missing', code: own("if (!error.response) throw new OrderError('unreachable');\nthrow error;"), filename },
    { name: 'by a switch', code: own("switch (error.code) { case '23505': throw new OrderError('twice'); default: throw error; }"), filename },
    { name: 'after all others were thrown', code: own("if (error.code !== 'ENOENT') throw error;\nthrow new OrderError('none');"), filename },
    { name: 'in the other branch', code: own("if (error.code !== 'ENOENT') { throw error; } else { throw new OrderError('none'); }"), filename },
    { name: 'an error that is logged', code: own("console.error(error);\nthrow new OrderError('no');"), filename },
    { name: 'an error that is logged as JSON', code: own("log.error('no', JSON.stringify(error));\nthrow new OrderError('no');"), filename },
    { name: 'an inspected error', code: own("console.error(inspect(error));\nthrow new OrderError('no');"), filename },
    { name: 'a logged stack', code: own("console.error('no', error.stack);\nthrow new OrderError('no');"), filename },
    { name: 'an error in the fields of a log line', code: own("logger.error({ err: error }, 'no');\nthrow new OrderError('no');"), filename },
    { name: 'an error that goes to telemetry', code: `import * as Sentry from '@sentry/node';\n${own("Sentry.captureException(error);\nthrow new OrderError('no');")}`, filename },
    { name: 'an error that is stored', code: own("last = error;\nthrow new OrderError('no');"), filename },
    { name: 'a parse', code: `${OWN}export function read(text: string) { try { return JSON.parse(text); } catch (error) { throw new OrderError(\`bad: \${error.message}\`); } }`, filename },
    { name: 'a plain call, of whose error nothing is said', code: `${OWN}export function read(text: string) { try { return convert(text); } catch { throw new OrderError('bad'); } }`, filename },
    { name: 'an answer to the caller', code: `class OrderNotFoundError extends Error {}\n${inCatch("throw new OrderNotFoundError('none');", '')}`, filename },
    { name: 'a throw that is caught in the handler', code: own("try { throw new OrderError('no'); } catch {}"), filename },
    { name: 'a throw of another function', code: own("return () => { throw new OrderError('later'); };"), filename },
    { name: 'an error that is not given out', code: own("return new OrderError('no');"), filename },
    { name: 'a callback that is no parameter', code: own("cb(new OrderError('no'));"), filename },
    { name: 'a reject of another thing', code: `export const load = (list: { reject(e: Error): void }) => orders.find().catch(() => list.reject(new Error('no')));`, filename },
    { name: 'an answer of tRPC', code: `import { TRPCError } from '@trpc/server';\n${inCatch("throw new TRPCError({ code: 'BAD_REQUEST', message: 'no' });")}`, filename },
    { name: 'an exception of NestJS that is an answer', code: `import { NotFoundException } from '@nestjs/common';\n${inCatch("throw new NotFoundException('no');")}`, filename },
    { name: 'a look-alike of TRPCError', code: `import { TRPCError } from './trpc.js';\n${inCatch("throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'no' });")}`, filename },
    { name: 'code of a browser', code: `import { useEffect } from 'react';\n${own("throw new OrderError('no');")}`, filename: `${browser.root}/src/main.tsx` },
    { name: 'a class that extends itself', code: `class OrderError extends OrderError {}\n${inCatch("throw new OrderError('no');")}`, filename },
    { name: 'no handler', code: "export const fail = () => { throw new Error('no'); };", filename },
    { name: 'known limitation: a parameter that is taken apart', code: own('throw new OrderError(message);', ' ({ message })'), filename },
    { name: 'known limitation: a new error in a variable', code: own("const failure = new OrderError('no');\nthrow failure;"), filename },
    { name: 'known limitation: a function that makes the error', code: `${OWN}const failed = () => new OrderError('no');\n${inCatch('throw failed();')}`, filename },
    { name: 'known limitation: the error as the message', code: chained('(error) => { throw new OrderError(error); }'), filename },
  ],
  invalid: [
    { name: 'an error of the project', ...mended(own("throw new OrderError('no');"), "'no')", "'no', { cause: error })") },
    { name: 'its message is no cause', ...mended(own('throw new OrderError(error.message);'), 'error.message)', 'error.message, { cause: error })') },
    { name: 'nor a template', ...mended(own('throw new OrderError(`no: ${error}`);'), '}`)', '}`, { cause: error })') },
    { name: 'nor its text', ...mended(own("throw new OrderError('no: ' + String(error));"), '(error))', '(error), { cause: error })') },
    { name: 'nor a message that was worked out before', ...mended(own('const message = error instanceof Error ? error.message : String(error);\nthrow new OrderError(message);'), 'OrderError(message)', 'OrderError(message, { cause: error })') },
    { name: 'nor what a function of the project makes of it', ...mended(`const textOf = (value: unknown): string => inspect(value);\n${own('throw new OrderError(textOf(error));')}`, 'textOf(error))', 'textOf(error), { cause: error })') },
    { name: 'that it is an error at all is no kind', ...mended(own('if (error instanceof Error) throw new OrderError(error.message);\nthrow error;'), 'error.message)', 'error.message, { cause: error })') },
    { name: 'what is left after the kinds', ...mended(own("if (error.code === 'X') throw error;\nthrow new OrderError('no');"), "'no')", "'no', { cause: error })") },
    { name: 'what is left of a switch', ...mended(own("switch (error.code) { case 'X': throw error; default: throw new OrderError('no'); }"), "'no')", "'no', { cause: error })") },
    { name: 'a log line with the message alone', ...mended(own("console.error(error.message);\nthrow new OrderError('no');"), "OrderError('no')", "OrderError('no', { cause: error })") },
    { name: 'a catch without a parameter', ...mended(own("throw new OrderError('no');", ''), "'no')", "'no', { cause: error })", ['catch {', 'catch (error) {']) },
    { name: 'a name that is taken', ...mended(own("const error = 1;\nthrow new OrderError('no ' + error);", ''), 'error);', 'error, { cause: err });', ['catch {', 'catch (err) {']) },
    { name: 'no arguments', ...mended(own('throw new OrderError();'), 'OrderError()', 'OrderError(undefined, { cause: error })') },
    { name: 'no parentheses', ...mended(own('throw new OrderError;'), 'new OrderError;', 'new OrderError(undefined, { cause: error });') },
    { name: 'options without a cause', ...mended(own("throw new OrderError('no', {});"), "{});", '{ cause: error });') },
    { name: 'a cause that is undefined', ...mended(own("throw new OrderError('no', { cause: undefined });"), 'cause: undefined', 'cause: error') },
    { name: '.catch with a block', ...mended(chained("() => { throw new OrderError('no'); }"), '() => { throw', '(error) => { throw', ["'no')", "'no', { cause: error })"]) },
    { name: '.catch of a plain error', ...mended("export const load = () => orders.find().catch((e) => { throw new Error(e.message); });", 'e.message)', 'e.message, { cause: e })') },
    { name: 'Promise.reject', ...mended("export const load = () => orders.find().catch((e) => Promise.reject(new Error('no')));", "'no')", "'no', { cause: e })") },
    { name: 'Promise.reject in a catch', ...mended(inCatch("return Promise.reject(new Error('no'));"), "'no')", "'no', { cause: error })") },
    { name: 'the second function of .then', ...mended("export const load = () => orders.find().then(use, (e) => { throw new Error('no'); });", "'no')", "'no', { cause: e })") },
    { name: 'the reject of a promise', ...mended("export const load = () => new Promise((resolve, reject) => { orders.find().then(resolve).catch((e) => reject(new Error('no'))); });", "'no')", "'no', { cause: e })") },
    { name: 'a callback', ...mended("export function load(cb: (e: Error) => void) { store.read('a', (err) => { if (err) return cb(new Error('no')); }); }", "'no')", "'no', { cause: err })") },
    { name: 'a listener', ...mended("export const send = (req) => new Promise((resolve, reject) => { req.on('error', () => reject(new Error('no'))); });", "'error', ()", "'error', (error)", ["'no')", "'no', { cause: error })"]) },
    { name: 'a class of another file', ...mended(`import { AppError } from './errors.js';\n${inCatch("throw new AppError('no');")}`, "'no')", "'no', { cause: error })") },
    { name: 'a class that is exported again', ...mended(`import { Failure } from './index.js';\n${inCatch("throw new Failure('no');")}`, "'no')", "'no', { cause: error })") },
    { name: 'a class of a namespace', ...mended(`import * as errors from './errors.js';\n${inCatch("throw new errors.AppError('no');")}`, "'no')", "'no', { cause: error })") },
    { name: 'an argument of its own', ...mended(`import { WrappedError } from './errors.js';\n${inCatch("throw new WrappedError('no');")}`, "'no')", "'no', error)") },
    { name: 'options at another place', ...mended(thrown("'no', 500", 'class OrderError extends Error { constructor(message: string, readonly status: number, options?: ErrorOptions) { super(message, options); } }'), '500)', '500, { cause: error })') },
    { name: 'options with what lies between left out', ...mended(thrown("'no'", 'class OrderError extends Error { constructor(message: string, readonly status?: number, options?: ErrorOptions) { super(message, options); } }'), "'no')", "'no', undefined, { cause: error })") },
    { name: 'options behind a choice', ...mended(thrown("'no'", 'class OrderError extends Error { constructor(message: string, cause?: unknown) { super(message, cause ? { cause } : undefined); } }'), "'no')", "'no', error)") },
    { name: 'a cause that the constructor stores', ...mended(thrown("'no'", 'class OrderError extends Error { constructor(message: string, options?: { cause?: unknown }) { super(message); this.cause = options?.cause; } }'), "'no')", "'no', { cause: error })") },
    { name: 'an object that is taken apart', ...mended(thrown("{ message: 'no' }", 'class OrderError extends Error { constructor({ message, cause }: { message: string; cause?: unknown }) { super(message, { cause }); } }'), "'no' }", "'no', cause: error }") },
    { name: 'all arguments handed on', ...mended(thrown("'no'", 'class OrderError extends Error { constructor(...args: any[]) { super(...args); } }'), "'no')", "'no', { cause: error })") },
    { name: 'a class on top of another', ...mended(`import { AppError } from './errors.js';\nclass OrderError extends AppError { constructor(id: string, options?: ErrorOptions) { super(\`no \${id}\`, options); } }\n${inCatch('throw new OrderError(id);')}`, 'OrderError(id)', 'OrderError(id, { cause: error })') },
    { name: 'a class that takes none', code: `import { PlainError } from './errors.js';\n${inCatch("throw new PlainError('no');")}`, filename, errors: none },
    { name: 'a class that takes none is one report', code: `import { PlainError } from './errors.js';\n${inCatch("throw new PlainError('no');")}\n${inCatch("throw new PlainError('no');").replace('place', 'second')}`, filename, errors: none },
    { name: 'a handler that has another variable of the name', code: own("{ const error = 2; throw new OrderError('no'); }"), filename, errors: none },
    { name: 'an error of tRPC that is no answer', ...mended(`import { TRPCError } from '@trpc/server';\n${inCatch("throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'no' });")}`, "'no' }", "'no', cause: error }") },
    { name: 'an exception of NestJS that is no answer', ...mended(`import { InternalServerErrorException } from '@nestjs/common';\n${inCatch("throw new InternalServerErrorException('no');")}`, "'no')", "'no', { cause: error })") },
    { name: 'CommonJS', ...mended(`const { AppError } = require('./errors.js');\n${inCatch("throw new AppError('no');")}`, "'no')", "'no', { cause: error })") },
    { name: 'a plain error in a catch, when asked for', ...mended(inCatch("throw new Error('no');"), "'no')", "'no', { cause: error })"), options: [{ includeCore: true }] },
    { name: 'an error that is logged, when asked for', ...mended(own("console.error(error);\nthrow new OrderError('no');"), "'no')", "'no', { cause: error })"), options: [{ checkLogged: true }] },
    { name: 'types that know no cause: no suggestion', ...withOld(own("throw new OrderError('no');")), errors: none },
    { name: 'lib before target', ...withOld(own("throw new OrderError('no');"), oldLib), errors: none },
    { name: 'lib with the errors of ES2022', ...withOld(own("throw new OrderError('no');"), newLib), errors: one(own("throw new OrderError('no', { cause: error });")) },
  ],
});

describe('require-error-cause with other parsers', () => {
  const code = "class OrderError extends Error {}\nasync function place() {\n  try {\n    await orders.save();\n  } catch (error) {\n    throw new OrderError('no');\n  }\n}\n";
  const parsers = { espree, oxc: oxcParser } as unknown as Record<string, Linter.Parser>;

  it.each(Object.keys(parsers))('%s: reports the same place', (name) => {
    const linter = new Linter({ configType: 'flat', cwd: project.root });
    const plugin = { rules: { 'require-error-cause': rule } } as unknown as ESLint.Plugin;
    const messages = linter.verify(code, [{ files: ['**/*.js'], languageOptions: { parser: parsers[name]! }, plugins: { resilience: plugin }, rules: { 'resilience/require-error-cause': 'error' } }], `${project.root}/src/plain.js`);
    expect(messages.map(({ line, column, message }) => [line, column, message])).toEqual([
      [6, 11, '`new OrderError(…)` drops the error of `orders.save`: its stack and everything that it was caused by are missing wherever this one is logged. Pass `{ cause: error }`.'],
    ]);
  });
});
