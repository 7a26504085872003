import { css, html } from 'lit';
import type uPlot from 'uplot';

/** What stands in the key of an exported chart. */
export interface KeyEntry {
  label: string;
  colour: string;
  dash?: number[];
}

/** The texts of the two buttons. */
export interface ExportLabels {
  svg: string;
  png: string;
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const HEAD = 34;
const KEY_LINE = 20;
const PNG_SCALE = 2;
/** With fewer points than this each is marked. */
const FEW_POINTS = 60;

export const exportStyle = css`
  .export { display: inline-flex; gap: .35rem; float: inline-end; }
  .export button { font: inherit; font-size: .75rem; padding: .15rem .5rem; color: var(--dl-muted); background: none;
    border: 1px solid var(--dl-line); border-radius: .4rem; cursor: pointer; }
  .export button:hover, .export button:focus-visible { color: var(--dl-accent); border-color: var(--dl-accent); }
  @media (pointer: coarse) { .export button { padding: .5rem .8rem; } }
`;

/** The buttons that save a chart as it is seen: zoomed, in these colours. */
export function exportButtons(labels: ExportLabels, title: string, chart: () => uPlot | undefined, key: () => KeyEntry[]) {
  const draw = () => {
    const drawn = chart();
    return drawn && toSvg(drawn, title, key());
  };
  const saveSvg = () => {
    const svg = draw();
    if (svg) save(new Blob([svg], { type: 'image/svg+xml' }), `${fileName(title)}.svg`);
  };
  const savePng = async () => {
    const svg = draw();
    if (svg) save(await toPng(svg), `${fileName(title)}.png`);
  };
  return html`<span class="export">
    <button type="button" title=${labels.svg} aria-label="${labels.svg}: ${title}" @click=${saveSvg}>SVG</button>
    <button type="button" title=${labels.png} aria-label="${labels.png}: ${title}" @click=${savePng}>PNG</button>
  </span>`;
}

/** A uPlot chart as vectors: its scales, ticks, bands and lines as they are on the screen. */
export function toSvg(chart: uPlot, title: string, key: KeyEntry[]): string {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const ratio = devicePixelRatio;
  const box = { x: chart.bbox.left / ratio, y: chart.bbox.top / ratio + HEAD, w: chart.bbox.width / ratio, h: chart.bbox.height / ratio };
  const entries = key.map((entry, i) => keyEntry(entry, box.x, HEAD + chart.height + 8 + i * KEY_LINE, colour('--dl-text')));
  const height = HEAD + chart.height + 12 + key.length * KEY_LINE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${chart.width} ${height}" width="${chart.width}" height="${height}"
 font-family='${FONT}' font-size="12"><title>${escape(title)}</title>
<rect width="100%" height="100%" fill="${colour('--dl-surface')}"/>
<text x="12" y="22" font-size="15" font-weight="600" fill="${colour('--dl-text')}">${escape(title)}</text>
<clipPath id="plot"><rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}"/></clipPath>
${axes(chart, box, colour('--dl-line'), colour('--dl-muted'))}
<g clip-path="url(#plot)">${bands(chart, box)}${lines(chart, box)}</g>
${entries.join('\n')}
</svg>`;
}

interface Box { x: number; y: number; w: number; h: number }

function axes(chart: uPlot, box: Box, grid: string, text: string) {
  const parts: string[] = [];
  chart.axes.forEach((axis, i) => {
    // what uPlot has worked out for the last painting
    const { _splits: splits, _values: values } = axis as unknown as { _splits?: number[]; _values?: (string | number | null)[] };
    (splits ?? []).forEach((split, n) => {
      const label = values?.[n];
      if (label == null || label === '') return;
      if (i === 0) {
        const x = round(box.x + chart.valToPos(split, 'x'));
        parts.push(`<path d="M${x} ${box.y}v${box.h}" stroke="${grid}"/>`);
        parts.push(`<text x="${x}" y="${round(box.y + box.h + 18)}" text-anchor="middle" fill="${text}">${escape(`${label}`)}</text>`);
      } else {
        const y = round(box.y + chart.valToPos(split, 'y'));
        parts.push(`<path d="M${box.x} ${y}h${box.w}" stroke="${grid}"/>`);
        parts.push(`<text x="${round(box.x - 8)}" y="${y + 4}" text-anchor="end" fill="${text}">${escape(`${label}`)}</text>`);
      }
    });
  });
  return parts.join('\n');
}

/** The points of a series that have a value, in the order of x. */
function points(chart: uPlot, box: Box, series: number) {
  const [xs, ys] = [chart.data[0], chart.data[series]];
  const found: [number, number][] = [];
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i];
    if (y != null && Number.isFinite(y)) found.push([round(box.x + chart.valToPos(xs[i], 'x')), round(box.y + chart.valToPos(y, 'y'))]);
  }
  return found;
}

/** uPlot's types leave out that a chart keeps its bands. */
type WithBands = uPlot & { bands?: uPlot.Band[] };

function bands(chart: WithBands, box: Box) {
  return (chart.bands ?? []).map(band => {
    const [high, low] = band.series.map(series => points(chart, box, series));
    if (high.length === 0 || low.length === 0) return '';
    return `<path d="${path([...high, ...low.reverse()])}Z" ${paint('fill', resolve(band.fill, chart, band.series[0]))}/>`;
  }).join('');
}

function lines(chart: uPlot, box: Box) {
  return chart.series.map((series, i) => {
    const stroke = resolve(series.stroke, chart, i);
    if (i === 0 || series.show === false || !stroke || stroke === 'transparent') return '';
    const all = points(chart, box, i);
    const dash = series.dash ? ` stroke-dasharray="${series.dash.join(' ')}"` : '';
    const marks = all.length <= FEW_POINTS ? all.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2.5" ${paint('fill', stroke)}/>`).join('') : '';
    return `<path d="${path(all)}" fill="none" ${paint('stroke', stroke)} stroke-width="${series.width ?? 1}"${dash} stroke-linejoin="round"/>${marks}`;
  }).join('');
}

function resolve(value: unknown, chart: uPlot, series: number): string {
  return `${typeof value === 'function' ? value(chart, series) : value ?? ''}`;
}

/** Colours as every program understands them: rgb(1 2 3 / 30%) is too new for some. */
function paint(attribute: string, colour: string) {
  const parts = /^rgb\((\d+) (\d+) (\d+)(?: \/ ([\d.]+)%)?\)$/.exec(colour);
  if (!parts) return `${attribute}="${colour}"`;
  const opacity = parts[4] ? ` ${attribute}-opacity="${+parts[4] / 100}"` : '';
  return `${attribute}="rgb(${parts[1]},${parts[2]},${parts[3]})"${opacity}`;
}

function path(points: [number, number][]) {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

function keyEntry({ label, colour, dash }: KeyEntry, x: number, y: number, text: string) {
  const pattern = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return `<path d="M${x} ${y}h24" ${paint('stroke', colour)} stroke-width="3"${pattern}/>
<text x="${x + 32}" y="${y + 4}" fill="${text}">${escape(label)}</text>`;
}

function round(value: number) {
  return Math.round(value * 100) / 100;
}

function escape(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
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

/** Letters and digits of the title, the rest as hyphens. */
function fileName(title: string) {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'chart';
}
