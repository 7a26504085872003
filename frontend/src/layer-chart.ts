import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type uPlot from 'uplot';
import { ChartBase, LINE, percents, powerOfTen, significant, type Look } from './chart-base';

/**
 * A live chart of one quantity of every layer by epoch. Either shares of 1, or logarithms to the base 10, which the axis
 * writes as what they are of; a band marks what is healthy. The server's side is LayerChart.java.
 */
@customElement('layer-chart')
export class LayerChart extends ChartBase {
  @property({ type: Array }) layers: string[] = [];
  /** From and to, on the axis; empty: nothing is marked. */
  @property({ type: Array }) healthy: number[] = [];
  @property() healthyLabel = '';
  @state() private last: (number | null)[] = [];

  private epochs: number[] = [];
  private columns: (number | null)[][] = [];

  clear() {
    this.epochs = [];
    this.columns = this.layers.map(() => []);
    this.last = [];
    this.zoomed = null;
    this.repaint();
  }

  /** Takes further looks into the network: when, and a column for each layer. */
  add(epochs: number[], columns: (number | null)[][]) {
    this.epochs.push(...epochs);
    columns.forEach((column, layer) => (this.columns[layer] ??= []).push(...column));
    this.last = this.columns.map(column => column.findLast(value => value != null) ?? null);
    this.repaint();
  }

  updated(changed: Map<string, unknown>) {
    if (changed.has('layers') && this.chart) this.build();
  }

  protected head() {
    const { healthy } = this.colours;
    return this.healthy.length
      ? html`<p class="key summary"><span><i style="background:${healthy}; height: .9rem"></i>${this.healthyLabel}</span></p>`
      : html``;
  }

  protected key() {
    const values = this.pointed[0] == null ? this.last : this.pointed.slice(1);
    return this.layers.map((name, layer) => html`
      <span><i style="background:${this.colour(layer)}"></i>${layer + 1} · ${name} <b>${this.format(values[layer])}</b></span>`);
  }

  private colour(layer: number) {
    return this.colours.layers[layer % this.colours.layers.length];
  }

  protected override format(value: number | null | undefined) {
    if (value == null) return '';
    return this.percent ? percents(value, 1) : power(value);
  }

  protected data() {
    return [this.epochs, ...this.layers.map((_, layer) => this.columns[layer] ?? [])] as uPlot.AlignedData;
  }

  protected look() {
    return {
      series: this.layers.map((_, layer) => ({
        ...LINE,
        stroke: this.colour(layer),
        width: 2,
        dash: layer < this.colours.layers.length ? undefined : [6, 4],
      })),
      stripe: this.healthy.length ? { from: this.healthy[0], to: this.healthy[1], fill: this.colours.healthy } : undefined,
    } satisfies Look;
  }

  protected override tick(value: number) {
    return this.percent ? `${significant(+(100 * value).toFixed(2), 4)}\u00a0%` : power(value);
  }

  protected bounds(from: number, to: number): [number, number] {
    if (this.percent) return [0, 1];
    let [low, high] = this.healthy.length ? this.healthy : [Infinity, -Infinity];
    for (const column of this.columns) {
      column.forEach((value, i) => {
        if (value != null && this.epochs[i] >= from && this.epochs[i] <= to) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      });
    }
    return low > high ? [-3, 0] : [low - 0.3, high + 0.3];
  }
}

/** What a logarithm is of: "0.001", and "10⁻⁷" where that would be long. */
function power(logarithm: number) {
  if (logarithm > -3.5 && logarithm < 4) return significant(10 ** logarithm, 2);
  const exponent = Math.floor(logarithm + 1e-9);
  const mantissa = 10 ** (logarithm - exponent);
  return mantissa < 1.05 ? powerOfTen(exponent) : `${significant(mantissa, 2)}·${powerOfTen(exponent)}`;
}
