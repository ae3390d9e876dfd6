import { createServer } from 'node:http';
import { read } from './files.js';

createServer((request, response) => {
  read(request.url ?? '').then((text) => response.end(text), () => response.writeHead(502).end());
}).listen(3000);
