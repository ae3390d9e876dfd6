/** Labels of a host name, and words of a variable's, that say nothing about the service behind it. */
export const PLAIN_LABELS: ReadonlySet<string> = new Set(['www', 'api', 'apis', 'app', 'rest', 'gateway', 'public', 'v1', 'v2', 'v3']);

/** The second level of domains such as `example.co.uk`. */
export const SECOND_LEVELS: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org']);

/** Words at the end of a variable that holds an address: `PAYMENTS_API_BASE_URL`. */
export const ADDRESS_WORDS: ReadonlySet<string> = new Set(['address', 'api', 'base', 'domain', 'endpoint', 'host', 'hostname', 'origin', 'prefix', 'root', 'server', 'service', 'uri', 'url', 'v1', 'v2', 'v3']);

/** The ends of host names that stand alone often enough: what is cut off before another one may go on. */
export const TOP_LEVELS: ReadonlySet<string> = new Set(['com', 'org', 'net', 'io', 'dev', 'app', 'ai', 'cloud', 'info', 'biz', 'xyz', 'tech', 'sh', 'me', 'tv', 'gg', 'so', 'eu', 'uk', 'de', 'fr', 'nl', 'ch', 'at', 'us', 'ca', 'au', 'in', 'jp', 'cn', 'br', 'local', 'internal', 'localhost', 'test', 'example']);

/** Options of a call that say by which way it goes: where each call makes its own, that may be what fails. */
export const WAYS = ['agent', 'httpAgent', 'httpsAgent', 'dispatcher', 'proxy'] as const;

/** A word of a path that does something, so that a GET of it is no read: `/sendMessage`. */
export const ACTING_PATH = /(?:^|\/)(?:add|approve|cancel|charge|confirm|create|deactivate|delete|disable|enable|enqueue|execute|invalidate|notify|pay|publish|purge|push|reboot|refund|register|reject|remove|reset|restart|revoke|run|schedule|send|set|start|stop|subscribe|transfer|trigger|unsubscribe|update)(?![a-z])[\w-]*(?:[/?`'"]|$)/;

/** Options of a client that say where its calls go, the whole address before its parts. */
export const ADDRESS_OPTIONS = [
  'baseURL', 'prefixUrl', 'prefix', 'baseUrl', 'endpoint', 'connectionString', 'url', 'uri', 'origin', 'clientUrl', 'node', 'nodes', 'brokers', 'servers', 'contactPoints', 'socket.host', 'host', 'hostname', 'server',
  'connection.url', 'connection.host', 'connection', 'datasourceUrl', 'apiHost', 'address',
] as const;

/** The name of a variable that holds an address. */
export const NAMES_ADDRESS = /UR[LI]|HOST|ENDPOINT|ORIGIN|ADDR|DSN|CONN|SERVER|BROKER|CLUSTER/i;
