'use strict';
const axios = require('axios');
const { other } = require('./other');
const { axiosAdapter, exampleRates } = require('./resilience');

const rates = axios.create({ baseURL: 'https://rates.example.com', adapter: axiosAdapter(exampleRates) });

exports.rate = async (code) => other(await rates.get('/rates/' + code), await exampleRates.retry((signal) => axios.get('https://rates.example.com/all', { signal })));
