/** What of a fault stands in the log. */
export interface LoggedFault {
  type: string;
  message: string;
  /** Where it came from, without what it says. */
  stack: string[];
  code?: string | number;
  cause?: LoggedFault;
}

/**
 * How the service logs: JSON lines without host and process. Of a fault it logs what it is and where it was, and none of the values
 * that libraries put into theirs: the arguments of a call of the database, a request with its token, the text that was no JSON.
 */
export const logSettings = (level: string) => ({ level, base: null, serializers: { err: loggedFault } });

/** @param fault whatever was thrown */
export function loggedFault(fault: unknown): LoggedFault {
  if (!(fault instanceof Error)) return { type: typeof fault, message: 'no error was thrown', stack: [] };
  const { name, cause, stack = '' } = fault;
  const code = 'code' in fault ? fault.code : undefined;
  return {
    type: name,
    message: withoutValues(fault),
    stack: stack.split('\n').flatMap((line) => /^ {4}at (.+)/.exec(line)?.[1] ?? []),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(cause !== undefined && { cause: loggedFault(cause) }),
  };
}

function withoutValues({ name, message }: Error): string {
  // Node shows the text around the place.
  if (name === 'SyntaxError' && message.endsWith('is not valid JSON')) return 'not valid JSON';
  // Prisma shows the whole call, and says what is wrong with it in the last paragraph.
  if (name.startsWith('PrismaClient')) return message.split('\n\n').at(-1)?.trim() ?? '';
  return message;
}
