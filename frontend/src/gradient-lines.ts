import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { powerOfTen, significant } from './chart-base';

/** One network: what it begins with, the logarithm of its gradient layer by layer, and what that means. */
interface Line {
  name: string;
  logarithms: (number | null)[];
  verdict: 'vanishes' | 'passes' | 'explodes';
  note: string;
}

const WIDTH = 300;
const HEIGHT = 170;
const LEFT = 46;
const BOTTOM = 22;
/** Told apart by colour-blind eyes (Okabe, Ito 2008), and by their marks. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];
const MARKS = ['●', '■', '▲', '◆', '▼', '★'];
const SYMBOLS = { vanishes: '↓', passes: '✓', explodes: '↑' };

/**
 * The norm of the gradient layer by layer on a logarithmic axis, a line for each network, with the verdicts below.
 * The server's side is GradientLines.java.
 */
@customElement('gradient-lines')
export class GradientLines extends LitElement {
  static styles = css`
    :host { display: block; min-width: 0; }
    h3 { margin: 0; font-size: .9rem; }
    svg { width: 100%; height: auto; display: block; overflow: visible; }
    line { stroke: var(--dl-line); }
    text { fill: var(--dl-muted); font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
    polyline { fill: none; stroke-width: 2; }
    ul { list-style: none; margin: .2rem 0 0; padding: 0; font-size: .8rem; color: var(--dl-muted); }
    li { display: grid; grid-template-columns: auto auto 1fr; gap: .4rem; }
    b { color: var(--dl-text); font-weight: 600; }
    .vanishes, .explodes { color: color-mix(in srgb, #f59322 65%, var(--dl-text)); }
  `;

  @property() heading = '';
  @property() layerLabel = '';
  @property({ type: Number }) low = -1;
  @property({ type: Number }) high = 1;
  @property({ type: Array }) lines: Line[] = [];

  render() {
    return html`
      <h3>${this.heading}</h3>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${this.heading}>${this.axes()}${this.lines.map((line, i) => this.curve(line, i))}</svg>
      <ul>${this.lines.map((line, i) => html`
        <li><span style="color:${COLOURS[i % COLOURS.length]}">${MARKS[i % MARKS.length]}</span><b>${line.name}</b>
          <span class=${line.verdict}>${SYMBOLS[line.verdict]} ${line.note}</span></li>`)}</ul>`;
  }

  private x(layer: number, layers: number) {
    return LEFT + (layer / Math.max(1, layers - 1)) * (WIDTH - LEFT - 10);
  }

  private y(logarithm: number) {
    return 8 + ((this.high - logarithm) / (this.high - this.low)) * (HEIGHT - BOTTOM - 12);
  }

  private axes() {
    const layers = Math.max(1, ...this.lines.map(line => line.logarithms.length));
    const stride = Math.max(1, Math.ceil((this.high - this.low) / 5));
    const from = Math.ceil(this.low / stride) * stride;
    const ticks = Array.from({ length: Math.floor((this.high - from) / stride) + 1 }, (_, i) => from + i * stride);
    const columns = [...new Set([0, Math.floor((layers - 1) / 2), layers - 1])];
    return svg`
      ${ticks.map(tick => svg`<line x1=${LEFT} x2=${WIDTH} y1=${this.y(tick)} y2=${this.y(tick)}></line>
        <text x=${LEFT - 6} y=${this.y(tick) + 4} text-anchor="end">${power(tick)}</text>`)}
      ${columns.map(layer => svg`<text x=${this.x(layer, layers)} y=${HEIGHT - 4} text-anchor="middle">${
        layer === 0 ? `${this.layerLabel} 1` : layer + 1}</text>`)}`;
  }

  private curve({ logarithms, name }: Line, index: number) {
    const colour = COLOURS[index % COLOURS.length];
    const points = logarithms.map((value, layer) => [this.x(layer, logarithms.length), value] as const)
      .filter((point): point is [number, number] => point[1] !== null)
      .map(([x, value]) => [x, this.y(value)]);
    const marked = points.filter((_, i) => i % Math.ceil(points.length / 6) === 0 || i === points.length - 1);
    return svg`<polyline points=${points.map(point => point.join(',')).join(' ')} style="stroke:${colour}"><title>${name}</title></polyline>
      ${marked.map(([x, y]) => svg`<text x=${x} y=${y + 4} text-anchor="middle" style="fill:${colour}">${MARKS[index % MARKS.length]}</text>`)}`;
  }
}

function power(exponent: number) {
  if (Math.abs(exponent) < 3) return significant(10 ** exponent, 1);
  return powerOfTen(exponent);
}
