import { HTTP, policy, type Policy } from '@acme/resilience';

/** api.github.com */
export const github: Policy = policy('github', HTTP);
