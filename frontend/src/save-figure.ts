import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { figureOf } from './figure';

const PNG_SCALE = 2;

/** Two small buttons that save what stands in their parent as a picture, see figure.ts. The server's side is SaveFigure.java. */
@customElement('save-figure')
export class SaveFigure extends LitElement {
  static styles = css`
    :host { display: inline-flex; gap: .1rem; flex: none; }
    button { font: inherit; font-size: .7rem; font-weight: 600; letter-spacing: .03em; line-height: 1.4; padding: .15rem .4rem;
      color: var(--dl-muted); background: none; border: 0; border-radius: .35rem; cursor: pointer; }
    button:first-child::before { content: '↓ '; }
    button:hover { color: var(--dl-accent); background: var(--dl-track); }
    button:focus-visible { outline: 3px solid var(--dl-accent); }
    @media (pointer: coarse) { button { padding: .6rem .7rem; } }
  `;

  /** What the picture shows. */
  @property() heading = '';
  @property() svgLabel = '';
  @property() pngLabel = '';

  render() {
    return html`
      <button type="button" title=${this.svgLabel} aria-label="${this.svgLabel}: ${this.heading}" @click=${this.saveSvg}>SVG</button>
      <button type="button" title=${this.pngLabel} aria-label="${this.pngLabel}: ${this.heading}" @click=${this.savePng}>PNG</button>`;
  }

  private figure() {
    return figureOf(this.parentElement!, this.heading);
  }

  private async saveSvg() {
    save(new Blob([await this.figure()], { type: 'image/svg+xml' }), `${this.fileName()}.svg`);
  }

  private async savePng() {
    save(await toPng(await this.figure()), `${this.fileName()}.png`);
  }

  /** What the page is about and what the picture shows: letters and digits, the rest as hyphens. */
  private fileName() {
    const [page] = document.title.split(' · ');
    return `${page} ${this.heading}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'figure';
  }
}

async function toPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * PNG_SCALE;
  canvas.height = image.height * PNG_SCALE;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob(blob => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'));
}

function save(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
