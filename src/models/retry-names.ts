/**
 * What names, words and events tell of a retry. Data for the facts and summaries of retries: most of it
 * only ever makes them silent.
 */

/** Names of options and functions of retry libraries: a file without any of them calls none. */
export const RETRY_WORDS = /retr(?:y|ies)|attempt|back_?off/i;

/** Counters that people pass on so that the callee may log them: not what the call is about. */
export const ATTEMPT_NAMES = /attempt|retr(?:y|ies)|^tr(?:y|ies)|^n?tries$/i;

/** Names of lists of rounds or delays, which are no lists of work. */
export const ROUNDS = /delay|back_?off|attempt|retr(?:y|ies)|wait|pause|interval|rounds?|\btries|\bms\b|timeouts?/i;

/** Calls that hand out something else each time. */
export const NEXT_ITEM = /^(?:next|shift|pop|read|dequeue|take|receive|poll)(?:[A-Z]|$)/;

/** Functions that choose among several: another client, replica or key each time is failover. */
export const CHOOSES = /^(?:pick|choose|rotate|elect)(?:[A-Z]|$)|^(?:get|select|find|use|fetch)?(?:Next|Random|Rotat|Healthy|Another|Fallback|Alternat)/;

/** Methods that change what they are called on. */
export const MUTATES: ReadonlySet<string> = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'fill', 'sort', 'reverse', 'set', 'append', 'delete', 'add', 'clear']);

/** Events that say that a connection is over. Not `exit`: who starts a worker again supervises it. */
export const FAILURE_EVENTS: ReadonlySet<string> = new Set(['error', 'close', 'end', 'disconnect', 'disconnected', 'timeout']);

/** Words of code that adds chance to a delay. */
export const RANDOM = /\brandom|jitter/i;

/** Methods that give what they are called on once more, so that it can be used again: of streams, replies, requests. */
export const COPIES_OF_ITSELF: ReadonlySet<string> = new Set(['tee', 'clone']);

/**
 * What people call a function that may hold its caller back: a limiter, a queue, a gate. Only asked of
 * what is tried again and was not read: it keeps us from saying that nothing waits between attempts.
 */
export const UNKNOWN_WAIT_NAMES = /limit|throttl|acquire|(?<!a)wait|sleep|delay|back_?off|schedul|enqueue|debounce|slot|semaphore|mutex|lock|bottleneck|pause|until|ready|idle|poll/i;

/** What an error says that is thrown because something is not there yet. */
export const NOT_YET = /\bnot\s+(?:yet\s+)?(?:ready|available|complete|completed|finished|done|there|found\s+yet)\b|\bstill\s+(?:pending|running|processing|in progress)\b|\bnot\s+yet\b/i;

/** Names of what each process does by itself once in a while. */
export const ON_TIMER = /heart_?beat|keep_?alive|watchdog/i;

/** Names of functions that ask a person, whose answer takes longer than any delay. */
export const ASKS_PERSON = /(?:^|\.)(?:prompts?|confirm|question|inquirer|ask(?:User|Question|For\w*)?|select|input|readline|password)(?:\.|$)|[pP]rompt|Confirm(?:ation)?$/;

/**
 * Codes and words by which a handler tells a conflict: of Prisma, PostgreSQL, MySQL, MongoDB, DynamoDB,
 * HTTP. What lost a race reads anew and tries again at once.
 */
export const NAMES_A_CONFLICT =
  /\b(?:P2002|P2034|23505|40001|40P01|11000|112|ER_DUP_ENTRY|ER_LOCK_DEADLOCK|1062|1213|409|412|EEXIST|EADDRINUSE)\b|ConditionalCheckFailed|TransactionCanceled|[Uu]nique(?:Constraint|Violation|Key)|[Cc]onflict|CONFLICT|(?<![Dd]e)[Dd]uplicate|[Dd]eadlock|[Ss]erializ(?:ation|able)|[Oo]ptimistic|VersionError|StaleObject|[Cc]ollision|[Aa]lready_?[Ee]xists|[Tt]ransaction(?:al)?_?[Rr]etr|TransientTransactionError|[Cc]oncurrent(?!ly)|[Cc]oncurrency[_ ]?(?:[Ee]rror|[Ee]xception|[Ff]ail|[Vv]iolation|[Cc]heck)|[Ww]rite_?[Cc]onflict/;

