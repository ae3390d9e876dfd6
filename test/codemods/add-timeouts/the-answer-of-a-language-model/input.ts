import axios from 'axios';

export const ask = (base: string, question: string) => fetch(`${base}/v1/chat/completions`, { method: 'POST', body: question });

export class DifyService {
  async send(endpoint: string, payload: object) {
    return axios.post(endpoint, payload);
  }
}

export const search = (query: string) => axios.request({ url: 'https://api.openai.com/v1/embeddings', method: 'POST', data: { query } });

export const modifyOrder = (id: string) => axios.post(`http://orders.internal/${id}`, { paid: true });
