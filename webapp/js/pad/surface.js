/**
 * The sheet one draws on: strokes of a finger, a pen, a mouse or the arrow keys. Keeps them as lists of [x, y] in a square
 * of side 1, y downwards, so that they survive every change of size. Knows nothing of networks.
 */
const PEN_WIDTH = 0.07;
const KEY_STEP = 1 / 28;

export class Surface extends EventTarget {
  strokes = [];
  #canvas;
  #context;
  #pointer = null;
  #cursor = { x: 0.5, y: 0.3, down: false, shown: false };

  constructor(canvas) {
    super();
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    canvas.addEventListener('pointerdown', event => this.#begin(event));
    canvas.addEventListener('pointermove', event => this.#follow(event));
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, event => this.#end(event));
    canvas.addEventListener('contextmenu', event => event.preventDefault());
    canvas.addEventListener('keydown', event => this.#key(event));
    canvas.addEventListener('blur', () => this.#showCursor(false));
    new ResizeObserver(() => this.#paint()).observe(canvas);
  }

  get isEmpty() {
    return this.strokes.length === 0;
  }

  undo() {
    this.strokes.pop();
    this.#changed();
  }

  clear() {
    this.strokes = [];
    this.#changed();
  }

  #begin(event) {
    if (this.#pointer !== null || event.button !== 0) return; // a second finger or another button draws nothing
    this.#pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#cursor.down = false;
    this.#showCursor(false);
    this.strokes.push([this.#place(event)]);
    this.#changed();
  }

  #follow(event) {
    if (event.pointerId !== this.#pointer) return;
    // the browser gathers several positions for a frame: all of them belong to the line
    const events = event.getCoalescedEvents?.() ?? [];
    this.strokes.at(-1).push(...(events.length ? events : [event]).map(each => this.#place(each)));
    this.#changed();
  }

  #end(event) {
    if (event.pointerId === this.#pointer) this.#pointer = null;
  }

  #place(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  #key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) this.#move(step[0] * KEY_STEP, step[1] * KEY_STEP);
    else if (event.key === ' ') this.#lowerOrLift();
    else if (event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) this.undo();
    else if (event.key === 'Delete') this.clear();
    else return;
    event.preventDefault();
  }

  #move(dx, dy) {
    const keep = value => Math.min(1, Math.max(0, value));
    this.#cursor.x = keep(this.#cursor.x + dx);
    this.#cursor.y = keep(this.#cursor.y + dy);
    if (this.#cursor.down && !this.isEmpty) this.strokes.at(-1).push([this.#cursor.x, this.#cursor.y]);
    this.#showCursor(true);
    this.#changed();
  }

  #lowerOrLift() {
    this.#cursor.down = !this.#cursor.down;
    if (this.#cursor.down) this.strokes.push([[this.#cursor.x, this.#cursor.y]]);
    this.#showCursor(true);
    this.#changed();
  }

  #showCursor(shown) {
    if (!shown) this.#cursor.down = false;
    if (this.#cursor.shown === shown) return;
    this.#cursor.shown = shown;
    this.#paint();
  }

  #changed() {
    this.#paint();
    this.dispatchEvent(new Event('change'));
  }

  #paint() {
    const side = Math.max(1, Math.round(this.#canvas.clientWidth * devicePixelRatio));
    if (this.#canvas.width !== side) this.#canvas.width = this.#canvas.height = side;
    const pen = this.#context;
    pen.fillStyle = '#000';
    pen.fillRect(0, 0, side, side);
    pen.strokeStyle = '#fff';
    pen.lineWidth = PEN_WIDTH * side;
    pen.lineCap = pen.lineJoin = 'round';
    pen.beginPath();
    for (const stroke of this.strokes) {
      stroke.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x * side, y * side) : pen.lineTo(x * side, y * side)));
      if (stroke.length === 1) pen.lineTo(stroke[0][0] * side, stroke[0][1] * side);
    }
    pen.stroke();
    if (this.#cursor.shown) this.#paintCursor(pen, side);
  }

  #paintCursor(pen, side) {
    pen.strokeStyle = '#4bb0ee';
    pen.lineWidth = 2 * devicePixelRatio;
    pen.beginPath();
    pen.arc(this.#cursor.x * side, this.#cursor.y * side, (PEN_WIDTH * side) / 2, 0, 2 * Math.PI);
    pen.stroke();
    if (!this.#cursor.down) return;
    pen.fillStyle = '#4bb0ee';
    pen.fill();
  }
}
