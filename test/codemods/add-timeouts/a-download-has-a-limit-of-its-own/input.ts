import axios from 'axios';

export async function downloadInvoice(id: string) {
  return axios.get(`http://files.internal/${id}`, { responseType: 'arraybuffer' });
}
