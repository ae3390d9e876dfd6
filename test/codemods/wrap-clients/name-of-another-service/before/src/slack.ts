export const post = (text: string): Promise<Response> => fetch('https://slack.com/api/chat.postMessage', { method: 'POST', body: text, signal: AbortSignal.timeout(900) });
