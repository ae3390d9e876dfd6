import { Queue } from 'bullmq';

const mails = new Queue('mails', { connection: { host: 'redis.internal' } });

export const send = (mail: object) => mails.add('send', mail, { attempts: 5, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 } });
export const fixed = (mail: object) => mails.add('fixed', mail, { attempts: 5, backoff: { type: 'exponential', delay: 3000, jitter: 0.5 } });
export const typed = (mail: object) => mails.add('typed', mail, { attempts: 5, backoff: { type: 'exponential', delay: 2000, jitter: 0.5 } });
