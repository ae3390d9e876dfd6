const axios = require('axios');
const { exampleRates: ratesPolicy } = require('./resilience');

exports.one = async (code) => ratesPolicy.retry((signal) => axios.get('https://rates.example.com/' + code, { signal }));
exports.all = async () => axios.get('https://rates.example.com/all');
exports.client = axios.create({ baseURL: 'https://rates.example.com' });
