/** The scenarios, in the order of the report. */
import { discarded, retryAfter, slowBody, stalledBody } from './bodies.mjs';
import { postgres, redis } from './databases.mjs';
import { dead, hang, refuse, reset, trickle } from './dead.mjs';
import { aborts, budget, missing, probe } from './false-openings.mjs';
import { attempts, errors } from './few-errors.mjs';
import { neighbour } from './neighbour.mjs';
import { droppedReply, lateReply } from './writes.mjs';

export const SCENARIOS = [dead, reset, trickle, hang, refuse, attempts, errors, neighbour, missing, aborts, budget, probe, droppedReply, lateReply, slowBody, stalledBody, discarded, retryAfter, postgres, redis];
