'use strict';

const axios = require('axios');

exports.load = async function load(url) {
	for (let i = 0; i < 3; i++) {
		try {
			return await axios.get(url, { timeout: 1000 });
		} catch (error) {
			console.error(error);
		}
	}
};
