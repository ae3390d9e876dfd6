import express from 'express';
import axios from 'axios';

export const app = express();
app.get('/', async (_request, response) => {
  const { data } = await axios.get('http://orders.internal', { timeout: 10_000 });
  response.send(<ul className="orders">{data.length}</ul>);
});
