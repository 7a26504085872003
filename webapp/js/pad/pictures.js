/** Paints what a network sees and thinks: numbers in, pixels out. */

/** The colours of signed numbers: orange below zero, grey at zero, blue above. */
const NEGATIVE = [0xf5, 0x93, 0x22];
const ZERO = [0xe8, 0xea, 0xeb];
const POSITIVE = [0x08, 0x77, 0xbd];

/** The colour of a number between −1 and 1. */
export function signedColour(value) {
  const end = value < 0 ? NEGATIVE : POSITIVE;
  const share = Math.min(1, Math.abs(value));
  return `rgb(${ZERO.map((zero, i) => Math.round(zero + (end[i] - zero) * share)).join(' ')})`;
}

/** Paints a 28×28 image of bytes, white ink on black, pixel by pixel. */
export function paintImage(canvas, image) {
  const pixels = new ImageData(28, 28);
  for (let i = 0; i < 784; i++) {
    pixels.data.fill(image[i], 4 * i, 4 * i + 3);
    pixels.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d').putImageData(pixels, 0, 0);
}

const DOT = 15; // CSS pixels from neuron to neuron

/** Paints a layer: a ring for each neuron, filled the more the stronger its output is against the layer's strongest. */
export function paintLayer(canvas, outputs) {
  const most = Math.max(8, Math.floor(canvas.parentElement.clientWidth / DOT));
  const rows = Math.ceil(outputs.length / most);
  const columns = Math.ceil(outputs.length / rows);
  const cell = DOT * devicePixelRatio;
  canvas.width = Math.round(columns * cell);
  canvas.height = Math.round(rows * cell);
  canvas.style.width = `${columns * DOT}px`;
  const pen = canvas.getContext('2d');
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.lineWidth = devicePixelRatio;
  const strongest = outputs.reduce((most, output) => Math.max(most, Math.abs(output)), 1e-6);
  outputs.forEach((output, i) => {
    const share = output / strongest;
    const x = ((i % columns) + 0.5) * cell;
    const y = (Math.floor(i / columns) + 0.5) * cell;
    disc(pen, x, y, cell * 0.4);
    pen.stroke();
    disc(pen, x, y, cell * 0.4 * Math.sqrt(Math.abs(share)));
    pen.fillStyle = signedColour(share);
    pen.fill();
  });
}

function disc(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}
