import { css, html, LitElement, nothing, unsafeCSS } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import uPlotStyle from 'uplot/dist/uPlot.min.css?inline';

/**
 * A live chart of one quantity by epoch: the mean of the batches with the range from least to most (pale), and the
 * validation's values (dark). Drag to zoom, double-click to go back; the crosshair's values stand below. The server's side is
 * LiveChart.java, which sends each bucket once.
 */
@customElement('live-chart')
export class LiveChart extends LitElement {
  static styles = [
    unsafeCSS(uPlotStyle),
    css`
      :host { display: block; min-width: 0; }
      h2 { margin: 0 0 .25rem; font-size: 1.05rem; }
      .plot { height: 15rem; }
      p { margin: 0; color: var(--dl-muted); font-size: .85rem; min-height: 1.35em; }
      b { color: var(--dl-text); font-variant-numeric: tabular-nums; }
      .key { display: flex; flex-wrap: wrap; gap: 0 1rem; }
      .key i { display: inline-block; width: .9rem; height: .5rem; margin-right: .35rem; border-radius: .15rem; }
      .help { font-size: .75rem; }
      @media (pointer: coarse) { .help { display: none; } }
    `,
  ];

  @property() heading = '';
  @property({ type: Boolean }) percent = false;
  @property() epochLabel = '';
  @property() trainingLabel = '';
  @property() rangeLabel = '';
  @property() validationLabel = '';
  @property() bestLabel = '';
  @property() lastLabel = '';
  @property() help = '';
  @query('.plot') private plot!: HTMLElement;
  @state() private validations: number[] = [];
  /** What the crosshair points at: epoch, mean, least, most, validation. */
  @state() private pointed: (number | null | undefined)[] = [];
  @state() private colours = PALETTE.light;

  /** Epochs at which buckets end, and what they hold. */
  private epochs: number[] = [];
  private mean: number[] = [];
  private least: number[] = [];
  private most: number[] = [];
  private chart?: uPlot;
  private frame = 0;
  private sizes = new ResizeObserver(() => this.chart?.setSize(this.size()));
  private themes = new MutationObserver(() => this.build());

  render() {
    const [epoch, mean, least, most, validation] = this.pointed;
    return html`
      <h2>${this.heading}</h2>
      <p>${this.summary()}</p>
      <div class="plot" role="img" aria-label=${this.heading}></div>
      <p class="key">
        <span><i style="background:${this.colours.pale}"></i>${this.trainingLabel} <b>${this.format(mean)}</b></span>
        <span><i style="background:${this.colours.range}"></i>${this.rangeLabel}
          <b>${least == null ? nothing : `${this.format(least)} … ${this.format(most)}`}</b></span>
        <span><i style="background:${this.colours.dark}"></i>${this.validationLabel} <b>${this.format(validation)}</b></span>
        ${epoch == null ? nothing : html`<span>${this.epochLabel} <b>${decimals(epoch, 2)}</b></span>`}
      </p>
      <p class="help">${this.help}</p>`;
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
  }

  clear() {
    this.epochs = [];
    this.mean = [];
    this.least = [];
    this.most = [];
    this.validations = [];
    this.repaint();
  }

  /** Takes buckets `from`…, each `width` epochs wide; the ones before stay. */
  addBuckets(width: number, from: number, mean: number[], least: number[], most: number[]) {
    this.epochs.length = this.mean.length = this.least.length = this.most.length = from;
    mean.forEach((_, i) => this.epochs.push((from + i + 1) * width));
    this.mean.push(...mean);
    this.least.push(...least);
    this.most.push(...most);
    this.repaint();
  }

  /** Takes the validation's values from epoch `first` on. */
  addValidations(first: number, values: number[]) {
    this.validations = [...this.validations.slice(0, first - 1), ...values];
    this.repaint();
  }

