import { builtinModules } from 'node:module';

/** Builtins that bundlers replace for browsers: importing one proves nothing. */
const POLYFILLED = new Set(['assert', 'buffer', 'constants', 'events', 'path', 'process', 'punycode', 'querystring', 'string_decoder', 'url', 'util']);
const BUILTINS = new Set(builtinModules.filter((name) => !POLYFILLED.has(name)));

/** Packages that only run on a server. `*` at the end matches the rest of the name. */
const SERVER_PACKAGES = [
  'express', 'express-*', 'fastify', 'fastify-*', '@fastify/*', 'koa', 'koa-*', '@koa/*', '@nestjs/*', '@hapi/*', 'restify', 'polka', 'h3', 'nitropack', '@hono/node-server',
  '@apollo/server', 'apollo-server*', 'graphql-yoga', 'mercurius', 'connect', 'body-parser', 'cookie-parser', 'helmet', 'multer', 'passport', 'passport-*',
  'pg', 'pg-*', 'postgres', 'slonik', '@slonik/*', 'mysql', 'mysql2', 'mongodb', 'mongoose', 'typeorm', 'sequelize', 'knex', 'drizzle-orm/*', '@prisma/client', '@prisma/adapter-*', 'kysely', '@mikro-orm/*', 'better-sqlite3', 'oracledb', 'mssql', 'tedious', 'cassandra-driver',
  'redis', 'ioredis', '@redis/*', 'memcached', 'bull', 'bullmq', 'bee-queue', 'agenda', 'amqplib', 'amqp-connection-manager', 'kafkajs', 'node-rdkafka', 'nats', '@google-cloud/*', '@grpc/grpc-js', '@clickhouse/client',
  'nodemailer', '@sendgrid/mail', 'pino', 'pino-*', 'winston', 'winston-*', 'bunyan', 'log4js', 'morgan', 'dockerode', 'puppeteer', 'puppeteer-core', 'playwright', 'node-cron', 'prom-client', '@sentry/node', '@sentry/nestjs', '@opentelemetry/sdk-node', '@opentelemetry/sdk-trace-node', 'dd-trace', 'newrelic',
  'undici', 'node-fetch', 'got', 'fs-extra', 'graceful-fs', 'execa', 'commander', 'yargs', '@oclif/core', 'inquirer', '@clack/prompts', '@inquirer/prompts', 'ora', 'sharp', 'jsonwebtoken', 'bcrypt', 'bcryptjs', 'argon2', 'ssh2', 'chokidar', 'server-only', '@remix-run/node', '@react-router/node', '@remix-run/server-runtime', '@react-router/serve', 'next/server', 'next/headers', 'next/cache', '@modelcontextprotocol/sdk/server/*', 'lambda-api', '@aws-sdk/*', 'aws-sdk', 'aws-lambda', '@vendia/serverless-express', '@azure/functions', 'firebase-admin', 'firebase-functions', '@slack/bolt', 'discord.js', 'telegraf', 'ws', '@langchain/*', 'stripe', 'hono', 'hono/*', '@hono/*', '@trpc/server', '@trpc/server/*', 'resend', 'googleapis', 'drizzle-orm', '@libsql/client', '@neondatabase/serverless', '@planetscale/database', '@slack/web-api', '@connectrpc/connect-node',
] as const;

/** Packages that only run in a browser, or draw what a browser shows. */
const BROWSER_PACKAGES = [
  'react-dom', 'react-dom/client', 'vue', 'vue-router', 'pinia', 'vuex', 'svelte', 'svelte/*', '@angular/*', 'preact', 'preact/*', 'solid-js', 'solid-js/*', 'lit', 'jquery', 'alpinejs', '@hotwired/*', 'react-router-dom', 'next/navigation', 'next/router', 'next/link', 'next/dynamic', 'swr', 'swr/*', '@tanstack/react-query', '@tanstack/vue-query', 'react-query', 'react-redux', '@mui/*', '@chakra-ui/*', '@radix-ui/*', 'antd', 'lucide-react', 'framer-motion', 'react-hook-form', 'react-hot-toast', 'sonner', 'zustand', 'jotai', '@headlessui/*', 'react-intl', 'client-only', '@sentry/react', '@sentry/browser', 'posthog-js', 'react-native', 'react-native-*', 'expo', 'expo-*', 'formik', '@reduxjs/toolkit', '@reduxjs/toolkit/*', 'urql', '@urql/core', '@apollo/client', 'dexie', 'localforage', '@tiptap/*', 'monaco-editor', '@monaco-editor/*',
] as const;

const WORKER_PACKAGES = ['cloudflare:*', '@cloudflare/workers-types', '@cloudflare/vitest-pool-workers', 'hono/cloudflare-workers', 'itty-router', '@cloudflare/*', '@vercel/edge', '@sentry/cloudflare', 'toucan-js'] as const;

