import { css, html, LitElement, nothing, svg, unsafeCSS } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import uPlotStyle from 'uplot/dist/uPlot.min.css?inline';
import { exportButtons, exportStyle, type KeyEntry } from './chart-export';

/** One curve by epoch; `spread` is the standard deviation over seeds, where there are several. */
interface Curve {
  label: string;
  /** Which colour of the palette; curves of one plan share it. */
  colour: number;
  values: number[];
  spread?: number[];
}

/**
 * Curves of several runs over each other, in colours that eyes of every kind can tell apart, and with dashes besides. Drag to
 * zoom, double-click to go back; the key shows the values at the crosshair. The server's side is CompareChart.java.
 */
@customElement('compare-chart')
export class CompareChart extends LitElement {
  static styles = [
    unsafeCSS(uPlotStyle),
    exportStyle,
    css`
      :host { display: block; min-width: 0; }
      h2 { margin: 0 0 .25rem; font-size: 1.05rem; }
      .plot { height: 18rem; }
      ul { list-style: none; margin: .25rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem 1rem; font-size: .85rem;
        color: var(--dl-muted); max-height: 9rem; overflow-y: auto; }
      li { display: flex; align-items: center; gap: .4rem; min-width: 0; overflow-wrap: anywhere; }
      b { color: var(--dl-text); font-variant-numeric: tabular-nums; white-space: nowrap; }
      p { margin: .25rem 0 0; color: var(--dl-muted); font-size: .75rem; }
      @media (pointer: coarse) { .help { display: none; } }
    `,
  ];

  @property() heading = '';
  @property({ type: Boolean }) percent = false;
  @property() epochLabel = '';
  @property() help = '';
  @property() svgLabel = '';
  @property() pngLabel = '';
  @query('.plot') private plot!: HTMLElement;
  @state() private curves: Curve[] = [];
  @state() private pointed: number | null = null;
  @state() private dark = false;
  private chart?: uPlot;
  private sizes = new ResizeObserver(() => this.chart?.setSize(this.size()));
  private themes = new MutationObserver(() => this.build());

  render() {
    const epoch = this.pointed;
    return html`
      ${exportButtons({ svg: this.svgLabel, png: this.pngLabel }, this.heading, () => this.chart, () => this.key())}
      <h2>${this.heading}</h2>
      <div class="plot" role="img" aria-label=${this.heading}></div>
      <ul>
        ${this.curves.map(curve => html`<li>${this.swatch(curve)} ${curve.label} ${this.value(curve, epoch)}</li>`)}
        ${epoch == null ? nothing : html`<li>${this.epochLabel} <b>${epoch}</b></li>`}
      </ul>
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

  /** Shows these curves instead of those before. */
  setCurves(curves: Curve[]) {
    const same = this.chart && curves.length === this.curves.length && curves.every((c, i) => !c.spread === !this.curves[i].spread);
    this.curves = curves;
    if (same) this.chart!.setData(this.data());
    else if (this.plot) this.build();
  }

  private swatch(curve: Curve) {
    return html`<svg width="26" height="6" aria-hidden="true">${svg`<path d="M0 3h26" stroke=${this.colour(curve)} stroke-width="3"
      stroke-dasharray=${dash(curve)?.join(' ') ?? nothing} />`}</svg>`;
  }

  private value(curve: Curve, epoch: number | null) {
    const at = (epoch ?? curve.values.length) - 1;
    const value = curve.values[at];
    if (value == null) return nothing;
    const spread = curve.spread?.[at];
    return html`<b>${this.format(value)}${spread == null ? nothing : ` ± ${this.format(spread)}`}</b>`;
  }

  private key(): KeyEntry[] {
    return this.curves.map(curve => ({ label: curve.label, colour: this.colour(curve), dash: dash(curve) }));
  }

  private colour(curve: Curve) {
    const palette = this.dark ? PALETTE.dark : PALETTE.light;
    return `rgb(${palette[curve.colour % palette.length]})`;
  }

  private format(value: number) {
    return this.percent ? `${decimals(100 * value, 2)}\u00a0%` : significant(value, 4);
  }

  /** Epochs, then each curve, followed by its upper and lower bound where it has a spread. */
  private data(): uPlot.AlignedData {
    const longest = Math.max(1, ...this.curves.map(curve => curve.values.length));
    const columns: (number | null)[][] = this.curves.flatMap(({ values, spread }) => {
      const column = (value: (i: number) => number) => Array.from({ length: longest }, (_, i) => (i < values.length ? value(i) : null));
      const mean = column(i => values[i]);
      return spread ? [mean, column(i => values[i] + spread[i]), column(i => values[i] - spread[i])] : [mean];
    });
    return [Array.from({ length: longest }, (_, i) => i + 1), ...columns] as uPlot.AlignedData;
  }

  private build() {
    this.chart?.destroy();
    this.dark = document.documentElement.dataset.theme === 'dark';
    const style = getComputedStyle(document.documentElement);
    const [text, grid] = ['--dl-muted', '--dl-line'].map(name => style.getPropertyValue(name).trim());
    const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    const tick = (value: number) =>
      this.percent ? `${significant(+(100 * value).toFixed(3), 6)}\u00a0%` : significant(+value.toPrecision(6), 6);
    const series: uPlot.Series[] = [{}];
    const bands: uPlot.Band[] = [];
    for (const curve of this.curves) {
      const stroke = this.colour(curve);
      const points = { show: curve.values.length < 60, size: 5, fill: stroke };
      series.push({ stroke, width: 2, dash: dash(curve), points });
      if (curve.spread) {
        const bound = { stroke: 'transparent', points: { show: false } };
        bands.push({ series: [series.length, series.length + 1], fill: stroke.replace(')', ' / 18%)') });
        series.push(bound, bound);
      }
    }
    this.chart = new uPlot(
      {
        ...this.size(),
        legend: { show: false },
        scales: { x: { time: false }, y: { range: (_, low, high) => this.bounds(low, high) } },
        axes: [
          { ...axis, size: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] },
          { ...axis, size: 58, values: (_, ticks) => ticks.map(tick) },
        ],
        series,
        bands,
        cursor: { drag: { x: true, y: false } },
        hooks: { setCursor: [chart => (this.pointed = chart.cursor.idx == null ? null : chart.data[0][chart.cursor.idx])] },
      },
      this.data(),
      this.plot,
    );
  }

  private bounds(low: number | null, high: number | null): [number, number] {
    if (low == null || high == null) return [0, 1];
    const room = (high - low || high || 1) * 0.06;
    return [Math.max(0, low - room), this.percent ? Math.min(1, high + room) : high + room];
  }

  private size() {
    return { width: Math.max(200, this.plot.clientWidth), height: Math.max(120, this.plot.clientHeight) };
  }
}

/** Colours repeat after the palette's end, with other dashes. */
function dash(curve: Curve) {
  return [undefined, [8, 4], [2, 3], [10, 3, 2, 3]][Math.floor(curve.colour / PALETTE.light.length) % 4];
}

/** Numbers as the page's language writes them: "0.042", "0,042". */
function significant(value: number, digits: number) {
  return value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: digits });
}

function decimals(value: number, digits: number) {
  return value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Okabe and Ito's colours without the yellow, which white paper swallows; brighter ones for dark pages. */
const PALETTE = {
  light: ['0 114 178', '213 94 0', '0 158 115', '204 121 167', '90 90 90', '86 180 233', '230 159 0'],
  dark: ['86 180 233', '255 140 80', '60 200 155', '230 160 200', '190 190 190', '130 150 255', '240 190 60'],
};
