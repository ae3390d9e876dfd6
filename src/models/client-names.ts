// What clients of caches and databases call things.

/** Members that say whether a client is connected: ioredis `status`, node-redis `isReady` and `isOpen`. */
export const STATE_MEMBERS: ReadonlySet<string> = new Set(['status', 'isReady', 'isOpen', 'connected', 'isConnected', 'ready']);
