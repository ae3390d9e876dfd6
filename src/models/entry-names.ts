/** What registers a function to be called from outside. Data for `facts/function-calls.ts`. */

/** Methods whose functions others call: routers, listeners, consumers, procedures. With a text or nothing in front of the function. */
export const REGISTERS: ReadonlySet<string> = new Set([
  'get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'use', 'route', 'handle', 'handler', 'on', 'once', 'addListener', 'addEventListener', 'addHook', 'hook',
  'consume', 'process', 'subscribe', 'schedule', 'cron', 'job', 'task', 'query', 'mutation', 'subscription', 'command', 'action', 'createFunction', 'openapi', 'tool', 'define', 'work',
]);

/** Functions and classes that are handed a consumer of messages, which may be called again with the same one. */
export const CONSUMES = /(?:^|\.)(?:consume|process|work|subscribe|eachMessage|eachBatch|run)$|(?:^|\.)(?:Worker|Consumer|QueueConsumer)$/;

/** Words of a function that tries again, or that has it done. */
export const SPEAKS_OF_RETRIES = /retr(?:y|ie)|back-?off|\battempts?\b|maxAttempts/i;
