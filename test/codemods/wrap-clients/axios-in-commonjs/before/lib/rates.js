'use strict';
const axios = require('axios');
const { other } = require('./other');

const rates = axios.create({ baseURL: 'https://rates.example.com' });

exports.rate = async (code) => other(await rates.get('/rates/' + code), await axios.get('https://rates.example.com/all'));
