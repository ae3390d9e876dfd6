// What tells a question to a language model, which takes its time, from a request.

/** Hosts and paths under which models answer. */
export const GENERATION_URLS =
  /api\.(?:openai|anthropic|mistral|cohere|deepseek|groq|perplexity|x)\.(?:com|ai)|generativelanguage\.googleapis\.com|openrouter\.ai|\/(?:chat\/)?completions\b|\/v1\/(?:messages|responses)\b|\/predictions?\b|\/chat-messages\b|:generateContent\b/;

/** Names of functions and classes that ask one. Only the choice of a limit hangs on them. */
export const GENERATION_NAMES = /[oO]pen[aA][iI]|[aA]nthropic|[gG]emini|^dify|Dify|^flowise|Flowise|[lL]ang[cC]hain|^llm|L(?:LM|lm)|^gpt|G(?:PT|pt)|[cC]ompletions?$/;
