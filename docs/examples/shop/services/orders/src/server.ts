import express from 'express';
import { cancelOrder, placeOrder } from './orders.js';
import { shippingQuote } from './shipping.js';

const app = express();
app.use(express.json());

app.post('/orders', async (request, response) => {
  const order = await placeOrder(request.body.sku, request.body.quantity);
  response.status(201).json(order);
});

app.delete('/orders/:id', async (request, response) => {
  await cancelOrder(request.params.id);
  response.status(204).end();
});

app.get('/orders/:id/shipping', async (request, response) => {
  response.json(await shippingQuote(request.params.id));
});

app.listen(8080);
