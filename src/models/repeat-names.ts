/**
 * What names tell of doing a thing twice: of HTTP, of SQL, of Redis, of what people call their keys.
 * Data for `facts/call-effect.ts`.
 */

import type { RepeatModel } from './repeat-types.js';

/** The HTTP method that a method of a client sends, by its name. */
export const METHODS_BY_NAME: Readonly<Record<string, string>> = {
  get: 'GET', head: 'HEAD', options: 'OPTIONS', query: 'QUERY',
  post: 'POST', postForm: 'POST', put: 'PUT', putForm: 'PUT', patch: 'PATCH', patchForm: 'PATCH', delete: 'DELETE', del: 'DELETE',
};

/** Methods that read; those that leave the same however often they are sent (RFC 9110, 9.2.2). */
export const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);
export const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(['PUT', 'DELETE']);

/** Headers that are keys (draft-ietf-httpapi-idempotency-key-header, and what stood before it). */
export const KEY_HEADERS = /^(?:x-)?(?:[a-z]+-)*idempoten(?:t|cy)-?(?:key|token|id|replay)?$|^paypal-request-id$|^(?:x-)?(?:dedup(?:e|lication)?|deduplicat\w*|client-token)(?:-(?:id|key))?$/i;
/** Headers that some services take for one, and others only log. */
export const MAYBE_KEY_HEADERS = /^(?:x-)?(?:request|transaction|operation|message|event|client-request|unique)-?(?:id|key|token|uuid)$|^if-(?:none-)?match$|^svix-id$|^webhook-id$/i;
/** Members of a body by which a service may know it again. */
export const KEY_FIELDS = /idempoten|dedup|(?:^|_)(?:nonce|uuid|guid)$|(?:request|client|transaction|external|event|message|operation|correlation|reference|execution|invocation|run)_?(?:id|token|key|uuid|reference)$|^(?:id|_id|key)$/i;

/** Words anywhere in a file that say somebody thought of it. */
export const THOUGHT_OF = /idempoten(?!tRequest)|dedup|exactly[- _]?once/i;

/** Paths under which a POST asks, signs in, or has something worked out that is thrown away. */
export const READS_BY_POST =
  /(?:^|[/_.:-])(?:_?m?search\w*|quer(?:y|ies)|graphql|gql|o?auth2?|tokens?|login|signin|sign-in|session|embeddings?|embed|completions?|chat|generate\w*|predictions?|predict|inference|rerank|tokenize|classif(?:y|ier)|moderations?|translate|validate|verif(?:y|ication)|siteverify|introspect|check|lookup|find|list|count|preview|estimate|quote|simulate|evaluate|render|convert|extract|parse|crawl|scrape|rpc|_bulk_get|batch-?get|mget|health|ping|heartbeat|events?|track|metrics?|logs?|telemetry|analytics|collect|ingest|traces|spans|capture|webhooks?|callbacks?)(?:$|[/_.:?#-])/i;

/** Paths under which a POST leaves the same: it says what it makes sure of, or acts on what is there. */
export const SETS_BY_POST =
  /(?:^|[/_.:-])(?:upsert|(?:create|add|insert)[-_]or[-_]\w+|(?:find|get)[-_]or[-_]create|put|set|update|replace|merge|sync|ensure|delete|remove|cancel|archive|close|stop|start|enable|disable|revoke|unsubscribe|ack|confirm|complete|finish|publish|mark\w*|read|reset|refresh|invalidate|purge)(?:$|[/_.:?#-])/i;

/** Functions that ask by a POST, by their name: what it does is then not told by its method. */
export const ASKS_BY_NAME =
  /^(?:_|#)?(?:try|do|raw|safe)?_?(?:get|fetch|list|load|search|query|find|read|lookup|look|resolve|check|validate|verify|login|logIn|signIn|authenticate|authorize|auth|refresh|renew|exchange|obtain|acquire|ping|probe|health|poll|wait|estimate|preview|quote|simulate|translate|embed|generate|complete|chat|classify|moderate|rerank|tokenize|transcribe|summarize|analy[sz]e|extract|parse|render|convert|scrape|crawl|compute|calculate|evaluate|detect|describe|count|test|track|log|report|capture|flush|export|collect|emit|record|trace|heartbeat|warm|invalidate|purge|revalidate|graphql|gql|rpc|call[A-Z]?\w*(?:LLM|Llm|Model|AI))(?=[A-Z_]|$)|(?:Graph[qQ][lL]|Token|Tokens|Webhooks?|Telemetry|Metrics?|Analytics|Embeddings?|Completions?)$/;

/** Calls that give something else each time: a key made of one is new with every attempt. `MAKES_NEW_NAMES` holds the rest. */
export const GIVES_ANEW = /(?:^|\.)(?:random|now|hrtime|getTime|bigint|toISOString|randomUUIDv\d|nextId|newId|makeId|uniqueId|genId)(?:\(\))?$|^Date$/;

/** Columns, and members of a row, that its writer chose: a second row of the same would be refused. */
export const ROW_IDENTITY = /^(?:_?id|uuid|guid|key|slug|hash|token|checksum|fingerprint|etag)$|idempoten|dedup|(?:request|message|event|external|transaction|job|execution|run|delivery|session)_?(?:id|key)$|_uuid$|Uuid$/i;

/** Commands of Redis that add to what is there, or take from it. */
const REDIS_AGAIN = [
  'incr', 'incrby', 'incrbyfloat', 'decr', 'decrby', 'append', 'hincrby', 'hincrbyfloat', 'zincrby', 'lpush', 'lpushx', 'rpush', 'rpushx', 'linsert', 'xadd',
  'lpop', 'rpop', 'spop', 'rpoplpush', 'lmove', 'lmpop', 'zpopmin', 'zpopmax', 'publish', 'spublish',
] as const;

/** Those that set, mark or remove. */
const REDIS_SAME = [
  'set', 'setex', 'psetex', 'mset', 'hset', 'hmset', 'sadd', 'srem', 'zadd', 'zrem', 'del', 'unlink', 'hdel', 'expire', 'expireat', 'pexpire', 'pexpireat', 'persist',
  'setbit', 'setrange', 'lset', 'ltrim', 'pfadd', 'xack', 'xdel', 'xtrim', 'flushall', 'flushdb', 'touch', 'copy', 'json.set',
] as const;

export const REDIS_REPEAT: RepeatModel = {
  again: REDIS_AGAIN,
  same: REDIS_SAME,
  source: 'redis.io/docs/latest/commands: INCR, APPEND, LPUSH, XADD and PUBLISH act on what is there, SET, SADD, HSET and DEL leave the same',
};