  private summary() {
    if (this.validations.length === 0) return nothing;
    const best = this.percent ? Math.max(...this.validations) : Math.min(...this.validations);
    const at = this.validations.indexOf(best) + 1;
    return html`${this.validationLabel}: ${this.bestLabel} <b>${this.format(best)}</b> (${this.epochLabel} ${at}),
      ${this.lastLabel} <b>${this.format(this.validations.at(-1))}</b>`;
  }

  private format(value: number | null | undefined) {
    if (value == null) return '';
    return this.percent ? `${decimals(100 * value, 2)}\u00a0%` : significant(value, 4);
  }

  private data() {
    const ends = this.validations.map((_, i) => i + 1);
    return uPlot.join([
      [this.epochs, this.mean, this.least, this.most],
      [ends, this.validations],
    ]);
  }

  private build() {
    this.chart?.destroy();
    this.colours = document.documentElement.dataset.theme === 'dark' ? PALETTE.dark : PALETTE.light;
    const { text, grid, pale, range, dark } = this.colours;
    const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    const line = { spanGaps: true, points: { show: false } };
    const tick = (value: number) =>
      this.percent ? `${significant(+(100 * value).toFixed(3), 6)}\u00a0%` : significant(+value.toPrecision(6), 6);
    this.chart = new uPlot(
      {
        ...this.size(),
        legend: { show: false },
        scales: { x: { time: false }, y: { range: chart => this.bounds(chart) } },
        axes: [
          { ...axis, size: 34, values: (_, ticks) => ticks.map(value => significant(value, 6)) },
          { ...axis, size: 58, values: (_, ticks) => ticks.map(tick) },
        ],
        series: [
          {},
          { ...line, stroke: pale, width: 1.5 },
          { ...line, stroke: 'transparent' },
          { ...line, stroke: 'transparent' },
          { stroke: dark, width: 2.5, spanGaps: true, points: { show: true, size: 6, fill: dark } },
        ],
        bands: [{ series: [3, 2], fill: range }],
        cursor: { drag: { x: true, y: false } },
        hooks: { setCursor: [chart => this.point(chart)] },
      },
      this.data(),
      this.plot,
    );
  }

  private point(chart: uPlot) {
    const at = chart.cursor.idx;
    this.pointed = at == null ? [] : chart.data.map(column => column[at]);
  }

  /** What is shown of the y axis: the means and the validation's values; the range of single batches may reach beyond. */
  private bounds(chart: uPlot): [number, number] {
    const [from, to] = [chart.scales.x.min ?? 0, chart.scales.x.max ?? Infinity];
    const seen = [
      ...this.mean.filter((_, i) => this.epochs[i] >= from && this.epochs[i] <= to),
      ...this.validations.filter((_, i) => i + 1 >= from && i + 1 <= to),
    ].filter(Number.isFinite);
    if (seen.length === 0) return [0, 1];
    const low = Math.min(...seen);
    const high = Math.max(...seen);
    const room = (high - low || high || 1) * 0.06;
    return [Math.max(0, low - room), this.percent ? Math.min(1, high + room) : high + room];
  }

  private size() {
    return { width: Math.max(200, this.plot.clientWidth), height: Math.max(120, this.plot.clientHeight) };
  }

  /** However much arrives, once a frame. */
  private repaint() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.chart?.setData(this.data());
    });
  }
}

/** Numbers as the page's language writes them: "0.042", "0,042". */
function significant(value: number, digits: number) {
  return value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: digits });
}

function decimals(value: number, digits: number) {
  return value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Training pale, validation dark (which in dark mode is bright). */
const PALETTE = {
  light: { text: '#56646f', grid: '#e3e8ec', pale: '#7fb2d8', range: 'rgb(127 178 216 / 28%)', dark: '#0b4f7d' },
  dark: { text: '#9aa9b7', grid: '#26313c', pale: '#5d93bb', range: 'rgb(93 147 187 / 30%)', dark: '#a6dbff' },
};
