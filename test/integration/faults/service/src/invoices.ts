import axios from 'axios';

const PAYMENTS_URL = process.env.PAYMENTS_URL ?? 'http://127.0.0.1:4001';

const payments = axios.create({ baseURL: PAYMENTS_URL });

export interface Invoice {
  readonly id: string;
}

/** An invoice, or undefined where there is none. */
export async function getInvoice(id: string, signal?: AbortSignal): Promise<Invoice | undefined> {
  try {
    const { data } = await payments.get<Invoice>(`/invoices/${id}`, { signal });
    return data;
  } catch (error) {
    if (axios.isAxiosError(error) && error.response?.status === 404) return undefined;
    throw error;
  }
}
