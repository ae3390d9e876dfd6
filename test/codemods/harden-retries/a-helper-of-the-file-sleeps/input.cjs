const axios = require('axios');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function load(url) {
    for (let i = 0; i < 3; i++) {
        try {
            return await axios.get(url, { timeout: 1000 });
        } catch (error) {
            console.error(error)
        }
    }
}

module.exports = { load, sleep };
