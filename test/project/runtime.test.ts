import { describe, expect, it } from 'vitest';
import { runtimeOf } from '../../src/project/runtime.js';
import { tempProject } from './paths.js';

const PAGE = '---\nconst order = await fetch(url);\n---\n<p>{order}</p>\n<script>await fetch(url)</script>\n';
const root = tempProject({
  'package.json': '{"name":"root","workspaces":["*"]}',
  'server/package.json': '{"name":"server","dependencies":{"express":"4"}}',
  'spa/package.json': '{"name":"spa","dependencies":{"react-dom":"19"},"devDependencies":{"vite":"7"}}',
  'next/package.json': '{"name":"next-app","dependencies":{"next":"15","react":"19","react-dom":"19"}}',
  'remix/package.json': '{"name":"remix-app","dependencies":{"@remix-run/node":"2","@remix-run/react":"2","react-dom":"18","express":"4"}}',
  'edge/package.json': '{"name":"edge","dependencies":{"hono":"4"}}',
  'edge/wrangler.toml': '',
  'plain/package.json': '{"name":"plain"}',
  'dom/package.json': '{"name":"dom"}',
  'dom/tsconfig.json': '{"compilerOptions":{"lib":["DOM","ES2022"]}}',
  'tool/package.json': '{"name":"tool","bin":"./main.js"}',
  'server/src/page.astro': PAGE,
  'server/src/bare.astro': '<script>await fetch(url)</script>\n',
  'types/package.json': '{"name":"types","devDependencies":{"@types/node":"20"}}',
});

describe('runtimeOf', () => {
  it.each([
    ['a server', 'server/src/a.ts', '', 'node'],
    ["a client of another service, in a server", 'server/src/client/billing.ts', 'await fetch(url)', 'node'],
    ['a file that a server hands out', 'server/public/app.js', 'fetch("/x")', 'browser'],
    ['a single-page app', 'spa/src/api.ts', 'await fetch(url)', 'browser'],
    ['a configuration beside it', 'spa/vite.config.ts', '', 'script'],
    ['a file for a command line, by its name', 'spa/src/auth.cli.ts', '', 'script'],
    ['a server beside it', 'spa/src/mock.ts', "import http from 'node:http'", 'node'],
    ['a type import of a builtin', 'spa/src/a.ts', "import type { Server } from 'node:http'", 'browser'],
    ['a polyfilled builtin', 'spa/src/a.ts', "import { EventEmitter } from 'events'", 'browser'],
    ['Next: a component', 'next/components/Button.tsx', '', 'browser'],
    ['Next: a page', 'next/pages/index.tsx', "import { useState } from 'react'", 'browser'],
    ['Next: a page that fetches on the server', 'next/pages/index.tsx', 'export async function getServerSideProps() {}', 'node'],
    ['Next: a page that does both', 'next/pages/index.tsx', 'export async function getServerSideProps() {}\nconst [a] = useState<string>("")', 'unknown'],
    ['a folder that says so', 'remix/lib/client-only/download.ts', '', 'browser'],
    ['Next: an API route', 'next/pages/api/orders.ts', '', 'node'],
    ['Next: a route handler', 'next/app/orders/route.ts', '', 'node'],
    ['Next: a route handler at the edge', 'next/app/orders/route.ts', "export const runtime = 'edge'", 'worker'],
    ['Next: a server component', 'next/app/page.tsx', 'export default async function Page() {}', 'node'],
    ['Next: a client component', 'next/app/page.tsx', "'use client'\nimport fs from 'fs'", 'browser'],
    ['Next: a server action', 'next/components/actions.ts', "// save\n'use server'", 'node'],
    ['Next: a shared helper', 'next/lib/api.ts', 'await fetch(url)', 'unknown'],
    ['Next: a helper with a secret', 'next/lib/api.ts', 'process.env.STRIPE_SECRET', 'node'],
    ['Next: a helper with a public value', 'next/lib/api.ts', 'process.env.NEXT_PUBLIC_URL', 'unknown'],
    ['Remix: a loader', 'remix/app/routes/a.tsx', 'export const loader = async () => {}', 'node'],
    ['Remix: *.server', 'remix/app/mail.server.ts', '', 'node'],
    ['Remix: *.client', 'remix/app/map.client.ts', '', 'browser'],
    ['NestJS names a file *.client too', 'server/src/orders.client.ts', '', 'node'],
    ['a worker', 'edge/src/index.ts', '', 'worker'],
    ['types of a worker', 'plain/src/index.ts', '/// <reference types="@cloudflare/workers-types" />', 'worker'],
    ['a module of a worker', 'plain/src/index.ts', "import { env } from 'cloudflare:workers'", 'worker'],
    ['a script by folder', 'server/scripts/seed.ts', "import pg from 'pg'", 'script'],
    ['a script by its first line', 'plain/run', '#!/usr/bin/env node\n', 'script'],
    ['a Vue component', 'plain/src/a.vue', '<script>', 'browser'],
    ['Bun is like Node', 'plain/src/db.ts', "import { Database } from 'bun:sqlite'", 'node'],
    ['a database client in the file', 'plain/src/db.ts', "const { Pool } = require('pg')", 'node'],
    ['a look-alike package', 'plain/src/db.ts', "import x from 'pg2'", 'unknown'],
    ['use of the page', 'plain/src/a.ts', 'window.location.href', 'browser'],
    ['code that asks where it is', 'plain/src/a.ts', "typeof window !== 'undefined' && window.location.href", 'unknown'],
    ['a variable named document', 'plain/src/a.ts', 'document.save()', 'unknown'],
    ['types of the DOM only', 'dom/src/a.ts', '', 'browser'],
    ['a command', 'tool/src/a.ts', '', 'node'],
    ['the types of Node', 'types/src/a.ts', '', 'node'],
    ['nothing', 'plain/src/a.ts', 'await fetch(url)', 'unknown'],
  ])('%s', (_name, path, text, expected) => {
    const verdict = runtimeOf(`${root}/${path}`, text);
    expect(verdict).toMatchObject({ runtime: expected });
    expect(verdict.why).not.toBe('');
  });

  it('tells the server part of an Astro page from its scripts', () => {
    const of = (path: string, text: string) => runtimeOf(`${root}/${path}`, text).runtime;
    expect(of('server/src/page.astro', 'const order = await fetch(url);\n')).toBe('node');
    expect(of('server/src/page.astro', 'await fetch(url)')).toBe('browser');
    expect(of('server/src/page.astro', PAGE)).toBe('node');
    expect(of('server/src/bare.astro', 'await fetch(url)')).toBe('browser');
  });

  it('believes the user', () => {
    expect(runtimeOf(`${root}/spa/src/a.tsx`, "'use client'", { runtime: 'node' }).runtime).toBe('node');
    expect(runtimeOf(`${root}/spa/src/a.tsx`, "'use client'", { runtime: null }).runtime).toBe('browser');
  });
});
