import { telegram } from './resilience';
const TOKEN = process.env['BOT_TOKEN'] ?? '';

export const send = (text: string): Promise<Response> => telegram.once((signal) => fetch(`https://api.telegram.org/bot${TOKEN}/sendMessage?text=${encodeURIComponent(text)}`, { signal }));

export const me = (): Promise<Response> => telegram.retry((signal) => fetch(`https://api.telegram.org/bot${TOKEN}/getMe`, { signal }));
