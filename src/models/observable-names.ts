/** Functions that subscribe to an observable and give a promise, by package: each call of them is one request. */
export const AWAITS_OBSERVABLE: Readonly<Record<string, readonly string[]>> = { rxjs: ['firstValueFrom', 'lastValueFrom'] };

/** Operators that hand on errors as they are, and subscribe once. */
export const PLAIN_OPERATORS: Readonly<Record<string, readonly string[]>> = { rxjs: ['map', 'tap', 'pluck', 'take', 'first', 'delay'] };
