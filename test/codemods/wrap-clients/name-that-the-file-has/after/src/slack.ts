import { slack as slackPolicy } from './resilience';
export const slack = { channel: 'C1' };

export const post = (text: string): Promise<Response> => slackPolicy.once((signal) => fetch('https://slack.com/api/chat.postMessage', { method: 'POST', body: JSON.stringify({ ...slack, text }), signal }));
