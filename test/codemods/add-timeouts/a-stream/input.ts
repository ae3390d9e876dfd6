import axios from 'axios';

export const feed = () => axios.get('http://orders.internal/feed', { responseType: 'stream' });
