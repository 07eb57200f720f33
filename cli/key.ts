import type { Command } from 'commander';
import { type FiledKey, readKeyFile } from '../ledger/key-file.ts';
import { type Rotation, rotateKeys } from '../ledger/key-rotation.ts';
import { removableKey, removeKey } from '../ledger/remove-key.ts';
import { usesOfKeys } from '../ledger/rewrap-all.ts';
import { CommandFailed } from './command-failed.ts';
import type { Desk } from './commands.ts';

/** A running program looks at the key file whenever it seals; what it is about to write then is soon written. */
const TAKEN_UP_MS = 2000;

interface Options {
  json?: boolean;
}

export function addKey(program: Command, desk: Desk): void {
  const command = program.command('key').description('The keys that everything confidential is sealed with');
  command
    .command('list')
    .description('the keys in the key file, and how many values of the database each has sealed')
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const keys = await desk.withStore(async (store) => {
        const uses = await usesOfKeys(store);
        const { current, keys: filed } = readKeyFile(desk.environment().keyFile);
        return filed.map((key) => listed(key, current, uses.get(key.id) ?? 0));
      });
      desk.print(keys, options.json, keys.map(keyLine));
    });
  command
    .command('rotate')
    .description('seal with a new key, and wrap anew whatever another has sealed; the service may run')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => rotate(desk, options));
  command
    .command('remove <id>')
    .description('take a retired key out of the key file; backups that need it can never be read again')
    .option('--yes', 'remove it, once you know that no backup which needs it is wanted any more')
    .action((id: string, options: { yes?: boolean }) => remove(desk, id, options.yes === true));
}

/** What stands in the database needs it no more; what lies elsewhere is not known here, so it is asked about. */
async function remove(desk: Desk, id: string, isSure: boolean): Promise<void> {
  const { keyFile } = desk.environment();
  await desk.withStore(async (store) => {
    for (const line of backupsThatNeed(await removableKey(store, keyFile, id))) desk.say(line);
    if (isSure) return removeKey(store, keyFile, id, desk.now());
    desk.say(`Key ${id} was not removed. To remove it for good: key remove ${id} --yes`);
    throw new CommandFailed('key remove was not confirmed');
  });
  desk.print({ removed: id }, false, [`Key ${id} is no longer in ${keyFile}.`]);
}

/** A backup that was made up to the end of the rotation may hold values under the old key. */
const backupsThatNeed = ({ id, retiredAt }: FiledKey): string[] => [
  `Backups made before ${retiredAt} need key ${id}; without it, they can never be read.`,
  'Keep a copy of the key file of that time for as long as you keep them, or make a new backup and discard them first.',
];

async function rotate(desk: Desk, options: Options): Promise<void> {
  const { keyFile } = desk.environment();
  const rotation = await desk.withStore((store) =>
    rotateKeys(store, { keyFile, at: desk.now(), takenUpMs: TAKEN_UP_MS, say: desk.say }),
  );
  desk.print(rotation, options.json, rotationLines(rotation));
  if (rotation.broken.length > 0) throw new CommandFailed('some values do not open');
}

const rotationLines = ({ current, retired, rewrapped, broken }: Rotation): string[] => [
  `Key ${current} seals now; ${rewrapped} value(s) were wrapped anew.`,
  ...(retired.length > 0 ? [`Retired, and kept for older backups: ${retired.join(', ')}.`] : []),
  ...(broken.length > 0 ? [`Left as they are, since they do not open: ${broken.join(', ')}.`] : []),
];

type ListedKey = Omit<FiledKey, 'key'> & { state: 'current' | 'in use' | 'retired'; values: number };

function listed({ id, madeAt, retiredAt }: FiledKey, current: string, values: number): ListedKey {
  const state = id === current ? 'current' : retiredAt === undefined ? 'in use' : 'retired';
  return { id, state, madeAt, ...(retiredAt !== undefined && { retiredAt }), values };
}

const keyLine = ({ id, state, madeAt, retiredAt, values }: ListedKey): string =>
  `${id}  ${state}, made ${madeAt}${retiredAt ? `, retired ${retiredAt}` : ''}, ${values} value(s)`;
