import { inflateSync } from 'node:zlib';

/** RGBA, eight bits each, not interlaced: what the QR library writes. */
const PIXEL = 4;
const KIND = '0806000000';

/** Whether the middle of each square of a black and white PNG is black. @param across how many squares there are in a row */
export function modulesIn(png: Buffer, across: number): boolean[][] {
  const { width, height, rows } = pixelsOf(png);
  if (width !== height || width % across !== 0)
    throw new Error(`${width} × ${height} is no ${across} squares`);
  const side = width / across;
  const middle = (index: number) => index * side + Math.floor(side / 2);
  return Array.from({ length: across }, (_, y) =>
    Array.from({ length: across }, (__, x) => (rows[middle(y)]?.[middle(x) * PIXEL] ?? 0) < 128),
  );
}

function pixelsOf(png: Buffer): { width: number; height: number; rows: Buffer[] } {
  const data: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const chunk = png.subarray(at + 8, at + 8 + length);
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') data.push(chunk);
    if (type === 'IHDR') {
      [width, height] = [chunk.readUInt32BE(0), chunk.readUInt32BE(4)];
      if (chunk.toString('hex', 8) !== KIND) throw new Error('not eight bits of RGBA each');
    }
    at += length + 12;
  }
  return { width, height, rows: unfiltered(inflateSync(Buffer.concat(data)), width * PIXEL, height) };
}

/** Each row begins with the way in which it was written as differences to what is left of it and above it. */
function unfiltered(bytes: Buffer, length: number, height: number): Buffer[] {
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const filter = bytes[y * (length + 1)];
    const row = Buffer.from(bytes.subarray(y * (length + 1) + 1, (y + 1) * (length + 1)));
    const above = rows.at(-1) ?? Buffer.alloc(length);
    for (let x = 0; x < length; x += 1) {
      const [left, up, corner] = [row[x - PIXEL] ?? 0, above[x] ?? 0, above[x - PIXEL] ?? 0];
      const foreseen = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter ?? 0] ?? 0;
      row[x] = ((row[x] ?? 0) + foreseen) & 0xff;
    }
    rows.push(row);
  }
  return rows;
}

/** Of the three the one that is nearest to left + up − corner. */
function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
