import { css, html, LitElement, nothing, unsafeCSS } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import uPlotStyle from 'uplot/dist/uPlot.min.css?inline';
import { chartVectors, type Stripe } from './chart-vectors';
import type { DrawsVectors } from './figure';

/**
 * How the columns look, without that of the epochs; their bands; a stripe behind them all; 3 for a logarithmic y axis; whether
 * there is nothing between whole epochs.
 */
export type Look = Pick<uPlot.Options, 'series' | 'bands'> & { stripe?: Stripe; distr?: 1 | 3; whole?: boolean };

/**
 * What all charts by epoch have in common: drag to zoom, double-click to go back, a crosshair whose values stand below, the
 * same by touch and by keys, colours for light and dark; and its picture as vectors. It keeps a zoom while new values come. Fires "zoom"
 * with {from, to} in epochs, or with nothing when all is shown again.
 */
export abstract class ChartBase extends LitElement implements DrawsVectors {
  static styles = [
    unsafeCSS(uPlotStyle),
    css`
      :host { display: block; min-width: 0; }
      .head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
      h2 { margin: 0; font-size: 1.05rem; flex: 1 0 auto; }
      .summary { flex-basis: 100%; order: 1; }
      .plot { height: 15rem; border-radius: .4rem; touch-action: pan-y; }
      .plot:focus-visible { outline: 3px solid var(--dl-accent); outline-offset: 2px; }
      p { margin: 0; color: var(--dl-muted); font-size: .85rem; min-height: 1.35em; }
      b { color: var(--dl-text); font-variant-numeric: tabular-nums; }
      .show-all { font: inherit; font-size: .8rem; color: var(--dl-accent); background: none; border: 1px solid currentColor; border-radius: .4rem;
        padding: .1rem .5rem; cursor: pointer; }
      .show-all:focus-visible { outline: 3px solid var(--dl-accent); outline-offset: 2px; }
      .key { display: flex; flex-wrap: wrap; gap: 0 1rem; }
      .key span { white-space: nowrap; }
      .key i { display: inline-block; width: .9rem; height: .5rem; margin-right: .35rem; border-radius: .15rem; }
      .help { font-size: .75rem; margin-top: .15rem; }
      .head > span { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
      label { display: inline-flex; gap: .4rem; align-items: center; color: var(--dl-muted); font-size: .8rem; }
      input[type='range'] { width: 6rem; accent-color: var(--dl-accent); }
      @media (pointer: coarse) { .with-keys { display: none; } }
    `,
  ];

  @property() heading = '';
  @property() help = '';
  @property() keys = '';
  @property() epochLabel = '';
  @property() allLabel = '';
  /** Whether values are shares of 1. */
  @property({ type: Boolean }) percent = false;
  @query('.plot') protected plot!: HTMLElement;
  /** What the crosshair points at: a value of each column, epochs first. */
  @state() protected pointed: (number | null | undefined)[] = [];
  @state() protected colours = PALETTE.light;
  protected chart?: uPlot;
  /** What is shown, in epochs, if not all. */
  @state() protected zoomed: [number, number] | null = null;
  private stripe?: Stripe;
  private frame = 0;
  private sizes = new ResizeObserver(() => this.chart?.setSize(this.size()));
  private themes = new MutationObserver(() => this.build());

  /** Epochs first, then a column for each series; nothing where there is no value. */
  protected abstract data(): uPlot.AlignedData;

  protected abstract look(): Look;

  /** What is shown of the y axis for what is shown of the x axis. */
  protected abstract bounds(from: number, to: number): [number, number];

  /** A value of the y axis as text. */
  protected tick(value: number) {
    return this.percent ? `${significant(+(100 * value).toFixed(3), 6)}\u00a0%` : significant(+value.toPrecision(6), 6);
  }

  /** A value in the key. */
  protected format(value: number | null | undefined) {
    if (value == null) return '';
    return this.percent ? percents(value, 2) : significant(value, 4);
  }

  /** From low to high with some room beyond, where there is a beyond. */
  protected withRoom(low: number, high: number): [number, number] {
    const room = (high - low || high || 1) * 0.06;
    return [Math.max(0, low - room), this.percent ? Math.min(1, high + room) : high + room];
  }

  /** Above the plot and below it. */
  protected abstract head(): unknown;
  protected abstract key(): unknown;

