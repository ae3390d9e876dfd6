export const user = (name: string): Promise<Response> => fetch('https://api.github.com/users/' + name);
