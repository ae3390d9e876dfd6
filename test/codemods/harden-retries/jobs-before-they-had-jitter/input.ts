import { Queue } from 'bullmq';

const mails = new Queue('mails', { connection: { host: 'redis.internal' }, defaultJobOptions: { attempts: 5, backoff: 3000 } });

export const send = (mail: object) => mails.add('send', mail);
