export const slack = { channel: 'C1' };

export const post = (text: string): Promise<Response> => fetch('https://slack.com/api/chat.postMessage', { method: 'POST', body: JSON.stringify({ ...slack, text }) });
