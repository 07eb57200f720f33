import { defineConfig } from 'prisma/config';

// `prisma generate` never starts the native schema engine, but the CLI looks for one; any existing program will do.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/sqlite',
  migrations: { path: 'prisma/sqlite/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'file:./data/qinglian.db' },
});
