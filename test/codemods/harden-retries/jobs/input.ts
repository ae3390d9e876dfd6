import { Queue } from 'bullmq';

const mails = new Queue('mails', { connection: { host: 'redis.internal' } });

export const send = (mail: object) => mails.add('send', mail, { attempts: 5 });
export const fixed = (mail: object) => mails.add('fixed', mail, { attempts: 5, backoff: 3000 });
export const typed = (mail: object) => mails.add('typed', mail, { attempts: 5, backoff: { type: 'fixed', delay: 2000 } });
