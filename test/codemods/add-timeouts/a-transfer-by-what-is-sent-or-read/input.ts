import axios from 'axios';
import http from 'node:http';

export async function transcribe(audio: Blob) {
  const form = new FormData();
  form.append('file', audio);
  return axios.post('http://speech.internal/transcriptions', form, { headers: { 'x-mode': 'fast' } });
}

export async function partition(body: FormData, bytes: Uint8Array) {
  const form = new FormData();
  form.append('file', new Blob([bytes]));
  const options = { method: 'POST', body: form };
  return (await fetch('http://parser.internal/', options)).json();
}

export async function logo(id: string) {
  const reply = await fetch(`http://images.internal/${id}`);
  return Buffer.from(await reply.arrayBuffer());
}

export const font = () => fetch('http://fonts.internal/sans.ttf').then(async (reply) => reply.arrayBuffer());

export const downloadFile = (url: string) =>
  new Promise((resolve, reject) => {
    http.get(url, (reply) => reply.on('end', resolve)).on('error', reject);
  });

export const order = (id: string) => fetch(`http://orders.internal/${id}`).then((reply) => reply.json());

export async function text(to: string) {
  const form = new FormData();
  form.set('To', to);
  return fetch('http://sms.internal/', { method: 'POST', body: form });
}
