import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEnvironment } from '../config/environment.ts';
import { defaultRules } from '../config/rules.ts';
import { handlersFor } from '../handlers/index.ts';
import { notEnabled } from '../handlers/not-enabled.ts';
import { ledgers } from '../ledger/ledgers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFile(join(root, path), 'utf8');

/** Every Markdown file of the project, from its root. */
async function markdownFiles(): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !/^(?:node_modules|data|\.git)\//.test(path));
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** What `[text](target)`, `![text](target)` and `src="target"` point at inside the project. */
function targetsIn(markdown: string): string[] {
  const prose = markdown.replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const found = prose.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g);
  return [...found]
    .map(([, link, source]) => (link ?? source ?? '').split('#', 1)[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

describe('the examples of settings', () => {
  it('qinglian.example.yaml has every rule, each with its default', async () => {
    expect(parse(await read('qinglian.example.yaml'))).toEqual(defaultRules);
  });

  it('.env.example has exactly the settings of the environment', async () => {
    const source = await read('config/environment.ts');
    const settings = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): z\b/gm)].map(([, name]) => name);
    expect(settings.length).toBeGreaterThan(5);
    expect(Object.keys(await exampleSettings()).sort()).toEqual(settings.sort());
  });

  it('.env.example has every setting with its default', async () => {
    expect(readEnvironment(await exampleSettings())).toEqual(readEnvironment({}));
  });
});

/** The settings, also those that stand there as a comment since their default follows from another. */
async function exampleSettings(): Promise<Record<string, string>> {
  const lines = (await read('.env.example')).matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

describe('the Markdown files', () => {
  it('point only at files that exist', async () => {
    const files = await markdownFiles();
    expect(files).toContain('README.md');
    const missing: string[] = [];
    let looked = 0;
    for (const file of files) {
      for (const target of targetsIn(await read(file))) {
        looked += 1;
        if (!(await exists(resolve(root, dirname(file), target)))) missing.push(`${file}: ${target}`);
      }
    }
    expect(looked).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it('show every picture that is kept', async () => {
    const texts = await Promise.all((await markdownFiles()).map(read));
    const unused = (await readdir(join(root, 'docs/images'))).filter(
      (name) => !texts.some((text) => text.includes(`images/${name}`)),
    );
    expect(unused).toEqual([]);
  });

  it('name every decision under its own number, without a gap', async () => {
    const names = (await readdir(join(root, 'docs/decisions'))).sort();
    const numbers = names.map((name) => Number(name.slice(0, 3)));
    expect(numbers).toEqual(names.map((_, index) => index + 1));
    for (const name of names) {
      const headings = (await read(`docs/decisions/${name}`)).match(/^#.*$/gm) ?? [];
      expect(headings[0], name).toMatch(new RegExp(`^# ${name.slice(0, 3)} `));
      expect(headings.slice(1), name).toEqual(['## Context', '## Decision', '## Consequences']);
    }
  });
});

describe("the manual's word table", () => {
  const handlers = handlersFor(ledgers).filter((handler) => !(notEnabled as unknown[]).includes(handler));

  /** The word of each row, and the others that mean the same. */
  async function wordTable(): Promise<Map<string, string[]>> {
    const table = (await read('docs/manual.md')).split('| 词 |')[1] ?? '';
    const rows = [...table.matchAll(/^\| `([^ `]+)[^`]*` \|([^|]*)\|/gm)];
    return new Map(rows.map(([, word = '', also = '']) => [word, also.match(/[^`、\s]+/g) ?? []]));
  }

  it('has every word of the help, and no other', async () => {
    const words = handlers.map((handler) => handler.words[0]);
    expect([...(await wordTable()).keys()].sort()).toEqual(words.sort());
  });

  it('has beside each word the others that mean the same', async () => {
    const table = await wordTable();
    for (const { words } of handlers) expect(table.get(words[0] ?? ''), words[0]).toEqual(words.slice(1));
  });

  it('says of each word that is not enabled that it is not', async () => {
    const manual = await read('docs/manual.md');
    const sentence = manual.split('\n').find((line) => line.includes('尚未启用')) ?? '';
    for (const { words } of notEnabled) expect(sentence).toContain(`「${words[0]}」`);
  });
});
