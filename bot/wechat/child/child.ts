import { registerHooks } from 'node:module';

/**
 * The process in which wechaty runs. It is handed what it needs as lines on its standard input, and reports by lines on its
 * fourth channel; it has neither database nor key, and may read its own code and packages, and write nothing
 * (`bot/wechat/running-child.ts` starts it so).
 */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'flash-store') return next(specifier, context);
    return { url: new URL('./flash-store-in-memory.ts', import.meta.url).href, shortCircuit: true };
  },
});

// Only what is loaded after the hooks are there goes through them.
const { converse } = await import('./converse.ts');
await converse();
