import axios from 'axios';

/** No timeout here: whoever calls it has to bring one. */
export const catalog = axios.create({
  baseURL: 'http://catalog.internal',
});

/** Bounded for every caller. */
export const inventory = axios.create({
  baseURL: 'http://inventory.internal',
  timeout: 2_000,
});
