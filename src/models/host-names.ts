/** Labels of a host name, and words of a variable's, that say nothing about the service behind it. */
export const PLAIN_LABELS: ReadonlySet<string> = new Set(['www', 'api', 'apis', 'app', 'rest', 'gateway', 'public', 'v1', 'v2', 'v3']);

/** The second level of domains such as `example.co.uk`. */
export const SECOND_LEVELS: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org']);

/** Words at the end of a variable that holds an address: `PAYMENTS_API_BASE_URL`. */
export const ADDRESS_WORDS: ReadonlySet<string> = new Set(['address', 'api', 'base', 'domain', 'endpoint', 'host', 'hostname', 'origin', 'prefix', 'root', 'server', 'service', 'uri', 'url', 'v1', 'v2', 'v3']);
