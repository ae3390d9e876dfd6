import { slack } from './resilience';
const API = process.env['SLACK_URL'] ?? '';

export const list = (): Promise<Response> => slack.retry((signal) => fetch(`${API}/list`, { signal }));
