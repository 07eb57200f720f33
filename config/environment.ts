import * as z from 'zod';

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().optional(),
  QINGLIAN_CONFIG: z.string().default('./qinglian.yaml'),
  QINGLIAN_KEY_FILE: z.string().optional(),
  LOCAL_CHAT: z.enum(['on', 'off']).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What the operator set, checked, with everything that follows from it. */
export interface Environment {
  host: string;
  port: number;
  databaseUrl: string;
  rulesFile: string;
  keyFile: string;
  localChat: boolean;
  logLevel: string;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/**
 * @param variables the process's environment; empty values count as absent
 * @throws Error in English, for the operator, naming each wrong setting
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(given);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Wrong settings: ${wrong.join('; ')}`);
  }
  const settings = result.data;
  const onLoopback = LOOPBACK.has(settings.HOST);
  if (settings.LOCAL_CHAT === 'on' && !onLoopback) {
    throw new Error(
      `LOCAL_CHAT=on lets anybody speak as anybody, so HOST must be 127.0.0.1, found ${settings.HOST}`,
    );
  }
  return {
    host: settings.HOST,
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL ?? `file:${settings.DATA_DIR}/qinglian.db`,
    rulesFile: settings.QINGLIAN_CONFIG,
    keyFile: settings.QINGLIAN_KEY_FILE ?? `${settings.DATA_DIR}/qinglian.key`,
    localChat: settings.LOCAL_CHAT ? settings.LOCAL_CHAT === 'on' : onLoopback,
    logLevel: settings.LOG_LEVEL,
  };
}
