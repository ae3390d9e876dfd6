import axios = require('axios');

export = (id: string) => axios.get(`http://orders.internal/${id}`);
