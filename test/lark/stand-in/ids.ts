import { randomUUID } from 'node:crypto';

/** An id as the platform makes them: a prefix such as `ou_`, and 32 hex digits. */
export const newId = (prefix = ''): string => prefix + randomUUID().replaceAll('-', '');
