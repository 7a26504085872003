/** Paints numbers: images, and signed numbers in the colours that mean the same everywhere in Digit Lab. */

/** The colours of signed numbers: orange below zero, grey at zero, blue above. */
const NEGATIVE = [0xf5, 0x93, 0x22];
const ZERO = [0xe8, 0xea, 0xeb];
const POSITIVE = [0x08, 0x77, 0xbd];

/** The colour of a number between −1 and 1, as [red, green, blue]. */
export function signed(value) {
  const end = value < 0 ? NEGATIVE : POSITIVE;
  const share = Math.min(1, Math.abs(value));
  return ZERO.map((zero, i) => Math.round(zero + (end[i] - zero) * share));
}

/** A 28×28 image of bytes, as it is: 255 is white. */
export function imagePixels(image) {
  const pixels = new ImageData(28, 28);
  const words = new Uint32Array(pixels.data.buffer); // opaque, then three times the same
  for (let i = 0; i < 784; i++) words[i] = 0xff000000 | (image[i] * 0x010101);
  return pixels;
}

/** 28×28 signed numbers; the largest has the full colour. */
export function signedPixels(values) {
  const most = strongest(values);
  const pixels = new ImageData(28, 28);
  for (let i = 0; i < 784; i++) pixels.data.set([...signed(values[i] / most), 255], 4 * i);
  return pixels;
}

/** The largest size of all numbers, never zero: what they are shown in proportion to. */
export function strongest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
}

/** Makes a canvas as sharp as the screen; returns its context, which then counts in CSS pixels. */
export function sharp(canvas, width, height) {
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const pen = canvas.getContext('2d');
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

const small = document.createElement('canvas');
small.width = small.height = 28;

/** Paints 28×28 pixels into a square, each with hard edges. */
export function paintPixels(pen, pixels, x, y, side) {
  small.getContext('2d').putImageData(pixels, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small, x, y, side, side);
}
