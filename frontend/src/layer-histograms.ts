import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { significant } from './chart-base';

/** How the outputs of one layer spread. */
interface Spread {
  name: string;
  low: number;
  high: number;
  counts: number[];
}

const WIDTH = 240;
const HEIGHT = 72;

/**
 * How the outputs of every layer spread, when one of the looks into the network was taken: a slider goes through them and
 * fires "look" with its number. Orange below zero, grey at zero, blue above. The server's side is LayerHistograms.java.
 */
@customElement('layer-histograms')
export class LayerHistograms extends LitElement {
  static styles = css`
    :host { display: block; min-width: 0; }
    ::slotted(save-figure) { float: inline-end; }
    h2 { margin: 0 0 .25rem; font-size: 1.05rem; }
    .all { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: .75rem 1rem; }
    figure { margin: 0; }
    figcaption { font-size: .85rem; color: var(--dl-muted); }
    svg { width: 100%; height: 4.5rem; display: block; border-bottom: 1px solid var(--dl-line); }
    .ends { display: flex; justify-content: space-between; font-size: .75rem; color: var(--dl-muted); font-variant-numeric: tabular-nums; }
    label { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-top: .5rem; color: var(--dl-muted); font-size: .85rem; }
    input { flex: 1; min-width: 8rem; accent-color: var(--dl-accent); }
    p { margin: .4rem 0 0; color: var(--dl-muted); font-size: .75rem; }
  `;

  @property() heading = '';
  @property() help = '';
  @property() epochLabel = '';
  /** How many looks there are. */
  @property({ type: Number }) looks = 0;
  @state() private spreads: Spread[] = [];
  @state() private epoch = 0;
  @state() private look = 0;

  /** Shows look number `look`, which was taken at that epoch. */
  show(look: number, epoch: number, spreads: Spread[]) {
    this.look = look;
    this.epoch = epoch;
    this.spreads = spreads;
  }

  render() {
    return html`
      <slot></slot><h2>${this.heading}</h2>
      <div class="all">${this.spreads.map(spread => this.figure(spread))}</div>
      ${this.looks < 2 ? nothing : html`
        <label>${this.epochLabel} ${significant(this.epoch, 3)}
          <input type="range" min="0" max=${this.looks - 1} step="1" .value=${String(this.look)} @input=${this.onSlide}></label>`}
      <p class="keys">${this.help}</p>`;
  }

  private figure({ name, low, high, counts }: Spread) {
    const most = Math.max(1, ...counts);
    const wide = WIDTH / counts.length;
    const bar = (count: number, i: number) => {
      const middle = low + ((i + 0.5) / counts.length) * (high - low);
      const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
      return svg`<rect x=${i * wide} y=${HEIGHT - height} width=${wide - 1} height=${height} fill=${signed(middle, low, high)}></rect>`;
    };
    return html`<figure>
      <figcaption>${name}</figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${name}>${counts.map(bar)}</svg>
      <div class="ends"><span>${significant(low, 2)}</span><span>${significant(high, 2)}</span></div>
    </figure>`;
  }

  private onSlide(event: Event) {
    const look = +(event.target as HTMLInputElement).value;
    this.dispatchEvent(new CustomEvent('look', { detail: look }));
  }
}

/** Zero-centred: orange below zero, grey at zero, blue above. */
function signed(value: number, low: number, high: number) {
  const share = Math.min(1, Math.abs(value) / Math.max(1e-9, Math.abs(low), Math.abs(high)));
  return `color-mix(in srgb, ${value < 0 ? '#f59322' : '#0877bd'} ${Math.round(25 + 75 * share)}%, #c3cad0)`;
}
