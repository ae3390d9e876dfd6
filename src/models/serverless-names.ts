/** Packages whose import means that the file is run as a function by a platform. */
export const FUNCTION_PACKAGES: readonly string[] = ['aws-lambda', '@types/aws-lambda', '@azure/functions', 'firebase-functions', '@google-cloud/functions-framework', '@netlify/functions', '@vercel/functions', '@vercel/edge', '@vercel/node', 'cloudflare:'];

/** Files beside package.json that deploy the package as functions. */
export const FUNCTION_FILES: readonly string[] = ['serverless.yml', 'serverless.yaml', 'serverless.ts', 'serverless.json', 'wrangler.toml', 'wrangler.json', 'wrangler.jsonc', 'vercel.json', 'netlify.toml', 'sst.config.ts'];
