import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { significant } from './chart-base';
import { bytes, paint, SIGNED_GRADIENT } from './pictures';

/** One picture: what it is called when it is picked, and what stands below it. */
interface Picture {
  id: number;
  cells: string;
  caption: string;
  title: string;
  wrong: boolean;
}

/**
 * Small pictures of equal size: digits, or weights of neurons in signed colours. Fires "pick" with the id of the one that is
 * clicked. The server's side is PictureGallery.java.
 */
@customElement('picture-gallery')
export class PictureGallery extends LitElement {
  static styles = css`
    :host { display: block; min-width: 0; }
    .all { display: grid; grid-template-columns: repeat(auto-fill, minmax(var(--picture-size, 3.6rem), 1fr)); gap: .4rem; }
    button { font: inherit; font-size: .72rem; color: var(--dl-muted); display: grid; gap: .15rem; justify-items: center; padding: .2rem;
      border: 2px solid transparent; border-radius: .4rem; background: none; cursor: pointer; min-width: 0; }
    button:hover { background: var(--dl-track); }
    button:focus-visible { outline: 3px solid var(--dl-accent); }
    button[aria-pressed='true'] { border-color: var(--dl-accent); color: var(--dl-text); }
    button.wrong span { color: color-mix(in srgb, #f59322 70%, var(--dl-text)); }
    canvas { width: 100%; aspect-ratio: 1; image-rendering: pixelated; border-radius: .2rem; display: block; }
    .legend { display: flex; gap: .5rem; align-items: center; margin-top: .6rem; font-size: .75rem; color: var(--dl-muted);
      font-variant-numeric: tabular-nums; }
    .legend i { flex: 0 1 10rem; height: .55rem; border-radius: .2rem; }
  `;

  @property({ type: Array }) pictures: Picture[] = [];
  @property({ type: Number }) columns = 28;
  /** What the full colour means; zero: these are images. */
  @property({ type: Number }) most = 0;
  @property({ type: Number }) picked = -1;

  render() {
    return html`
      <div class="all">${this.pictures.map(picture => html`
        <button type="button" class=${picture.wrong ? 'wrong' : ''} title=${picture.title} aria-pressed=${picture.id === this.picked}
          @click=${() => this.pick(picture.id)}>
          <canvas role="img" aria-label=${picture.title}></canvas><span>${picture.caption}</span>
        </button>`)}</div>
      ${this.most > 0 ? html`<div class="legend"><span>≤ −${significant(this.most, 2)}</span>
        <i style="background:${SIGNED_GRADIENT}"></i><span>≥ ${significant(this.most, 2)}</span></div>` : nothing}`;
  }

  updated() {
    this.renderRoot.querySelectorAll('canvas').forEach((canvas, i) =>
      paint(canvas, bytes(this.pictures[i].cells), this.columns, this.most > 0));
  }

  private pick(id: number) {
    this.picked = id;
    this.dispatchEvent(new CustomEvent('pick', { detail: id }));
  }
}
