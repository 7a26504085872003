/** Where the neurons of a network stand in its drawing, and the drawing itself. Numbers in, pixels out. */
import { imagePixels, paintPixels, sharp, signed, strongest } from './pictures.js';

const DOTS = [16, 13, 11, 9, 7, 5.5, 4.5];
const THICKEST = 110; // of a layer, in CSS pixels
const OUTPUT = 30;
const LEAST_GAP = 46;

/**
 * The plan of a drawing: places of the image and of every neuron, in CSS pixels. Wide screens read it from left to right,
 * narrow ones from top to bottom.
 */
export function layOut(sizes, width) {
  const across = width >= 560;
  const breadth = across ? 400 : width;
  const image = across ? Math.min(190, width * 0.22) : Math.min(150, width * 0.45);
  const blocks = sizes.map((size, layer) => (layer === sizes.length - 1 ? outputs(size, breadth) : block(size, breadth)));
  const used = image + blocks.reduce((sum, each) => sum + each.depth, 0);
  const gap = across ? Math.max(LEAST_GAP, (width - used - 14) / sizes.length) : 64;
  const length = used + gap * sizes.length + 14;
  const turned = (along, aside) => (across ? [along, aside] : [aside, along]);
  let at = image + gap;
  const layers = blocks.map(({ depth, radius, places }) => {
    const start = at;
    at += depth + gap;
    return { radius, places: places.map(([along, aside]) => turned(start + along, aside)) };
  });
  const [imageX, imageY] = turned(0, (breadth - image) / 2);
  return {
    width: across ? Math.max(width, length) : width, height: across ? breadth : length,
    across, layers, image: { x: imageX, y: imageY, side: image },
  };
}

function block(size, breadth) {
  const fits = dot => Math.ceil(size / Math.floor(breadth / dot)) * dot <= THICKEST;
  const dot = DOTS.find(fits) ?? DOTS.at(-1);
  const lines = Math.ceil(size / Math.floor(breadth / dot));
  const perLine = Math.ceil(size / lines);
  const step = lines === 1 ? Math.min(breadth / size, 25) : dot;
  const first = (breadth - perLine * step) / 2;
  const places = Array.from({ length: size }, (_, i) =>
    [(Math.floor(i / perLine) + 0.5) * dot, first + ((i % perLine) + 0.5) * step]);
  return { depth: lines * dot, radius: (lines === 1 ? Math.min(step, 18) : dot) * 0.42, places };
}

function outputs(size, breadth) {
  const step = Math.min(breadth / size, 40);
  const first = (breadth - size * step) / 2;
  return { depth: OUTPUT, radius: step * 0.38, places: Array.from({ length: size }, (_, i) => [OUTPUT / 2, first + (i + 0.5) * step]) };
}

/** The neuron at a point of the drawing: {layer, neuron}, or null. */
export function neuronAt(plan, x, y) {
  let best = null;
  let nearest = 14; // fingers are wide
  plan.layers.forEach(({ places }, layer) => places.forEach(([px, py], neuron) => {
    const distance = Math.hypot(px - x, py - y);
    if (distance < nearest) [best, nearest] = [{ layer, neuron }, distance];
  }));
  return best;
}

/**
 * Draws it.
 * @param {object} what plan, sight, links ([{layer, neuron, from, share}]: connections to be seen), chosen neuron, and
 *   whether the answer is `unsure`
 */
export function paintDiagram(canvas, { plan, sight, links, chosen, unsure, colours }) {
  const pen = sharp(canvas, plan.width, plan.height);
  const { x, y, side } = plan.image;
  paintPixels(pen, imagePixels(sight?.image ?? new Uint8Array(784)), x, y, side);
  pen.strokeStyle = colours.line;
  pen.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
  paintLinks(pen, plan, links);
  plan.layers.forEach((layer, l) => {
    const values = sight?.layers[l];
    const isOutput = l === plan.layers.length - 1;
    const most = isOutput ? 1 : strongest(values ?? [0]);
    layer.places.forEach(([px, py], i) => {
      if (isOutput) {
        const share = sight?.probabilities[i] ?? 0;
        output(pen, i, px, py, layer.radius, { share, won: i === sight?.answer && !unsure, colours });
      } else {
        neuron(pen, px, py, layer.radius, (values?.[i] ?? 0) / most, colours);
      }
    });
  });
  if (chosen) ring(pen, plan, chosen, colours);
}

function paintLinks(pen, plan, links) {
  const most = Math.max(1e-9, ...links.map(link => Math.abs(link.share)));
  for (const link of [...links].reverse()) {
    const [tx, ty] = plan.layers[link.layer].places[link.neuron];
    const [fx, fy] = link.layer > 0 ? plan.layers[link.layer - 1].places[link.from] : pixelPlace(plan.image, link.from);
    const share = Math.abs(link.share) / most;
    pen.strokeStyle = `rgb(${signed(Math.sign(link.share)).join(' ')} / ${25 + 65 * share}%)`;
    pen.lineWidth = 0.8 + 3.2 * share;
    pen.beginPath();
    pen.moveTo(fx, fy);
    if (plan.across) pen.bezierCurveTo((fx + tx) / 2, fy, (fx + tx) / 2, ty, tx, ty);
    else pen.bezierCurveTo(fx, (fy + ty) / 2, tx, (fy + ty) / 2, tx, ty);
    pen.stroke();
  }
}

function pixelPlace({ x, y, side }, pixel) {
  return [x + (((pixel % 28) + 0.5) * side) / 28, y + ((Math.floor(pixel / 28) + 0.5) * side) / 28];
}

/** A ring, filled the more the stronger its output is against the strongest of its layer. */
function neuron(pen, x, y, radius, share, colours) {
  disc(pen, x, y, radius);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.stroke();
  if (share === 0) return;
  disc(pen, x, y, radius * Math.sqrt(Math.min(1, Math.abs(share))));
  pen.fillStyle = `rgb(${signed(share).join(' ')})`;
  pen.fill();
}

/** A digit on a disc, which is the more coloured the more probable it is. */
function output(pen, name, x, y, radius, { share, won, colours }) {
  disc(pen, x, y, radius);
  pen.fillStyle = colours.surface;
  pen.fill();
  pen.fillStyle = `rgb(${signed(1).join(' ')} / ${100 * share}%)`;
  pen.fill();
  pen.strokeStyle = won ? colours.accent : colours.line;
  pen.lineWidth = won ? 3 : 1;
  pen.stroke();
  pen.fillStyle = share > 0.5 ? '#fff' : colours.text;
  pen.font = `${won ? 700 : 500} ${Math.round(radius)}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(name, x, y + 0.5);
}

function ring(pen, plan, { layer, neuron: number }, colours) {
  const [x, y] = plan.layers[layer].places[number];
  disc(pen, x, y, plan.layers[layer].radius + 3);
  pen.strokeStyle = colours.text;
  pen.lineWidth = 2;
  pen.stroke();
}

function disc(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}
