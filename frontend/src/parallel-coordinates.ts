import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';

interface Axis {
  label: string;
  scale: 'linear' | 'log' | 'names';
  percent: boolean;
}

interface Line {
  id: number;
  name: string;
  values: (string | null)[];
}

/** An axis with the place of each value on it, 0 at its lower end to 1. */
interface Scale extends Axis {
  place: (value: string) => number;
  marks: { at: number; text: string }[];
}

const TOP = 34;
const BOTTOM = 16;
const SIDE = 46;
const HEIGHT = 320;

/**
 * Runs as lines over parallel axes. The last axis is the result and gives a line its colour; runs without one yet are grey
 * and end before it. Drag along an axis to see only what lies there, click the axis to see all; a click on a line asks to
 * open its run (`open-run`). The server's side is ParallelCoordinates.java.
 */
@customElement('parallel-coordinates')
export class ParallelCoordinates extends LitElement {
  static styles = css`
    :host { display: block; min-width: 0; }
    ::slotted(save-figure) { float: inline-end; }
    h2 { margin: 0 0 .25rem; font-size: 1.05rem; }
    .scroll { overflow-x: auto; }
    svg { display: block; width: 100%; height: ${HEIGHT}px; }
    p { margin: .25rem 0 0; color: var(--dl-muted); font-size: .85rem; min-height: 1.35em; }
    text { fill: var(--dl-muted); font-size: 12px; paint-order: stroke; stroke: var(--dl-surface); stroke-width: 6px; stroke-linejoin: round; pointer-events: none; }
    .title { fill: var(--dl-text); font-weight: 600; }
    .axis { stroke: var(--dl-muted); stroke-width: 1.5; }
    .grip { fill: transparent; cursor: ns-resize; touch-action: none; }
    .brush { fill: var(--dl-accent); fill-opacity: .18; stroke: var(--dl-accent); pointer-events: none; }
    .run { fill: none; stroke-width: 2; stroke-opacity: .75; cursor: pointer; }
    .run.unfinished { stroke: var(--dl-bar); stroke-opacity: .45; }
    .run.aside { stroke-opacity: .07; }
    .run.pointed { stroke-width: 4; stroke-opacity: 1; }
    .run:focus-visible { outline: none; stroke-width: 4; stroke-opacity: 1; }
  `;

  @property() heading = '';
  @property() help = '';
  @property({ attribute: false }) axes: Axis[] = [];
  @property({ attribute: false }) lines: Line[] = [];
  @query('svg') private picture!: SVGSVGElement;
  @state() private width = 600;
  @state() private pointed?: Line;
  /** By axis: the part that is looked at, from 0 to 1. */
  @state() private brushes = new Map<number, [number, number]>();

  private brushing?: { axis: number; start: number };
  private sizes = new ResizeObserver(([entry]) => (this.width = entry.contentRect.width));

