const axios = require('axios');

module.exports.order = (id) => axios.get(`http://orders.internal/${id}`);
