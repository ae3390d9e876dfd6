import { afterAll, expect, it } from 'vitest';
import { timeBounds } from '../../src/facts/time-bounds.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);

/** What is said of `this.http.get('/a')` of a Nest service whose method body this is. */
function verdict(body: string, imports = "import { firstValueFrom, lastValueFrom, map, retry, timeout, timeoutWith, timer, takeUntil, of } from 'rxjs';"): string {
  const code = [
    "import { HttpModule, HttpService } from '@nestjs/axios';",
    imports,
    "export const modules = [HttpModule.register({ baseURL: 'https://a.example' })];",
    'const bounded = timeout(5000);',
    'export class Orders {',
    '  constructor(private readonly http: HttpService) {}',
    `  async load(...operators) { ${body} }`,
    '}',
  ].join('\n');
  return timeBounds(tempProject({ 'src/a.ts': code }).file('src/a.ts')).map((bound) => bound.verdict).join();
}

it.each([
  ['nothing', "await firstValueFrom(this.http.get('/a'));", 'unbounded'],
  ['timeout behind map', "return firstValueFrom(this.http.get('/a').pipe(map(x), timeout(5000)));", 'bounded'],
  ['timeout before retry', "return lastValueFrom(this.http.get('/a').pipe(timeout(5000), retry(2)));", 'bounded'],
  ['timeout with an object', "return firstValueFrom(this.http.get('/a').pipe(timeout({ first: 5000 })));", 'bounded'],
  ['timeoutWith', "return firstValueFrom(this.http.get('/a').pipe(timeoutWith(5000, of(null))));", 'bounded'],
  ['an operator in a constant', "return firstValueFrom(this.http.get('/a').pipe(bounded));", 'bounded'],
  ['a second pipe', "return firstValueFrom(this.http.get('/a').pipe(map(x)).pipe(timeout(5000)));", 'bounded'],
  ['an Observable in a variable', "const reply = this.http.get('/a'); return firstValueFrom(reply.pipe(timeout(5000)));", 'bounded'],
  ['retry alone', "return firstValueFrom(this.http.get('/a').pipe(retry(2)));", 'unbounded'],
  ['map alone', "return firstValueFrom(this.http.get('/a').pipe(map((reply) => reply.data)));", 'unbounded'],
  ['an Observable in a variable, used up', "const reply = this.http.get('/a'); return firstValueFrom(reply);", 'unbounded'],
  ['toPromise', "return this.http.get('/a').toPromise();", 'unbounded'],
  ['subscribe', "this.http.get('/a').subscribe((reply) => log(reply));", 'unbounded'],
  ['another Observable ends it', "return firstValueFrom(this.http.get('/a').pipe(takeUntil(timer(5000))));", 'unknown'],
  ['spread operators', "return firstValueFrom(this.http.get('/a').pipe(...operators));", 'unknown'],
  ['an operator of our own', "return firstValueFrom(this.http.get('/a').pipe(guarded()));", 'unknown'],
  ['handed on: the caller may bound it', "return this.http.get('/a').pipe(map(x));", 'unknown'],
  ['handed on by a variable', "const reply = this.http.get('/a'); return reply.pipe(map(x));", 'unknown'],
])('%s', (_name, body, expected) => {
  expect(verdict(body)).toBe(expected);
});

it('knows the operators from `rxjs/operators` too', () => {
  const imports = "import { firstValueFrom } from 'rxjs';\nimport { retry, timeout } from 'rxjs/operators';";
  expect(verdict("return firstValueFrom(this.http.get('/a').pipe(timeout(5000)));", imports)).toBe('bounded');
  expect(verdict("return firstValueFrom(this.http.get('/a').pipe(retry(2)));", imports)).toBe('unbounded');
});

it('does not take a look-alike', () => {
  const imports = "import { firstValueFrom } from 'rxjs';\nimport { timeout } from './operators.js';";
  expect(verdict("return firstValueFrom(this.http.get('/a').pipe(timeout(5000)));", imports)).toBe('unknown');
});