  connectedCallback() {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  render() {
    const scales = this.axes.map((axis, i) => scaleOf(axis, this.lines.map(line => line.values[i])));
    const room = Math.max(this.width, 170 * scales.length);
    const x = (i: number) => SIDE + ((room - 2 * SIDE) * i) / Math.max(1, scales.length - 1);
    const sorted = [...this.lines].sort((a, b) => Number(a === this.pointed) - Number(b === this.pointed));
    return html`
      <slot></slot><h2>${this.heading}</h2>
      <div class="scroll">
        <svg style="min-width:${room}px" viewBox="0 0 ${room} ${HEIGHT}" role="group" aria-label=${this.heading}>
          ${sorted.map(line => this.run(line, scales, x))}
          ${scales.map((scale, i) => this.axis(scale, x(i), i === 0, i === scales.length - 1))}
          ${scales.map((_, i) => this.grip(x(i), i))}
        </svg>
      </div>
      <p role="status" class="keys">${this.pointed ? this.words(this.pointed) : this.help}</p>`;
  }

  private axis(scale: Scale, x: number, first: boolean, last: boolean) {
    const anchor = last ? 'end' : 'start';
    const [titleAt, titleX] = last ? ['end', x + SIDE - 2] : first ? ['start', x - SIDE + 2] : ['middle', x];
    return svg`
      <line class="axis" x1=${x} x2=${x} y1=${TOP} y2=${HEIGHT - BOTTOM}></line>
      <text class="title" x=${titleX} y="16" text-anchor=${titleAt}>${short(scale.label)}</text>
      ${scale.marks.map(({ at, text }) => svg`
        <text x=${last ? x - 7 : x + 7} y=${height(at) + 4} text-anchor=${anchor}>${short(text)}</text>`)}`;
  }

  private grip(x: number, axis: number) {
    const brush = this.brushes.get(axis);
    return svg`
      ${brush ? svg`<rect class="brush" x=${x - 8} width="16" y=${height(brush[1])}
        height=${Math.max(1, height(brush[0]) - height(brush[1]))}></rect>` : nothing}
      <rect class="grip" x=${x - 9} width="18" y=${TOP} height=${HEIGHT - TOP - BOTTOM}
        @pointerdown=${(event: PointerEvent) => this.startBrush(event, axis)}
        @pointermove=${this.moveBrush} @pointerup=${this.endBrush} @pointercancel=${this.endBrush}></rect>`;
  }

  private run(line: Line, scales: Scale[], x: (i: number) => number) {
    const places = line.values.map((value, i) => (value === null || value === '' ? null : scales[i]?.place(value)));
    const points = places.flatMap((at, i) => (at == null ? [] : [`${x(i)},${height(at)}`]));
    const aside = [...this.brushes].some(([axis, [low, high]]) => {
      const at = places[axis];
      return at == null || at < low - 1e-9 || at > high + 1e-9;
    });
    const result = places.at(-1);
    const names = ['run', result == null && 'unfinished', aside && 'aside', line === this.pointed && 'pointed'];
    return svg`<polyline class=${names.filter(Boolean).join(' ')} points=${points.join(' ')}
      style=${result == null ? '' : `stroke:${colour(result)}`} tabindex=${aside ? -1 : 0} role="link" aria-label=${this.words(line)}
      @pointerenter=${() => (this.pointed = line)} @pointerleave=${() => (this.pointed = undefined)}
      @focus=${() => (this.pointed = line)} @blur=${() => (this.pointed = undefined)}
      @click=${() => this.open(line)} @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.open(line)}></polyline>`;
  }

  private words(line: Line) {
    return this.axes
      .map((axis, i) => [axis, line.values[i]] as const)
      .filter(([, value]) => value !== null && value !== '')
      .map(([axis, value]) => `${axis.label} ${axis.percent ? percent(Number(value)) : value}`)
      .join(' · ');
  }

  private open(line: Line) {
    this.dispatchEvent(new CustomEvent('open-run', { detail: { id: line.id } }));
  }

  private share(event: PointerEvent) {
    const box = this.picture.getBoundingClientRect();
    const y = ((event.clientY - box.top) * HEIGHT) / box.height;
    return Math.min(1, Math.max(0, (HEIGHT - BOTTOM - y) / (HEIGHT - TOP - BOTTOM)));
  }

  private startBrush(event: PointerEvent, axis: number) {
    (event.target as Element).setPointerCapture(event.pointerId);
    this.brushing = { axis, start: this.share(event) };
    this.brushes.delete(axis);
    this.brushes = new Map(this.brushes);
  }

  private moveBrush = (event: PointerEvent) => {
    if (!this.brushing) return;
    const { axis, start } = this.brushing;
    const now = this.share(event);
    if (Math.abs(now - start) > 0.02) {
      this.brushes = new Map(this.brushes).set(axis, [Math.min(start, now), Math.max(start, now)]);
    }
  };

  private endBrush = () => (this.brushing = undefined);
}

function height(at: number) {
  return HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM);
}

function scaleOf(axis: Axis, all: (string | null)[]): Scale {
  const values = [...new Set(all.filter((value): value is string => value !== null && value !== ''))];
  return axis.scale === 'names' ? nameScale(axis, values) : numberScale(axis, values.map(Number));
}

function nameScale(axis: Axis, values: string[]): Scale {
  const place = (value: string) => (values.length < 2 ? 0.5 : values.indexOf(value) / (values.length - 1));
  return { ...axis, place, marks: values.map(value => ({ at: place(value), text: value })) };
}

function numberScale(axis: Axis, values: number[]): Scale {
  const log = axis.scale === 'log' && values.every(value => value > 0);
  const measure = (value: number) => (log ? Math.log(value) : value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const at = (value: number) => (high > low ? (measure(value) - measure(low)) / (measure(high) - measure(low)) : 0.5);
  const few = [...new Set(values)].length <= 8 ? [...new Set(values)] : [low, ...between(low, high, log), high];
  const marks = values.length === 0 ? [] : few.map(value => ({ at: at(value), text: axis.percent ? percent(value) : plain(value) }));
  return { ...axis, place: value => at(Number(value)), marks: apart(marks) };
}

function between(low: number, high: number, log: boolean) {
  return [0.25, 0.5, 0.75].map(share => (log ? low * (high / low) ** share : low + share * (high - low)));
}

/** Marks that do not overlap; the ends stay. */
function apart(marks: { at: number; text: string }[]) {
  const sorted = marks.sort((a, b) => a.at - b.at);
  const kept = sorted.slice(0, 1);
  for (const mark of sorted.slice(1)) {
    if (mark.at - kept[kept.length - 1].at > 0.055) kept.push(mark);
  }
  return kept;
}

function plain(value: number) {
  return Number(value.toPrecision(3)).toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 3 });
}

function percent(value: number) {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${(100 * value).toLocaleString(document.documentElement.lang, digits)}\u00a0%`;
}

function short(text: string) {
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}

/** From orange, poor, over grey to blue, good: told apart by eyes of any kind, and as everywhere else here. */
function colour(share: number) {
  const [low, middle, high] = [[245, 147, 34], [150, 160, 168], [8, 119, 189]];
  const [from, to, part] = share < 0.5 ? [low, middle, 2 * share] : [middle, high, 2 * share - 1];
  return `rgb(${from.map((value, i) => Math.round(value + part * (to[i] - value))).join(' ')})`;
}
