import http, { type IncomingMessage } from 'node:http';
import { createWriteStream } from 'node:fs';

export const open = (url: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    http.get(url, (reply) => (reply.statusCode === 200 ? resolve(reply) : reject(new Error('no')))).on('error', reject);
  });

export const save = (url: string, to: string) =>
  new Promise<void>((resolve, reject) => {
    http.get(url, (reply) => reply.pipe(createWriteStream(to)).on('finish', resolve)).on('error', reject);
  });

export const proxy = (url: string, out: WritableStream) => fetch(url).then((reply) => reply.body?.pipeTo(out));
