const { createHash } = require('node:crypto');
const { exampleRates } = require('./resilience.js');

exports.rates = () => exampleRates.retry((signal) => fetch('https://rates.example.com/latest', { signal }));
exports.etag = (text) => createHash('sha256').update(text).digest('hex');
