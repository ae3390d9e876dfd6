const API = process.env['SLACK_URL'] ?? '';

export const list = (): Promise<Response> => fetch(`${API}/list`);
