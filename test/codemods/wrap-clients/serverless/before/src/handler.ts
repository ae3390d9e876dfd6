export const handler = (): Promise<Response> => fetch('https://api.github.com/zen');
