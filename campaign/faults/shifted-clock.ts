import { readFileSync } from 'node:fs';

// Loaded before the program (`node --import`): the machine's clock is off by as many milliseconds as stand in a file.

const FILE = process.env.SHIFTED_CLOCK ?? '';
const LOOKED_AT_EVERY_MS = 50;

const RealDate = Date;
let shiftMs = 0;

const look = () => {
  const shift = Number(readFileSync(FILE, 'utf8'));
  if (Number.isFinite(shift)) shiftMs = shift;
};

class ShiftedDate extends RealDate {
  constructor(given?: number | string | Date) {
    super(given ?? ShiftedDate.now());
  }

  static override now(): number {
    return RealDate.now() + shiftMs;
  }
}

globalThis.Date = new Proxy(ShiftedDate, {
  // `Date()` without `new`, and a date from its parts, are the machine's own affair.
  apply: () => new ShiftedDate().toString(),
  construct: (target, given) =>
    given.length > 1 ? Reflect.construct(RealDate, given) : Reflect.construct(target, given),
}) as unknown as DateConstructor;

look();
setInterval(look, LOOKED_AT_EVERY_MS).unref();
