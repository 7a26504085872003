import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { paint, round, type DrawsVectors } from './figure';

/** A point: where it is, what it shows, and whether the network takes it for something else. */
interface Point {
  id: number;
  x: number;
  y: number;
  label: number;
  wrong: boolean;
}

/** Ten colours that can be told apart (Tol 2021, "muted", and grey); every point is also written as its digit. */
const COLOURS = ['#332288', '#88ccee', '#44aa99', '#117733', '#999933', '#ddaa33', '#cc6677', '#882255', '#aa4499', '#777777'];
const BRIGHT = ['#8f82e8', '#88ccee', '#44c9b0', '#3fae63', '#c2c24a', '#eebb55', '#ee8899', '#d95f92', '#cf7fd0', '#aaaaaa'];
const MARGIN = 14;

/**
 * A map of points, each a digit in its colour; those that are taken for another stand in a ring. Arrow keys go from point to
 * point; a click or Enter fires "pick" with its id. The server's side is PointMap.java.
 */
@customElement('point-map')
export class PointMap extends LitElement implements DrawsVectors {
  static styles = css`
    :host { display: block; min-width: 0; }
    .frame { position: relative; }
    canvas { width: 100%; height: min(34rem, 80vw); display: block; cursor: pointer; touch-action: pan-y; }
    canvas:focus-visible { outline: 3px solid var(--dl-accent); outline-offset: 2px; border-radius: .4rem; }
    .key { display: flex; flex-wrap: wrap; gap: .25rem .9rem; font-size: .85rem; color: var(--dl-muted); }
    .key b { margin-right: .1rem; }
  `;

  @property({ type: Array }) points: Point[] = [];
  @property() heading = '';
  @property() wrongLabel = '';
  @property({ type: Number }) picked = -1;
  @query('canvas') private canvas!: HTMLCanvasElement;
  @state() private pointed = -1;
  private sizes = new ResizeObserver(() => this.paint());
  private themes = new MutationObserver(() => this.requestUpdate());

  render() {
    const labels = [...new Set(this.points.map(point => point.label))].sort((a, b) => a - b);
    return html`
      <div class="frame"><canvas role="img" tabindex="0" aria-label=${this.heading} @click=${this.onClick} @keydown=${this.onKey}
        @pointermove=${(event: PointerEvent) => { this.pointed = this.nearest(event); }}
        @pointerleave=${() => { this.pointed = -1; }}></canvas></div>
      <div class="key">${labels.map(label => html`<b style="color:${this.colour(label)}">${label}</b>`)}
        ${this.points.some(point => point.wrong) ? html`<span>◯ ${this.wrongLabel}</span>` : nothing}</div>`;
  }

  firstUpdated() {
    this.sizes.observe(this.canvas);
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated(); // moved within the page
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.themes.disconnect();
  }

  updated() {
    this.paint();
  }

  private colour(label: number) {
    return (document.documentElement.dataset.theme === 'dark' ? BRIGHT : COLOURS)[label % 10];
  }

  /** From the map's coordinates to those of the canvas. */
  private place() {
    const [xs, ys] = [this.points.map(point => point.x), this.points.map(point => point.y)];
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    return (point: Point) => [
      MARGIN + ((point.x - left) / (right - left || 1)) * (width - 2 * MARGIN),
      height - MARGIN - ((point.y - low) / (high - low || 1)) * (height - 2 * MARGIN),
    ];
  }

  private paint() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.canvas.width = Math.round(width * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
    const pen = this.canvas.getContext('2d');
    if (!pen || this.points.length === 0) return;
    pen.scale(devicePixelRatio, devicePixelRatio);
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    const place = this.place();
    const style = getComputedStyle(this);
    this.points.forEach((point, i) => {
      const [x, y] = place(point);
      const strong = i === this.pointed || point.id === this.picked;
      pen.font = `600 ${strong ? 20 : 11}px system-ui, sans-serif`;
      pen.fillStyle = pen.strokeStyle = this.colour(point.label);
      if (point.wrong || strong) {
        pen.beginPath();
        pen.arc(x, y, strong ? 13 : 7.5, 0, 2 * Math.PI);
        if (strong) {
          pen.save();
          pen.fillStyle = style.getPropertyValue('--dl-surface');
          pen.fill();
          pen.restore();
        }
        pen.stroke();
      }
      pen.fillText(String(point.label), x, y);
    });
  }

  vectors() {
    const place = this.place();
    return this.points.map(point => {
      const [x, y] = place(point).map(round);
      const colour = this.colour(point.label);
      const ring = point.wrong ? `<circle cx="${x}" cy="${y}" r="7.5" fill="none" ${paint('stroke', colour)}/>` : '';
      return `${ring}<text x="${x}" y="${y + 4}" font-size="11" font-weight="600" text-anchor="middle" ${paint('fill', colour)}>${point.label}</text>`;
    }).join('');
  }

  private nearest(event: PointerEvent) {
    const box = this.canvas.getBoundingClientRect();
    const place = this.place();
    let best = -1;
    let distance = 20 ** 2;
    this.points.forEach((point, i) => {
      const [x, y] = place(point);
      const far = (x - event.clientX + box.left) ** 2 + (y - event.clientY + box.top) ** 2;
      if (far < distance) [best, distance] = [i, far];
    });
    return best;
  }

  private onClick(event: PointerEvent) {
    this.pick(this.nearest(event));
  }

  private pick(index: number) {
    if (index < 0) return;
    this.picked = this.points[index].id;
    this.dispatchEvent(new CustomEvent('pick', { detail: this.picked }));
  }

  private onKey(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (step !== undefined && this.points.length > 0) {
      event.preventDefault();
      this.pointed = (Math.max(0, this.pointed) + step + this.points.length) % this.points.length;
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.pick(this.pointed);
    }
  }
}
