import { Queue } from 'bullmq';

const mails = new Queue('mails', { connection: { host: 'redis.internal' }, defaultJobOptions: { attempts: 5, backoff: { type: 'exponential', delay: 3000 } } });

export const send = (mail: object) => mails.add('send', mail);