  render() {
    const epoch = this.pointed[0];
    return html`
      <div class="head"><h2>${this.heading}</h2>${this.head()}
        ${this.zoomed ? html`<button class="show-all" type="button" @click=${() => this.zoom(null)}>${this.allLabel}</button>` : nothing}<slot></slot></div>
      <div class="plot" role="img" tabindex="0" aria-label="${this.heading}. ${this.keys}" @keydown=${this.onKey}></div>
      <p class="key" aria-live="polite">${this.key()}
        ${epoch == null ? nothing : html`<span>${this.epochLabel} <b>${significant(+epoch.toFixed(2), 9)}</b></span>`}</p>
      <p class="help keys">${this.help} <span class="with-keys">${this.keys}</span></p>`;
  }

  firstUpdated() {
    this.build();
    this.sizes.observe(this.plot);
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.themes.disconnect();
    this.chart?.destroy();
    this.chart = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated(); // moved within the page
  }

  vectors() {
    return this.chart ? chartVectors(this.chart, this.stripe) : '';
  }

  /** However much arrives, once a frame. */
  protected repaint() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  protected build() {
    this.chart?.destroy();
    this.colours = document.documentElement.dataset.theme === 'dark' ? PALETTE.dark : PALETTE.light;
    const { text, grid } = this.colours;
    const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    const { series, bands, stripe, distr, whole } = this.look();
    this.stripe = stripe;
    this.chart = new uPlot(
      {
        ...this.size(),
        legend: { show: false },
        scales: { x: { time: false }, y: { distr, range: () => this.bounds(...(this.zoomed ?? [-Infinity, Infinity])) } },
        axes: [
          { ...axis, size: 34, incrs: whole ? WHOLE : undefined, values: (_, ticks) => ticks.map(value => significant(value, 6)) },
          { ...axis, size: 58, values: (_, ticks) => ticks.map(value => this.tick(value)) },
        ],
        series: [{}, ...series],
        bands,
        cursor: { drag: { x: true, y: false, setScale: false } },
        hooks: {
          drawClear: [chart => stripe && paintStripe(chart, stripe)],
          setCursor: [chart => this.point(chart)],
          setSelect: [chart => this.select(chart)],
        },
      },
      this.data(),
      this.plot,
    );
    this.chart.over.addEventListener('dblclick', () => this.zoom(null));
    this.chart.over.addEventListener('pointerdown', event => this.touch(event, this.chart!));
    this.paint();
  }

  private point(chart: uPlot) {
    const at = chart.cursor.idx;
    this.pointed = at == null ? [] : chart.data.map(column => column[at]);
  }

