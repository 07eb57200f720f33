import { hash } from 'node:crypto';
import type { Inbound } from './platform.ts';

/** A number's characters. */
const LENGTH = 8;

/**
 * What a message or a press is called in the log, and towards whoever is told of a fault: the same in every attempt and after
 * every start, and nothing can be read from it.
 */
export const messageNumber = ({ key }: Pick<Inbound, 'key'>): string =>
  hash('sha256', key, 'hex').slice(0, LENGTH);