/** Frameworks whose files run on both sides. */
const MIXED_PACKAGES = [
  'next', '@remix-run/react', '@remix-run/node', '@react-router/node', '@react-router/dev', '@sveltejs/kit', 'nuxt', 'astro', '@tanstack/react-start', '@solidjs/start', 'gatsby', '@redwoodjs/core', 'blitz', 'vike', '@analogjs/platform',
] as const;

type Matcher = (name: string) => boolean;

function matcher(patterns: readonly string[]): Matcher {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('*')));
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  return (name) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

const isServerPackage = matcher(SERVER_PACKAGES);
const isBrowserPackage = matcher(BROWSER_PACKAGES);
const isWorkerPackage = matcher(WORKER_PACKAGES);
const isMixedPackage = matcher(MIXED_PACKAGES);

/** What the dependencies of a package say about where it runs. The names that decided, for messages. */
export interface PackageSignals {
  readonly server: string | null;
  readonly browser: string | null;
  readonly worker: string | null;
  readonly mixed: string | null;
  /** Types or the standard library of Node, Bun or Deno. */
  readonly nodeTypes: boolean;
}

/** Server frameworks: a package that depends on one is a server. Other server packages only say so in the file that imports them. */
const isServerFramework = matcher([
  'express', 'fastify', 'koa', '@nestjs/core', '@nestjs/common', '@hapi/hapi', 'restify', 'polka', '@hono/node-server', '@apollo/server', 'apollo-server*', 'graphql-yoga', 'mercurius', '@oclif/core', 'yargs', 'commander', 'bullmq', 'pg', 'mysql2', 'mongoose', 'typeorm', '@trpc/server/adapters/*', 'nodemon', 'ts-node-dev', '@grpc/grpc-js', 'ioredis', 'pino', 'winston', 'aws-lambda', '@types/aws-lambda', 'dockerode', '@fastify/*', 'h3', 'nodemailer', 'postgres', 'drizzle-kit', 'prisma', 'kysely', 'hono', '@trpc/server', 'resend', 'googleapis', 'jsonwebtoken', '@libsql/client', 'drizzle-orm', '@slack/web-api', '@slack/bolt',
]);
const isBrowserFramework = matcher([
  'react-dom', 'vue', 'svelte', '@angular/core', 'solid-js', 'webpack-dev-server', '@vitejs/plugin-react', '@vitejs/plugin-react-swc', '@vitejs/plugin-vue', 'react-scripts', 'react-native', 'expo', 'lit', 'jquery',
]);

/** Reads the signals of one package from the names it depends on (peers included). */
export function packageSignals(dependencies: Iterable<string>): PackageSignals {
  let server: string | null = null;
  let browser: string | null = null;
  let worker: string | null = null;
  let mixed: string | null = null;
  let nodeTypes = false;
  for (const name of dependencies) {
    if (isServerFramework(name)) server ??= name;
    if (isBrowserFramework(name)) browser ??= name;
    if (isWorkerPackage(name) || name === 'wrangler') worker ??= name;
    if (isMixedPackage(name)) mixed ??= name;
    if (name === '@types/node' || name === '@types/bun' || name === 'bun-types' || name.startsWith('@std/')) nodeTypes = true;
  }
  return { server, browser, worker, mixed, nodeTypes };
}

/** What the imports of one file say. */
export interface ImportSignals {
  readonly server: string | null;
  readonly browser: string | null;
  readonly worker: string | null;
  /** React and the like: drawn by a browser, or rendered on a server. */
  readonly view: string | null;
}

const IMPORTS =
  /(?:^|[\n;}])[ \t]*(?:import|export)\s+(?!type\s)(?:[\w*${},\s]*?\sfrom\s*|[\w*${},\s]*?\}\s*from\s*)?['"]([^'"\n]+)['"]|\brequire\(\s*['"]([^'"\n]+)['"]\s*\)|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** The module names that a text imports for their values; by text alone, so a name in a comment may be among them. */
export function importedSpecifiers(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(IMPORTS)) {
    const name = match[1] ?? match[2] ?? match[3];
    if (name !== undefined) names.add(name);
  }
  return names;
}

export function importSignals(specifiers: ReadonlySet<string>): ImportSignals {
  let server: string | null = null;
  let browser: string | null = null;
  let worker: string | null = null;
  let view: string | null = null;
  for (const specifier of specifiers) {
    if (specifier.startsWith('.')) continue;
    if (isWorkerPackage(specifier)) worker ??= specifier;
    const bare = specifier.replace(/^node:/, '');
    if (BUILTINS.has(bare) || specifier.startsWith('bun:') || isServerPackage(specifier) || isServerPackage(packageOf(specifier))) server ??= specifier;
    else if (isBrowserPackage(specifier) || isBrowserPackage(packageOf(specifier))) browser ??= specifier;
    else if (specifier === 'react' || specifier.startsWith('react/') || specifier === '@remix-run/react') view ??= specifier;
  }
  return { server, browser, worker, view };
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
