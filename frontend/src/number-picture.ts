import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { significant } from './chart-base';
import { bytes, paint, SIGNED_GRADIENT } from './pictures';

/**
 * One picture of numbers with its legend: an image, pixels that count, or the outputs of a layer, a cell for each neuron.
 * What the pointer or the arrow keys are at is said below; a click or Enter fires "cell" with its number.
 * The server's side is NumberPicture.java.
 */
@customElement('number-picture')
export class NumberPicture extends LitElement {
  static styles = css`
    :host { display: block; min-width: 0; }
    h3 { margin: 0 0 .3rem; font-size: .85rem; font-weight: 600; }
    .frame { position: relative; width: min(100%, var(--picture-width, 12rem)); }
    canvas { width: 100%; image-rendering: pixelated; display: block; border-radius: .25rem; }
    canvas.pickable { cursor: pointer; }
    canvas:focus-visible { outline: 3px solid var(--dl-accent); outline-offset: 2px; }
    .mark { position: absolute; box-sizing: border-box; border: 2px solid var(--dl-text); outline: 1px solid var(--dl-surface); pointer-events: none; }
    .legend { display: flex; gap: .5rem; align-items: center; margin-top: .3rem; font-size: .75rem; color: var(--dl-muted);
      font-variant-numeric: tabular-nums; }
    .legend i { flex: 0 1 6rem; height: .5rem; border-radius: .2rem; }
    p { margin: .2rem 0 0; font-size: .75rem; color: var(--dl-muted); min-height: 1.3em; font-variant-numeric: tabular-nums; }
  `;

  @property() heading = '';
  @property() cells = '';
  @property({ type: Number }) columns = 28;
  /** What the full colour means; zero: this is an image. */
  @property({ type: Number }) most = 0;
  @property({ type: Boolean }) pickable = false;
  @property({ type: Number }) picked = -1;
  /** What a cell is called: "neuron". */
  @property() cellLabel = '';
  @query('canvas') private canvas!: HTMLCanvasElement;
  @state() private pointed = -1;
  private numbers = new Uint8Array();

  render() {
    this.numbers = bytes(this.cells);
    return html`
      ${this.heading ? html`<h3>${this.heading}</h3>` : nothing}
      <div class="frame">
        <canvas class=${this.pickable ? 'pickable' : ''} role="img" aria-label=${this.heading} tabindex=${this.pickable ? 0 : -1}
          @pointermove=${(event: PointerEvent) => { this.pointed = this.at(event); }} @pointerleave=${() => { this.pointed = -1; }}
          @click=${(event: PointerEvent) => this.pick(this.at(event))} @keydown=${this.onKey}></canvas>
        ${this.mark()}
      </div>
      ${this.most > 0 ? html`<div class="legend"><span>−${significant(this.most, 2)}</span>
        <i style="background:${SIGNED_GRADIENT}"></i><span>${significant(this.most, 2)}</span></div>` : nothing}
      ${this.cellLabel ? html`<p aria-live="polite">${this.words()}</p>` : nothing}`;
  }

  updated() {
    paint(this.canvas, this.numbers, this.columns, this.most > 0);
  }

  private mark() {
    const at = this.pointed >= 0 && this.pickable ? this.pointed : this.picked;
    if (at < 0 || at >= this.numbers.length) return nothing;
    const rows = Math.ceil(this.numbers.length / this.columns);
    const [x, y] = [at % this.columns, Math.floor(at / this.columns)];
    return html`<div class="mark" style="left:${(100 * x) / this.columns}%; top:${(100 * y) / rows}%;
      width:${100 / this.columns}%; height:${100 / rows}%"></div>`;
  }

  private words() {
    const at = this.pointed >= 0 ? this.pointed : this.picked;
    if (at < 0 || at >= this.numbers.length) return nothing;
    const byte = (this.numbers[at] << 24) >> 24;
    return `${this.cellLabel} ${at}: ${significant((byte / 127) * this.most, 3)}`;
  }

  private at(event: PointerEvent) {
    const box = this.canvas.getBoundingClientRect();
    const rows = Math.ceil(this.numbers.length / this.columns);
    const x = Math.floor(((event.clientX - box.left) / box.width) * this.columns);
    const y = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const cell = y * this.columns + x;
    return x >= 0 && x < this.columns && cell >= 0 && cell < this.numbers.length ? cell : -1;
  }

  private pick(cell: number) {
    if (!this.pickable || cell < 0) return;
    this.picked = cell;
    this.dispatchEvent(new CustomEvent('cell', { detail: cell }));
  }

  private onKey(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns }[event.key];
    const at = Math.max(0, this.pointed >= 0 ? this.pointed : this.picked);
    if (step !== undefined) {
      event.preventDefault();
      this.pointed = Math.min(this.numbers.length - 1, Math.max(0, at + step));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.pick(at);
    }
  }
}
