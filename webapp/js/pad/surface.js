/**
 * The sheet one draws on: strokes of a finger, a pen, a mouse or the arrow keys, and an eraser. Keeps them as lists of [x, y]
 * in a square of side 1, y downwards, so that they survive every change of size. Knows nothing of networks.
 *
 * Fires "change" after each change and "rest" when the pen is lifted.
 */
import { erase } from './eraser.js';

const KEY_STEP = 1 / 28;
const MOST_UNDO = 200;

export class Surface extends EventTarget {
  strokes = [];
  #penWidth = 0.07;
  #erasing = false;
  #penEraser = false;
  #erasedAt = null;
  #done = []; // the strokes before each change, the latest last
  #undone = [];
  #canvas;
  #context;
  #pointer = null;
  #side = 0; // in CSS pixels; to ask the page each time would make it lay itself out
  #box = null; // where the sheet is while a pointer draws on it
  #frame = 0;
  #painted = null; // what is on the sheet; null if all must be painted again
  #cursor = { x: 0.5, y: 0.3, down: false, shown: false };

  constructor(canvas) {
    super();
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false });
    canvas.addEventListener('pointerdown', event => this.#begin(event));
    canvas.addEventListener('pointermove', event => this.#follow(event));
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, event => this.#end(event));
    canvas.addEventListener('contextmenu', event => event.preventDefault());
    canvas.addEventListener('keydown', event => this.#key(event));
    canvas.addEventListener('blur', () => this.#showCursor(false));
    document.addEventListener('scroll', () => { this.#box = null; }, { capture: true, passive: true });
    new ResizeObserver(([entry]) => {
      this.#side = entry.contentRect.width;
      this.#box = null;
      this.#paint();
    }).observe(canvas);
  }

  get isEmpty() {
    return this.strokes.length === 0;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** How wide the pen draws, in sides of the sheet; all that is drawn has one width. */
  get penWidth() {
    return this.#penWidth;
  }

  set penWidth(width) {
    this.#penWidth = width;
    this.#changed();
  }

  get erasing() {
    return this.#erasing;
  }

  set erasing(on) {
    this.#erasing = on;
    this.#canvas.classList.toggle('erasing', on);
    this.#changed();
  }

  undo() {
    this.#swap(this.#done, this.#undone);
  }

  redo() {
    this.#swap(this.#undone, this.#done);
  }

  clear() {
    if (this.isEmpty) return;
    this.#remember();
    this.strokes = [];
    this.#rest();
  }

  /** Puts other strokes here, as if they had been drawn; one undo takes them back. */
  replace(strokes) {
    this.#remember();
    this.strokes = strokes;
    this.#rest();
  }

  #swap(from, to) {
    if (from.length === 0) return;
    to.push(this.strokes);
    this.strokes = from.pop();
    this.#cursor.down = false;
    this.#rest();
  }

  #remember() {
    this.#done.push(this.strokes);
    if (this.#done.length > MOST_UNDO) this.#done.shift();
    this.#undone = [];
  }

  #begin(event) {
    const draws = event.button === 0 || event.button === 5;
    if (this.#pointer !== null || !draws) return; // a second finger or another button draws nothing
    this.#pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#box = null;
    this.#cursor.down = false;
    this.#showCursor(false);
    this.#penEraser = event.button === 5; // the other end of some pens
    this.#touch(this.#place(event), true);
  }

  #follow(event) {
    if (event.pointerId !== this.#pointer) return;
    // the browser gathers several positions for a frame: all of them belong to the line
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) this.#touch(this.#place(each), false);
  }

  /** The pen, or the eraser, comes to a point. */
  #touch(point, first) {
    if (first) this.#remember();
    if (this.#erasing || this.#penEraser) {
      this.strokes = erase(this.strokes, first ? point : this.#erasedAt, point, Math.max(this.penWidth, 0.06));
      this.#erasedAt = point;
    } else if (first) {
      this.strokes = [...this.strokes, [point]]; // what is remembered stays as it was
    } else {
      this.strokes.at(-1).push(point);
    }
    this.#changed();
  }

  #end(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = null;
    this.#rest();
  }

  #place(event) {
    const box = this.#box ??= this.#canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  #key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (step) this.#move(step[0] * KEY_STEP, step[1] * KEY_STEP);
    else if (event.key === ' ') this.#lowerOrLift();
    else if (command && (key === 'y' || key === 'z' && event.shiftKey)) this.redo();
    else if (event.key === 'Backspace' || command && key === 'z') this.undo();
    else if (event.key === 'Delete') this.clear();
    else if (key === 'e' && !command && !event.altKey) this.erasing = !this.erasing;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(dx, dy) {
    const keep = value => Math.min(1, Math.max(0, value));
    this.#cursor.x = keep(this.#cursor.x + dx);
    this.#cursor.y = keep(this.#cursor.y + dy);
    this.#showCursor(true);
    if (this.#cursor.down) this.#touch([this.#cursor.x, this.#cursor.y], false);
    else this.#paint();
  }

  #lowerOrLift() {
    this.#cursor.down = !this.#cursor.down;
    this.#showCursor(true);
    if (this.#cursor.down) this.#touch([this.#cursor.x, this.#cursor.y], true);
    else this.#rest();
  }

  #showCursor(shown) {
    if (!shown) this.#cursor.down = false;
    if (this.#cursor.shown === shown) return;
    this.#cursor.shown = shown;
    this.#paint();
  }

  #rest() {
    this.#changed();
    this.dispatchEvent(new Event('rest'));
  }

  #changed() {
    this.#paint();
    this.dispatchEvent(new Event('change'));
  }

  /** Paints at the next frame, once. */
  #paint() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const side = Math.max(1, Math.round(this.#side * Math.min(2, devicePixelRatio)));
      const place = { scale: side, left: 0, top: 0 };
      const pen = this.#context;
      const more = this.#canvas.width === side && this.#growth();
      if (this.#canvas.width !== side) this.#canvas.width = this.#canvas.height = side;
      pen.strokeStyle = '#fff';
      if (more) {
        strokePath(pen, more, place, this.#penWidth * side);
      } else {
        pen.fillStyle = '#000';
        pen.fillRect(0, 0, side, side);
        strokePath(pen, this.strokes, place, this.#penWidth * side);
      }
      if (this.#cursor.shown) this.#paintCursor(pen, side);
      const last = this.strokes.at(-1);
      this.#painted = this.#cursor.shown ? null : { before: this.strokes.slice(0, -1), last, points: last?.length, width: this.#penWidth };
    });
  }

  /** What was drawn since the sheet was painted, if that is all that has changed; slow devices paint no more than that. */
  #growth() {
    const { before, last, points, width } = this.#painted ?? {};
    const known = last ? [...before, last] : [];
    const same = this.#painted && width === this.#penWidth && !this.#cursor.shown && known.every((stroke, i) => this.strokes[i] === stroke);
    if (!same) return null;
    const grown = last ? [last.slice(points - 1)] : [];
    return [...grown, ...this.strokes.slice(known.length)];
  }

  #paintCursor(pen, side) {
    pen.strokeStyle = pen.fillStyle = this.#erasing ? '#f59322' : '#4bb0ee';
    pen.lineWidth = 2 * devicePixelRatio;
    pen.beginPath();
    pen.arc(this.#cursor.x * side, this.#cursor.y * side, (this.penWidth * side) / 2, 0, 2 * Math.PI);
    pen.stroke();
    if (this.#cursor.down) pen.fill();
  }
}

/** Draws strokes in the context's colour, each point at x · scale + left, y · scale + top. */
export function strokePath(pen, strokes, { scale, left, top }, width) {
  pen.lineWidth = width;
  pen.lineCap = pen.lineJoin = 'round';
  pen.beginPath();
  for (const stroke of strokes) {
    stroke.forEach(([x, y], i) => pen[i === 0 ? 'moveTo' : 'lineTo'](x * scale + left, y * scale + top));
    if (stroke.length === 1) pen.lineTo(stroke[0][0] * scale + left, stroke[0][1] * scale + top);
  }
  pen.stroke();
}
