/** What names and texts tell of circuit breakers. Data for `facts/circuit-breakers.ts`; it only ever makes it silent. */

/** Texts of which a hand-written breaker, or one of a library that nobody modelled, holds at least one: as code writes them, not as comments speak. */
export const BREAKER_TEXTS = ['ircuitBreaker', 'ircuit_breaker', 'ircuit-breaker', 'CIRCUIT_', 'reakerOptions', 'halfOpen', 'half-open', 'HALF_OPEN', 'HalfOpen', 'nestjs-resilience', 'defaults.adapter'] as const;

/** The same for the file of the call, where a word is enough. */
export const NAMES_BREAKER = /circuit[-_ ]?break|CIRCUIT|breaker|half[-_]?open|consecutive_?failures|resilience/i;

/** Code of a function that is started for each request, or for a few: it has no memory to keep a breaker in. */
export const RUNS_PER_REQUEST = /['"](?:aws-lambda|@types\/aws-lambda|@google-cloud\/functions-framework|@azure\/functions|@netlify\/functions|@vercel\/(?:node|edge)|firebase-functions(?:\/[\w/]+)?|@botpress\/sdk|\.botpress|next(?:\/[\w/]+)?)['"]|APIGatewayProxy|export\s+(?:const|async\s+function|function)\s+(?:handler|GET|POST)\b/;

/** Functions and files that nobody waits for: jobs, set-up, scripts. */
export const NOBODY_WAITS = /job|worker|cron|task|queue|consumer|processor|migrat|seed|script|\bcli\b|command|setup|install|bootstrap|sync|backfill|import|export|webhook|schedul|daemon|deploy|bench|test|mock|example/i;

/** Options in which the seam of a client stands: whoever sets one may have put a breaker there. */
export const SEAM_OPTIONS = ['adapter', 'fetch', 'handlers', 'hooks', 'dispatcher', 'agent', 'httpAgent', 'httpsAgent', 'transport', 'middleware'] as const;

/** Members and constants that hold the one address of a service. */
export const HOLDS_ADDRESS = /ur[li]|host|endpoint|origin|address|api|base|domain|server|service/i;
