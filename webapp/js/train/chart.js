/** A small line chart: what training does to one quantity. Training is pale, the test dark; pointing reads values. */
import { sharp } from '../pad/pictures.js';
import { compact } from '../texts.js';

const MOST_POINTS = 800;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 10, 8, 22];

export class Chart {
  #canvas;
  #format;
  #series = { training: [], test: [] };
  #pointer = null;
  #frame = 0;

  /** `format` writes a value; `most` is the top of the scale where it is known. */
  constructor(canvas, { format, most }) {
    this.#canvas = canvas;
    this.#format = format;
    this.most = most;
    canvas.addEventListener('pointermove', event => { this.#pointer = event.offsetX; this.#paint(); });
    canvas.addEventListener('pointerleave', () => { this.#pointer = null; this.#paint(); });
    new ResizeObserver(() => this.#paint()).observe(canvas);
    new MutationObserver(() => this.#paint()).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  clear() {
    this.#series = { training: [], test: [] };
    this.#paint();
  }

  /** Adds a point to 'training' or 'test'; x is how many images were seen. */
  add(name, x, y) {
    if (!Number.isFinite(y)) return;
    this.#series[name].push({ x, y });
    if (this.#series[name].length > MOST_POINTS) this.#series[name] = this.#series[name].filter((_, i) => i % 2 === 1);
    this.#paint();
  }

  values(name) {
    return this.#series[name].map(point => point.y);
  }

  #paint() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw() {
    const [width, height] = [this.#canvas.clientWidth, this.#canvas.clientHeight];
    if (width === 0) return;
    const pen = sharp(this.#canvas, width, height);
    const style = getComputedStyle(this.#canvas);
    const colour = name => style.getPropertyValue(`--dl-${name}`);
    const all = [...this.#series.training, ...this.#series.test];
    const rightmost = Math.max(1, ...all.map(point => point.x));
    const top = this.most ?? Math.max(0.1, ...all.map(point => point.y)) * 1.05;
    const x = value => LEFT + (value / rightmost) * (width - LEFT - RIGHT);
    const y = value => height - BOTTOM - (Math.min(value, top) / top) * (height - TOP - BOTTOM);
    pen.font = '11px system-ui, sans-serif';
    pen.fillStyle = colour('muted');
    pen.strokeStyle = colour('line');
    pen.lineWidth = 1;
    pen.textAlign = 'right';
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      pen.fillText(this.#format(share * top), LEFT - 6, y(share * top) + 4);
      line(pen, [[LEFT, y(share * top)], [width - RIGHT, y(share * top)]]);
    }
    pen.fillText(compact(rightmost), width - RIGHT, height - 6);
    this.#drawSeries(pen, this.#series.training, colour('bar'), 1.5, x, y);
    this.#drawSeries(pen, this.#series.test, colour('accent'), 2.5, x, y);
    if (this.#pointer !== null && all.length > 0) this.#drawCrosshair(pen, x, y, { height, width, rightmost, colour });
  }

  #drawSeries(pen, points, colour, width, x, y) {
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = width;
    pen.lineJoin = 'round';
    line(pen, points.map(point => [x(point.x), y(point.y)]));
    const last = points.at(-1);
    if (!last) return;
    pen.beginPath();
    pen.arc(x(last.x), y(last.y), width + 1, 0, 2 * Math.PI);
    pen.fill();
  }

  #drawCrosshair(pen, x, y, { height, width, rightmost, colour }) {
    const at = ((this.#pointer - LEFT) / (width - LEFT - RIGHT)) * rightmost;
    const nearest = points => points.reduce((best, point) => (Math.abs(point.x - at) < Math.abs(best.x - at) ? point : best));
    const found = Object.values(this.#series).filter(points => points.length > 0).map(nearest);
    pen.lineWidth = 1;
    pen.strokeStyle = colour('muted');
    line(pen, [[x(found[0].x), TOP], [x(found[0].x), height - BOTTOM]]);
    pen.textAlign = this.#pointer > width / 2 ? 'right' : 'left';
    pen.fillStyle = colour('text');
    pen.fillText(found.map(point => this.#format(point.y)).join(' · '), x(found[0].x) + (this.#pointer > width / 2 ? -6 : 6), TOP + 10);
  }
}

function line(pen, points) {
  pen.beginPath();
  points.forEach(([x, y], i) => pen[i === 0 ? 'moveTo' : 'lineTo'](x, y));
  pen.stroke();
}