/** Words by which a test tells that the credentials are no longer taken. */
export const NAMES_OLD_CREDENTIALS = /\b401\b|[Uu]nauthori[sz]ed|UNAUTHORI[SZ]ED|[Uu]nauthenticated|[Ee]xpired_?[Tt]oken|[Tt]oken_?(?:[Ii]s_?)?[Ee]xpired|TOKEN_EXPIRED/;

/** Functions that make a new random name or key. */
export const MAKES_NEW_NAMES = /(?:^|\.)(?:nanoid|customAlphabet|randomUUID|randomBytes|randomInt|uuid(?:v\d)?|v4|ulid|cuid2?|createId|generate(?:Unique|Random)?(?:Slug|Code|Name|Id|Key|Token|String))(?:\.|$)/;

/** Names of what is tried for as long as the process lives: a connection, a subscription, a main loop, the wait at boot. */
export const LASTS_WITH_THE_PROCESS = /connect|listen|subscri|consum|^(?:_|#)?(?:start|run|main|boot|init)|^(?:_|#)?await|bootstrap|ready|waitFor|poll|watch|stream|loop|leader|acquire|lock|tunnel|socket|heartbeat|keepAlive/i;

/**
 * Codes, statuses and words by which a handler tells that nothing was done: no connection was made, or the
 * request was turned away. All of 4xx is a refusal; 503 says that the server cannot handle it now.
 */
export const NOTHING_DONE =
  /^(?:4\d\d|503|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|P1001|P1002|P2024|P2034|P2002|23505|40001|40P01|ER_LOCK_DEADLOCK|ER_DUP_ENTRY|11000|SQLITE_BUSY|55P03)$/;

/** An error code or a status, as code writes it. */
export const ERROR_CODES = /\bE[A-Z]{3,}(?:_[A-Z]+)*\b|\bUND_ERR_[A-Z_]+\b|\bP[12]\d{3}\b|\bSQLITE_[A-Z]+\b|\bER_[A-Z_]+\b|(?<![\w.])[45]\d\d(?![\w.])|\b(?:23505|40001|40P01|11000|55P03)\b/g;

/** Words that tell the same as such a code. */
export const TURNED_AWAY =
  /rate[-_ ]?limit|too[-_ ]?many|throttl|quota|TOO_MANY_REQUESTS|deadlock|serializ|conflict|(?<![a-z])lock(?:ed|timeout| timeout)|unauthori[sz]ed|expired|not[-_ ]?found|overloaded|service[-_ ]?unavailable|SERVICE_UNAVAILABLE|busy|optimistic|version|stale|nonce|sequence|already|duplicate|unique/i;

/** Names of options by which a caller of a retry says which failures are tried again. */
export const CHOOSES_FAILURES = /should|retry_?(?:if|on|when|condition|able)|^(?:when|if|on|filter|predicate|condition|test|check|handle\w*|is\w+|retries)$|bail|abort|retryable|transient/i;

/** Functions that ask whether a failure is one to try again after. */
export const ASKS_ABOUT_FAILURE = /[rR]etr(?:y|iable|yable)|[tT]ransient|should|[rR]ecoverable|[tT]emporary|[nN]etwork|^is[A-Z]\w*(?:Error|Failure|Status|Exception)$/;
/** Words by which a test tells what passes by itself: what a client tries again, too. */
export const NAMES_A_PASSING_FAILURE =
  /\b(?:408|425|429|5\d\d|5xx)\b|[><]=?\s*5\d\d|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|UND_ERR|[Tt]ime(?:d?[ _-]?[Oo]ut)|TIME(?:D_?)?OUT|[Nn]etwork|NETWORK|[Tt]ransient|[Tt]emporar|[Rr]etr(?:y|i)able|[Tt]hrottl|[Rr]ate[ _-]?[Ll]imit|RATE_LIMIT|[Tt]oo ?[Mm]any|[Oo]verload|[Uu]navailable|UNAVAILABLE|[Ss]erver ?[Ee]rror|APIConnection|fetch failed|[Ss]ocket|[Hh]ang ?up|\bok\b/;

/** Functions that run what they are given later: what it throws goes elsewhere. */
export const RUNS_LATER: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'addEventListener', 'setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask', 'subscribe']);

/** Functions that give a failure as a value: what is handed to them does not fail. */
export const KEEPS_FAILURES = /(?:^|\.)(?:try|safe|attempt|to|result|settle|ignore|swallow|catch|from|wrap)(?:[A-Z]\w*)?$|[rR]esult$|[sS]afe(?:ly)?$/;
