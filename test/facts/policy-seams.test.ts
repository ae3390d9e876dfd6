import { afterAll, describe, expect, it } from 'vitest';
import { policySeams } from '../../src/facts/policy-seams.js';
import { policySites } from '../../src/facts/policy-sites.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);

const INSTALLED = { axios: '1.21.1', ky: '1.14.3', got: '14.6.6', undici: '7.30.2', '@nestjs/axios': '12.0.1', rxjs: '7.8.2', 'axios-retry': '4.5.0' };

function seams(code: string, installed: Readonly<Record<string, string>> = INSTALLED): readonly string[] {
  return policySeams(tempProject({ 'src/a.ts': code }, installed).file('src/a.ts')).map(({ verdict }) => (verdict.is === 'wrap' ? verdict.downstream.shown : verdict.reason));
}

function sites(code: string): readonly string[] {
  return policySites(tempProject({ 'src/a.ts': code }, INSTALLED).file('src/a.ts')).map(({ verdict }) => (verdict.is === 'wrap' ? `${verdict.repeats} ${verdict.downstream.shown}` : verdict.reason));
}

describe('clients that take a policy where they are made', () => {
  it.each([
    ['an instance with a host', "import axios from 'axios'; axios.create({ baseURL: 'https://a.example.com' });", ['a.example.com']],
    ['the named factory', "import { create } from 'axios'; create({ baseURL: 'https://a.example.com' });", ['a.example.com']],
    ['a variable of the environment', "import ky from 'ky'; ky.create({ prefixUrl: process.env.SHOP_URL });", ['SHOP_URL']],
    ['no address', "import got from 'got'; got.extend({ retry: { limit: 1 } });", ['downstream-varies']],
    ['an address of a tenant', "import ky from 'ky'; export const of = (host: string) => ky.create({ prefixUrl: host });", ['downstream-varies']],
    ['an adapter that is there', "import axios from 'axios'; axios.create({ baseURL: 'https://a.example.com', adapter: 'fetch' });", ['seam-taken']],
    ['a list of handlers that is made elsewhere', "import got from 'got'; import { handlers } from './handlers'; got.extend({ prefixUrl: 'https://a.example.com', handlers });", ['seam-taken']],
    ['a list of handlers that is written here', "import got from 'got'; got.extend({ prefixUrl: 'https://a.example.com', handlers: [] });", ['a.example.com']],
    ['a limit in options that are made elsewhere', "import ky from 'ky'; import { limits } from './limits'; ky.create({ ...limits, prefixUrl: 'https://a.example.com' });", ['seam-taken']],
    ['a limit that is spread in', "import ky from 'ky'; const limits = { timeout: 5 }; ky.create({ ...limits, prefixUrl: 'https://a.example.com' });", ['own-limits']],
    ['a registration', "import { HttpModule } from '@nestjs/axios'; HttpModule.register({ baseURL: 'https://a.example.com' });", ['a.example.com']],
    ['a registration that is made later', "import { HttpModule } from '@nestjs/axios'; HttpModule.registerAsync({ useFactory: () => ({ baseURL: 'https://a.example.com' }) });", []],
    ['another module of that name', "import { HttpModule } from './http'; HttpModule.register({ baseURL: 'https://a.example.com' });", []],
    ['one that inherits its service', "import got from 'got'; const a = got.extend({ prefixUrl: 'https://a.example.com' }); a.extend({ headers: {} });", ['a.example.com']],
    ['one that inherits and goes elsewhere', "import got from 'got'; const a = got.extend({ prefixUrl: 'https://a.example.com' }); a.extend({ prefixUrl: 'https://b.example.com' });", ['downstream-varies', 'downstream-varies']],
    ['a client that is handed in', "import type { AxiosInstance } from 'axios'; export const f = (api: AxiosInstance) => api.get('/a');", []],
  ])('%s', (_name, code, expected) => {
    expect(seams(code)).toEqual(expected);
  });

  it.each([
    ['axios', '1.4.0', "import axios from 'axios'; axios.create({ baseURL: 'https://a.example.com' });"],
    ['axios', '0.28.0', "import axios from 'axios'; axios.create({ baseURL: 'https://a.example.com' });"],
    ['axios', '1.4.0', "import { HttpModule } from '@nestjs/axios'; HttpModule.register({ baseURL: 'https://a.example.com' });"],
    ['got', '11.8.6', "import got from 'got'; got.extend({ prefixUrl: 'https://a.example.com' });"],
    ['got', '16.1.0', "import got from 'got'; got.extend({ prefixUrl: 'https://a.example.com' });"],
    ['ky', '0.33.3', "import ky from 'ky'; ky.create({ prefixUrl: 'https://a.example.com' });"],
  ])('has none in %s %s', (name, version, code) => {
    expect(seams(code, { ...INSTALLED, [name]: version })).toEqual(['old-version']);
  });

  it('keeps the retries of a library and of the client itself', () => {
    const own = (code: string) => policySeams(tempProject({ 'src/a.ts': code }, INSTALLED).file('src/a.ts')).map((seam) => seam.own?.once);
    expect(own("import axios from 'axios'; import axiosRetry from 'axios-retry'; const a = axios.create({ baseURL: 'https://a.example.com' }); axiosRetry(a, { retries: 3 });")).toEqual([true]);
    expect(own("import axios from 'axios'; axios.create({ baseURL: 'https://a.example.com' });")).toEqual([false]);
    expect(own("import ky from 'ky'; ky.create({ prefixUrl: 'https://a.example.com', hooks: { afterResponse: [log] } }); declare const log: () => void;")).toEqual([true]);
  });
});

