const axios = require('axios');
const { exampleRates: ratesPolicy } = require('./resilience');
const { axiosAdapter } = require('./resilience');

exports.one = async (code) => ratesPolicy.retry((signal) => axios.get('https://rates.example.com/' + code, { signal }));
exports.all = async () => ratesPolicy.retry((signal) => axios.get('https://rates.example.com/all', { signal }));
exports.client = axios.create({ baseURL: 'https://rates.example.com', adapter: axiosAdapter(ratesPolicy) });
