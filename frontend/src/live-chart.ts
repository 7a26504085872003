import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import { ChartBase, LINE, type Look } from './chart-base';

/** Buckets of steps: where they end, in epochs, and what they hold. */
interface Buckets {
  epochs: number[];
  mean: number[];
  least: number[];
  most: number[];
}

/** Up to so many epochs each is marked by a dot. */
const FEW_EPOCHS = 60;
const BOUND = { ...LINE, stroke: 'transparent', points: { show: false } };

/**
 * A live chart of one quantity by epoch: the mean of the batches with the range from least to most (pale), the mean smoothed,
 * and the validation's values (dark). The server's side is LiveChart.java, which sends each bucket once, and finer ones of
 * the span that is zoomed to.
 */
@customElement('live-chart')
export class LiveChart extends ChartBase {
  @property() trainingLabel = '';
  @property() smoothedLabel = '';
  @property() smoothingLabel = '';
  @property() logLabel = '';
  @property() rangeLabel = '';
  @property() validationLabel = '';
  @property() bestLabel = '';
  @property() lastLabel = '';
  @state() private validations: number[] = [];
  @state() private smoothing = 0.8;
  @state() private logarithmic = false;

  private epochs: number[] = [];
  private mean: number[] = [];
  private least: number[] = [];
  private most: number[] = [];
  private fine: Buckets | null = null;

  clear() {
    this.epochs = [];
    this.mean = [];
    this.least = [];
    this.most = [];
    this.fine = null;
    this.validations = [];
    this.zoomed = null;
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

  /** Takes finer buckets of the span that is zoomed to; the first ends at epoch `first`. */
  showFine(first: number, width: number, mean: number[], least: number[], most: number[]) {
    this.fine = { epochs: mean.map((_, i) => first + i * width), mean, least, most };
    this.repaint();
  }

  /** Takes the validation's values from epoch `first` on. */
  addValidations(first: number, values: number[]) {
    this.validations = [...this.validations.slice(0, first - 1), ...values];
    this.repaint();
  }

  protected override zoom(span: [number, number] | null) {
    this.fine = null;
    super.zoom(span);
  }

  protected head() {
    return html`<span>
      ${this.percent ? nothing : html`<label><input type="checkbox" .checked=${this.logarithmic} @change=${this.onLog}>${this.logLabel}</label>`}
      <label>${this.smoothingLabel}<input type="range" min="0" max="0.99" step="0.01" .value=${String(this.smoothing)}
        @input=${this.onSmoothing}></label></span>
      <p class="summary">${this.summary()}</p>`;
  }

  protected key() {
    const [, mean, least, most, smoothed, validation] = this.pointed;
    return html`
      <span><i style="background:${this.colours.pale}"></i>${this.trainingLabel} <b>${this.format(mean)}</b></span>
      <span><i style="background:${this.colours.smooth}"></i>${this.smoothedLabel} <b>${this.format(smoothed)}</b></span>
      <span><i style="background:${this.colours.range}"></i>${this.rangeLabel}
        <b>${least == null ? nothing : `${this.format(least)} … ${this.format(most)}`}</b></span>
      <span><i style="background:${this.colours.dark}"></i>${this.validationLabel} <b>${this.format(validation)}</b></span>`;
  }

  private onSmoothing(event: Event) {
    this.smoothing = +(event.target as HTMLInputElement).value;
    this.repaint();
  }

  private onLog(event: Event) {
    this.logarithmic = (event.target as HTMLInputElement).checked;
    this.build();
  }

  private summary() {
    if (this.validations.length === 0) return nothing;
    const best = this.validations.reduce((a, b) => (this.percent ? Math.max(a, b) : Math.min(a, b)));
    const at = this.validations.indexOf(best) + 1;
    return html`${this.validationLabel}: ${this.bestLabel} <b>${this.format(best)}</b> (${this.epochLabel} ${at}),
      ${this.lastLabel} <b>${this.format(this.validations.at(-1))}</b>`;
  }

  /** The finer buckets of the span that is zoomed to, or all. */
  private shown(): Buckets {
    return this.fine ?? { epochs: this.epochs, mean: this.mean, least: this.least, most: this.most };
  }

  protected data() {
    const { epochs, mean, least, most } = this.shown();
    const ends = this.validations.map((_, i) => i + 1);
    return uPlot.join([
      [epochs, mean, least, most, this.smoothed(mean)],
      [ends, this.validations],
    ]);
  }

  /** An exponential mean of what came before, freed of the pull of its beginning. */
  private smoothed(values: number[]) {
    let sum = 0;
    let weight = 0;
    return values.map(value => {
      if (value == null) return value;
      sum = this.smoothing * sum + (1 - this.smoothing) * value;
      weight = this.smoothing * weight + (1 - this.smoothing);
      return sum / weight;
    });
  }

  protected look() {
    const { pale, smooth, range, dark } = this.colours;
    return {
      distr: this.logarithmic ? 3 : 1,
      series: [
        { ...LINE, stroke: pale, width: 1.25 },
        { ...BOUND },
        { ...BOUND },
        { ...LINE, stroke: smooth, width: 2 },
        { stroke: dark, width: 2.5, spanGaps: true, points: { show: () => this.validations.length <= FEW_EPOCHS, size: 6, fill: dark } },
      ],
      bands: [{ series: [3, 2], fill: range }],
    } satisfies Look;
  }

  /** The means and the validation's values; the range of single batches may reach beyond. */
  protected bounds(from: number, to: number): [number, number] {
    const { epochs, mean } = this.shown();
    let low = Infinity;
    let high = -Infinity;
    const take = (value: number) => {
      if (value != null && Number.isFinite(value) && (value > 0 || !this.logarithmic)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    };
    epochs.forEach((epoch, i) => epoch >= from && epoch <= to && take(mean[i]));
    this.validations.forEach((value, i) => i + 1 >= from && i + 1 <= to && take(value));
    if (low > high) return this.logarithmic ? [0.1, 1] : [0, 1];
    if (this.logarithmic) return [low / 1.2, high * 1.2];
    return this.withRoom(low, high);
  }
}
