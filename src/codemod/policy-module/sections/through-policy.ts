import type { Section } from '../sections.js';

/** AWS SDK v3: the outermost middleware of a client, so that its type stays and its own retries are inside. */
export const THROUGH_POLICY: Section = {
  imports: '',
  // What it counts as one attempt are all those of the SDK, with the waiting between them.
  limits: '{ attempt: LIMITS.deadline }',
  text: `
«interface AwsClient {
  readonly middlewareStack: { readonly add: (middleware: never, options: { readonly step: 'initialize'; readonly priority: 'high'; readonly name: string }) => void };
}

/** What of the input of a command says that it takes long. */
interface AwsInput {
  readonly Body?: unknown;
  readonly WaitTimeSeconds?: number;
}

»/**
 * Sends the calls of a client of the AWS SDK through a policy, and gives the client back. The SDK goes on trying again by
 * itself, and the policy counts what came of that. No signal reaches its requests: after its deadline a call is waited
 * for no longer, and ends by the limits of the request handler.
 */
export function throughPolicy«<Client extends AwsClient>»(policy«: Policy», client«: Client»)«: Client» {
  const middleware = «<Args extends { readonly input: AwsInput }, Output>»(next«: (args: Args) => Promise<Output>») => (args«: Args»)«: Promise<Output>» => {
    const { Body, WaitTimeSeconds = 0 } = args.input;
    // A stream is sent for as long as it lasts, and a long poll waits on purpose.
    const lasts = (typeof Body === 'object' && Body !== null && !ArrayBuffer.isView(Body)) || WaitTimeSeconds > 0;
    return lasts ? next(args) : policy.once(() => next(args));
  };
  client.middlewareStack.add(middleware« as never», { step: 'initialize', priority: 'high', name: 'policy' });
  return client;
}
`,
};