  private select(chart: uPlot) {
    const { left, width } = chart.select;
    if (width > 2) this.zoom([chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x')]);
    if (width > 0) chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }

  /** A finger that moves sideways does what a mouse does; up and down it scrolls the page. */
  private touch(down: PointerEvent, chart: uPlot) {
    if (down.pointerType !== 'touch' || !down.isPrimary) return;
    const { over } = chart;
    const box = over.getBoundingClientRect();
    const place = (event: PointerEvent) => Math.min(box.width, Math.max(0, event.clientX - box.left));
    const span = (event: PointerEvent) => {
      const [from, to] = [place(down), place(event)];
      return { left: Math.min(from, to), top: 0, width: Math.abs(to - from), height: box.height };
    };
    const move = (event: PointerEvent) => {
      chart.setCursor({ left: place(event), top: event.clientY - box.top });
      chart.setSelect(span(event), false);
    };
    const end = (event: PointerEvent) => {
      over.removeEventListener('pointermove', move);
      over.removeEventListener('pointerup', end);
      over.removeEventListener('pointercancel', end);
      const { left, top, height, width } = span(event);
      const meant = event.type === 'pointerup' && width > 10;
      chart.setSelect({ left, top, height, width: meant ? width : 0 }, meant);
    };
    over.setPointerCapture(down.pointerId);
    over.addEventListener('pointermove', move);
    over.addEventListener('pointerup', end);
    over.addEventListener('pointercancel', end);
  }

  /** Shows this span of epochs, or all. */
  protected zoom(span: [number, number] | null) {
    this.zoomed = span;
    this.dispatchEvent(new CustomEvent('zoom', { detail: span && { from: span[0], to: span[1] } }));
    this.paint();
  }

  private paint() {
    const chart = this.chart;
    if (!chart) return;
    chart.batch(() => {
      chart.setData(this.data(), this.zoomed === null);
      if (this.zoomed) chart.setScale('x', { min: this.zoomed[0], max: this.zoomed[1] });
    });
  }

  /** ← → move the crosshair, + − zoom where it is, 0 or Escape shows all. */
  private onKey(event: KeyboardEvent) {
    const chart = this.chart;
    const x = chart?.data[0] ?? [];
    if (!chart || x.length === 0) return;
    const [low, high] = [chart.scales.x.min ?? x[0], chart.scales.x.max ?? x[x.length - 1]];
    const first = Math.max(0, x.findIndex(value => value >= low));
    const after = x.findIndex(value => value > high);
    const last = after < 0 ? x.length - 1 : after - 1;
    const at = chart.cursor.idx ?? first - 1;
    const stride = event.shiftKey ? Math.max(1, Math.round((last - first) / 20)) : 1;
    const go = (index: number) => {
      const to = Math.min(last, Math.max(first, index));
      const y = [...chart.data].slice(1).map(column => column[to]).find(value => value != null) ?? 0;
      chart.setCursor({ left: chart.valToPos(x[to], 'x'), top: chart.valToPos(y, 'y') });
    };
    const scale = (factor: number) => {
      const middle = chart.cursor.idx == null ? (low + high) / 2 : x[chart.cursor.idx];
      this.zoom([middle - (middle - low) * factor, middle + (high - middle) * factor]);
    };
    const actions: Record<string, () => void> = {
      ArrowLeft: () => go(at - stride), ArrowRight: () => go(at + stride),
      Home: () => go(first), End: () => go(last),
      '+': () => scale(0.5), '=': () => scale(0.5), '-': () => scale(2),
      0: () => this.zoom(null), Escape: () => this.zoom(null),
    };
    const action = actions[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  }

  private size() {
    return { width: Math.max(200, this.plot.clientWidth), height: Math.max(120, this.plot.clientHeight) };
  }
}

function paintStripe(chart: uPlot, { from, to, fill }: Stripe) {
  const [bottom, top] = [from, to].map(value => chart.valToPos(value, 'y', true));
  const { left, width } = chart.bbox;
  chart.ctx.save();
  chart.ctx.fillStyle = fill;
  chart.ctx.fillRect(left, top, width, bottom - top);
  chart.ctx.restore();
}

/** How far apart whole epochs may be marked. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** A line whose gaps are bridged; a single point is marked, because it makes no line. */
export const LINE = { spanGaps: true, points: { show: (chart: uPlot) => chart.data[0].length < 3 } };

/** Numbers as the page's language writes them: "0.042", "0,042"; huge ones and tiny ones as "6.8·10¹⁴". */
export function significant(value: number, digits: number): string {
  const size = Math.abs(value);
  if (Number.isFinite(value) && size > 0 && (size >= 1e7 || size < 1e-6)) {
    const exponent = Math.floor(Math.log10(size));
    return `${significant(value / 10 ** exponent, digits)}·${powerOfTen(exponent)}`;
  }
  return value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: digits });
}

export function powerOfTen(exponent: number) {
  return `10${String(exponent).replace('-', '⁻').replace(/\d/g, digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[+digit])}`;
}

export function decimals(value: number, digits: number) {
  return value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function percents(value: number, digits: number) {
  return `${decimals(100 * value, digits)}\u00a0%`;
}

/**
 * Training pale, validation dark (which in dark mode is bright). The colours of layers and plans can be told apart by
 * colour-blind eyes (Okabe, Ito 2008).
 */
const PALETTE = {
  light: {
    text: '#56646f', grid: '#e3e8ec', pale: '#a9cbe5', smooth: '#3d8fc6', range: 'rgb(127 178 216 / 24%)', dark: '#0b3f66',
    healthy: 'rgb(0 158 115 / 14%)', surface: '#fff',
    layers: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#5c5c5c'],
    plans: ['0 114 178', '213 94 0', '0 158 115', '204 121 167', '90 90 90', '86 180 233', '230 159 0'],
  },
  dark: {
    text: '#9aa9b7', grid: '#26313c', pale: '#3f6b8c', smooth: '#5fa9da', range: 'rgb(93 147 187 / 26%)', dark: '#d3edff',
    healthy: 'rgb(0 190 140 / 18%)', surface: '#18212a',
    layers: ['#3ba3e0', '#f0b429', '#19c79a', '#e59cc6', '#8fd0f5', '#f5803e', '#b0b0b0'],
    plans: ['86 180 233', '255 140 80', '60 200 155', '230 160 200', '190 190 190', '130 150 255', '240 190 60'],
  },
};
