import { css, html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import { ChartBase, significant, type Look } from './chart-base';

/** One curve by epoch; `spread` is the standard deviation over seeds, where there are several. */
interface Curve {
  label: string;
  /** Which colour of the palette; curves of one plan share it. */
  colour: number;
  values: number[];
  spread?: number[];
}

/** Up to so many epochs each is marked by a dot. */
const FEW_EPOCHS = 60;

/**
 * Curves of several runs over each other, in colours that eyes of every kind can tell apart, and with dashes besides; a curve's
 * value at the crosshair, or else its last, stands in the key. The server's side is CompareChart.java.
 */
@customElement('compare-chart')
export class CompareChart extends ChartBase {
  static override styles = [
    ...ChartBase.styles,
    css`
      .plot { height: 18rem; }
      .key { max-height: 9rem; overflow-y: auto; }
      .key span { white-space: normal; overflow-wrap: anywhere; min-width: 0; }
      .key svg { vertical-align: middle; margin-right: .3rem; }
      b { white-space: nowrap; }
    `,
  ];

  @state() private curves: Curve[] = [];

  /** Shows these curves instead of those before. */
  setCurves(curves: Curve[]) {
    const same = curves.length === this.curves.length
      && curves.every((curve, i) => !curve.spread === !this.curves[i].spread && curve.colour === this.curves[i].colour);
    this.curves = curves;
    if (same) this.repaint();
    else if (this.chart) this.build();
  }

  protected head() {
    return nothing;
  }

  protected key() {
    const epoch = this.pointed[0];
    return this.curves.map(curve => html`<span class="curve">${this.swatch(curve)}${curve.label} ${this.value(curve, epoch)}</span>`);
  }

  private swatch(curve: Curve) {
    return html`<svg width="26" height="6" aria-hidden="true">${svg`<path d="M0 3h26" stroke=${this.colour(curve)} stroke-width="3"
      stroke-dasharray=${this.dash(curve)?.join(' ') ?? nothing} />`}</svg>`;
  }

  private value(curve: Curve, epoch: number | null | undefined) {
    const at = (epoch ?? curve.values.length) - 1;
    const value = curve.values[at];
    if (value == null) return nothing;
    const spread = curve.spread?.[at];
    return html`<b>${this.format(value)}${spread == null ? nothing : ` ± ${this.percent ? this.format(spread) : significant(spread, 2)}`}</b>`;
  }

  private colour(curve: Curve) {
    const { plans } = this.colours;
    return `rgb(${plans[curve.colour % plans.length]})`;
  }

  /** Colours repeat after the palette's end, with other dashes. */
  private dash(curve: Curve) {
    return [undefined, [8, 4], [2, 3], [10, 3, 2, 3]][Math.floor(curve.colour / this.colours.plans.length) % 4];
  }

  /** Epochs, then each curve, followed by its upper and lower bound where it has a spread. */
  protected data(): uPlot.AlignedData {
    const longest = Math.max(1, ...this.curves.map(curve => curve.values.length));
    const columns: (number | null)[][] = this.curves.flatMap(({ values, spread }) => {
      const column = (value: (i: number) => number) => Array.from({ length: longest }, (_, i) => (i < values.length ? value(i) : null));
      const mean = column(i => values[i]);
      return spread ? [mean, column(i => values[i] + spread[i]), column(i => values[i] - spread[i])] : [mean];
    });
    return [Array.from({ length: longest }, (_, i) => i + 1), ...columns] as uPlot.AlignedData;
  }

  protected look(): Look {
    const series: uPlot.Series[] = [];
    const bands: uPlot.Band[] = [];
    for (const curve of this.curves) {
      const stroke = this.colour(curve);
      series.push({ stroke, width: 2, dash: this.dash(curve), points: { show: curve.values.length <= FEW_EPOCHS, size: 5, fill: stroke } });
      if (curve.spread) {
        const bound = { stroke: 'transparent', points: { show: false } };
        bands.push({ series: [series.length + 1, series.length + 2], fill: stroke.replace(')', ' / 18%)') });
        series.push(bound, bound);
      }
    }
    return { series, bands, whole: true };
  }

  /** The curves with their spread. */
  protected bounds(from: number, to: number): [number, number] {
    const shown = this.curves.flatMap(({ values, spread }) => values.flatMap((value, i) =>
      i + 1 < from || i + 1 > to ? [] : [value - (spread?.[i] ?? 0), value + (spread?.[i] ?? 0)]));
    if (shown.length === 0) return [0, 1];
    return this.withRoom(Math.min(...shown), Math.max(...shown));
  }
}
