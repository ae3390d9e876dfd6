const TOKEN = process.env['BOT_TOKEN'] ?? '';

export const send = (text: string): Promise<Response> => fetch(`https://api.telegram.org/bot${TOKEN}/sendMessage?text=${encodeURIComponent(text)}`);

export const me = (): Promise<Response> => fetch(`https://api.telegram.org/bot${TOKEN}/getMe`);
