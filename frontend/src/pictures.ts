/** Paints numbers as pictures: images as they are, signed numbers in the colours that mean the same everywhere in Digit Lab. */

/** Orange below zero, grey at zero, blue above. */
const NEGATIVE = [0xf5, 0x93, 0x22];
const ZERO = [0xe8, 0xea, 0xeb];
const POSITIVE = [0x08, 0x77, 0xbd];

/** The colour of a number between −1 and 1. */
export function signed(value: number): [number, number, number] {
  const end = value < 0 ? NEGATIVE : POSITIVE;
  const share = Math.min(1, Math.abs(value));
  return ZERO.map((zero, i) => Math.round(zero + (end[i] - zero) * share)) as [number, number, number];
}

/** Bytes as they came over the wire. */
export function bytes(base64: string) {
  return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
}

/** Paints cells row by row; signed ones are bytes of −127 to 127, the others 0 (black) to 255 (white). */
export function paint(canvas: HTMLCanvasElement, cells: Uint8Array, columns: number, isSigned: boolean) {
  if (cells.length === 0) return; // nothing has come yet
  const rows = Math.ceil(cells.length / columns);
  canvas.width = columns;
  canvas.height = rows;
  const pixels = new ImageData(columns, rows);
  cells.forEach((byte, i) => {
    const colour = isSigned ? signed(((byte << 24) >> 24) / 127) : [byte, byte, byte];
    pixels.data.set([...colour, 255], 4 * i);
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}

/** A bar from orange to blue, for a legend. */
export const SIGNED_GRADIENT = `linear-gradient(to right, rgb(${NEGATIVE}), rgb(${ZERO}), rgb(${POSITIVE}))`;
