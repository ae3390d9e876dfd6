import axios from 'axios';

export const ask = (base: string, question: string) => fetch(`${base}/v1/chat/completions`, { method: 'POST', body: question, signal: AbortSignal.timeout(60_000) });

export class DifyService {
  async send(endpoint: string, payload: object) {
    return axios.post(endpoint, payload, { timeout: 60_000 });
  }
}

export const search = (query: string) => axios.request({ url: 'https://api.openai.com/v1/embeddings', method: 'POST', data: { query }, timeout: 60_000 });

export const modifyOrder = (id: string) => axios.post(`http://orders.internal/${id}`, { paid: true }, { timeout: 10_000 });
