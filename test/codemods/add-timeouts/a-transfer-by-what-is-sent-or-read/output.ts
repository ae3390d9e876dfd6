import axios from 'axios';
import http from 'node:http';

export async function transcribe(audio: Blob) {
  const form = new FormData();
  form.append('file', audio);
  return axios.post('http://speech.internal/transcriptions', form, { headers: { 'x-mode': 'fast' }, timeout: 120_000 });
}

export async function partition(body: FormData, bytes: Uint8Array) {
  const form = new FormData();
  form.append('file', new Blob([bytes]));
  const options = { method: 'POST', body: form };
  return (await fetch('http://parser.internal/', { ...options, signal: AbortSignal.timeout(120_000) })).json();
}

export async function logo(id: string) {
  const reply = await fetch(`http://images.internal/${id}`, { signal: AbortSignal.timeout(120_000) });
  return Buffer.from(await reply.arrayBuffer());
}

export const font = () => fetch('http://fonts.internal/sans.ttf', { signal: AbortSignal.timeout(120_000) }).then(async (reply) => reply.arrayBuffer());

export const downloadFile = (url: string) =>
  new Promise((resolve, reject) => {
    http.get(url, { signal: AbortSignal.timeout(120_000) }, (reply) => reply.on('end', resolve)).on('error', reject);
  });

export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(10_000) }).then((reply) => reply.json());

export async function text(to: string) {
  const form = new FormData();
  form.set('To', to);
  return fetch('http://sms.internal/', { method: 'POST', body: form, signal: AbortSignal.timeout(10_000) });
}
