import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
import { getAdapter, type AxiosAdapter } from 'axios';
import type { HandlerFunction } from 'got';

export const breaker = circuitBreaker(handleAll, { halfOpenAfter: 1_000, breaker: new ConsecutiveBreaker(5) });

export function axiosAdapter(): AxiosAdapter {
  const send = getAdapter('http');
  return (config) => breaker.execute(() => send(config));
}

export const gotHandler: HandlerFunction = (options, next) => next(options);

export const handlerOf = (): HandlerFunction => gotHandler;
