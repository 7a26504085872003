/** Rubbing out lines that are kept as points. Pure: strokes in, strokes out. */

const FINEST = 0.01; // of the sheet: how exactly a line is cut

/**
 * The strokes without what lies within `radius` of the way from one point to another; a stroke that is cut becomes two.
 * Strokes that the eraser does not touch are the same objects as before.
 */
export function erase(strokes, from, to, radius) {
  return strokes.flatMap(stroke => {
    const line = refined(stroke);
    const isGone = point => distanceToLine(from, to, point) < radius;
    return line.some(isGone) ? cut(line, isGone) : [stroke];
  });
}

function cut(line, isGone) {
  const parts = [[]];
  for (const point of line) {
    if (!isGone(point)) parts.at(-1).push(point);
    else if (parts.at(-1).length > 0) parts.push([]);
  }
  return parts.filter(part => part.length > 1); // a single point left over is a crumb
}

/** The same line with points close enough to be cut anywhere. */
function refined(stroke) {
  return stroke.flatMap((to, i) => {
    const from = stroke[Math.max(0, i - 1)];
    const pieces = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / FINEST));
    return Array.from({ length: pieces }, (_, k) => [0, 1].map(axis => from[axis] + ((to[axis] - from[axis]) * (k + 1)) / pieces));
  });
}

function distanceToLine(from, to, point) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const [px, py] = [point[0] - from[0], point[1] - from[1]];
  const square = dx * dx + dy * dy;
  const along = square > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0;
  return Math.hypot(px - along * dx, py - along * dy);
}