describe('calls that are wrapped where they stand', () => {
  const nest = (body: string): string => `import { HttpService } from '@nestjs/axios'; import { catchError, firstValueFrom, lastValueFrom, map, of } from 'rxjs'; export class A { constructor(private http: HttpService) {} async run() { ${body} } }`;
  it.each([
    ['a request of undici', "import { request } from 'undici'; export const f = () => request('https://a.example.com/x');", ['retry a.example.com']],
    ['a pool of one origin', "import { Pool } from 'undici'; const pool = new Pool('https://a.example.com'); export const f = () => pool.request({ path: '/', method: 'POST' });", ['retryUnsent a.example.com']],
    ['a pool of any origin', "import { Pool } from 'undici'; export const f = (host: string) => new Pool(host).request({ path: '/', method: 'GET' });", ['downstream-varies']],
    ['an agent with an origin', "import { Agent } from 'undici'; const agent = new Agent(); export const f = () => agent.request({ origin: 'https://a.example.com', path: '/', method: 'GET' });", ['retry a.example.com']],
    ['a stream of undici', "import { stream } from 'undici'; export const f = (to: never) => stream('https://a.example.com/x', { method: 'GET' }, to);", ['stream']],
    ['ky, which tries again by itself', "import ky from 'ky'; export const f = () => ky.get('https://a.example.com/x').json();", ['once a.example.com']],
    ['an observable that is awaited', nest("await firstValueFrom(this.http.get('https://a.example.com/x'));"), ['retry a.example.com']],
    ['one that is mapped', nest("await lastValueFrom(this.http.get('https://a.example.com/x').pipe(map((one) => one)));"), ['retry a.example.com']],
    ['one whose errors are hidden', nest("await firstValueFrom(this.http.get('https://a.example.com/x').pipe(catchError(() => of(null))));"), ['observable']],
    ['one that is subscribed to', nest("this.http.get('https://a.example.com/x').subscribe();"), ['observable']],
    ['the axios below it', nest("await this.http.axiosRef.get('https://a.example.com/x');"), ['retry a.example.com']],
    ['a path below the address of its registration', nest("await firstValueFrom(this.http.get('/x'));"), []],
  ])('%s', (_name, code, expected) => {
    expect(sites(code)).toEqual(expected);
  });
});
