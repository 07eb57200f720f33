import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHATS } from '../platform-contract/chats.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFile(root + path, 'utf8');
const DOC = 'docs/adding-a-platform.md';
const EXAMPLE = 'test/extensibility/pager/pager.ts';

/** The members of an interface or class, by its source. */
function membersOf(source: string, name: string): string[] {
  const [, body = ''] =
    new RegExp(`^export (?:interface|class) ${name}\\b[^\\n]*\\{\\n([\\s\\S]*?)^\\}`, 'mu').exec(source) ??
    [];
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gmu)].map(([, member = '']) => member);
}

/** The first cells of the table whose head begins so. */
function rowsUnder(doc: string, head: string): string[] {
  const table = doc.split(`| ${head} |`)[1]?.split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| `(\w+)` \|/gmu)].map(([, cell = '']) => cell);
}

describe('docs/adding-a-platform.md', () => {
  it('shows no code but what stands in the files that it names', async () => {
    const blocks = [...(await read(DOC)).matchAll(/^```(.*)\n([\s\S]*?)^```$/gmu)];
    expect(blocks.length).toBeGreaterThanOrEqual(5);
    for (const [, info = '', code = ''] of blocks) {
      const [, path = ''] = /^ts (\S+)$/u.exec(info) ?? [];
      expect(path, info).not.toBe('');
      expect(await read(path)).toContain(code);
    }
  });

  it('has every member of the interface, of its capabilities and of its failures, and no other', async () => {
    const [doc, source] = [await read(DOC), await read('bot/platform.ts')];
    const members = membersOf(source, 'ChatPlatform');
    expect(members.length).toBeGreaterThan(10);
    expect(rowsUnder(doc, 'member')).toEqual(expect.arrayContaining(members));
    expect(rowsUnder(doc, 'member')).toHaveLength(members.length);
    expect(rowsUnder(doc, 'capability')).toEqual(membersOf(source, 'Capabilities'));
    const failure = membersOf(source, 'SendFailure').filter((member) => member !== 'constructor');
    expect(rowsUnder(doc, 'field')).toEqual(failure);
  });

  it('names files, folders and words that there are', async () => {
    const doc = await read(DOC);
    const paths = [...doc.matchAll(/`([\w.-]+(?:\/[\w.-]+)*(?:\/|\.\w{2,4}))`/gu)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) await access(root + path);
    for (const [word, path] of [
      ['platformSettings', 'bot/platforms.ts'],
      ['CHATS', 'test/platform-contract/chats.ts'],
      ['besideLocal', 'test/platform-contract/beside-local.ts'],
      ['asText', 'bot/as-text.ts'],
      ['travel', 'config/rules.ts'],
      ['over(', 'vitest.config.ts'],
    ] as const) {
      expect(doc).toContain(word);
      expect(await read(path), path).toContain(word);
    }
  });

  it('has an example that runs over the contract in npm test, knows what a platform may know, and is short', async () => {
    const example = await read(EXAMPLE);
    const imports = [...example.matchAll(/ from '([^']+)'/gu)].map(([, from = '']) => from);
    const own = imports.filter((from) => from.startsWith('.'));
    expect(own.length).toBeGreaterThan(1);
    for (const from of own) expect(from).toMatch(/^\.\.\/\.\.\/\.\.\/bot\/[a-z-]+\.ts$/u);
    expect(example.split('\n').length).toBeLessThan(100);
    expect(Object.keys(CHATS)).toContain('pager');
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
    expect(scripts.test).toMatch(/--project pager\b/u);
    const [whole, long] = [scripts.test ?? '', scripts['test:long'] ?? ''];
    for (const chat of Object.keys(CHATS))
      expect(
        [whole, long].filter((script) => `${script} `.includes(`--project ${chat} `)),
        chat,
      ).toHaveLength(1);
  });
});
