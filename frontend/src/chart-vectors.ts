import uPlot from 'uplot';
import { escape, paint, round } from './figure';

interface Box { x: number; y: number; w: number; h: number }

/** A span of the y axis with a colour of its own. */
export interface Stripe {
  from: number;
  to: number;
  fill: string;
}

/** A uPlot chart as SVG: its scales, ticks, bands and lines as they are on the screen. */
export function chartVectors(chart: uPlot, stripe?: Stripe): string {
  const ratio = devicePixelRatio;
  const { left, top, width, height } = chart.bbox;
  const box = { x: left / ratio, y: top / ratio, w: width / ratio, h: height / ratio };
  const id = `plot-${nextId++}`;
  return `<clipPath id="${id}"><rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}"/></clipPath>
${axes(chart, box)}
<g clip-path="url(#${id})">${stripe ? striped(chart, box, stripe) : ''}${bands(chart, box)}${lines(chart, box)}</g>`;
}

/** Several charts may stand in one figure. */
let nextId = 1;

function axes(chart: uPlot, box: Box) {
  const parts: string[] = [];
  chart.axes.forEach((axis, i) => {
    // what uPlot has worked out for the last painting
    const { _splits: splits, _values: values } = axis as unknown as { _splits?: number[]; _values?: (string | number | null)[] };
    const [grid, text] = [paint('stroke', resolve(axis.grid?.stroke, chart, i)), paint('fill', resolve(axis.stroke, chart, i))];
    (splits ?? []).forEach((split, n) => {
      const label = values?.[n];
      if (label == null || label === '') return;
      if (i === 0) {
        const x = round(box.x + chart.valToPos(split, 'x'));
        parts.push(`<path d="M${x} ${box.y}v${box.h}" ${grid}/>`);
        parts.push(`<text x="${x}" y="${round(box.y + box.h + 18)}" font-size="12" text-anchor="middle" ${text}>${escape(`${label}`)}</text>`);
      } else {
        const y = round(box.y + chart.valToPos(split, 'y'));
        parts.push(`<path d="M${box.x} ${y}h${box.w}" ${grid}/>`);
        parts.push(`<text x="${round(box.x - 8)}" y="${y + 4}" font-size="12" text-anchor="end" ${text}>${escape(`${label}`)}</text>`);
      }
    });
  });
  return parts.join('\n');
}

function striped(chart: uPlot, box: Box, { from, to, fill }: Stripe) {
  const [bottom, top] = [from, to].map(value => box.y + chart.valToPos(value, 'y'));
  return `<rect x="${box.x}" y="${round(top)}" width="${box.w}" height="${round(bottom - top)}" ${paint('fill', fill)}/>`;
}

/** The points of a series that have a place, in the order of x. */
function points(chart: uPlot, box: Box, series: number) {
  const [xs, ys] = [chart.data[0], chart.data[series]];
  const found: [number, number][] = [];
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i];
    const at = y == null ? NaN : chart.valToPos(y, 'y');
    if (Number.isFinite(at)) found.push([round(box.x + chart.valToPos(xs[i], 'x')), round(box.y + at)]);
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
    const marks = resolve(series.points?.show, chart, i) === 'true'
      ? all.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${(series.points?.size ?? 5) / 2}" ${paint('fill', stroke)}/>`).join('')
      : '';
    return `<path d="${path(all)}" fill="none" ${paint('stroke', stroke)} stroke-width="${series.width ?? 1}"${dash} stroke-linejoin="round"/>${marks}`;
  }).join('');
}

/** What uPlot takes as a value or as a function of the chart. */
function resolve(value: unknown, chart: uPlot, series: number): string {
  return `${typeof value === 'function' ? value(chart, series) : value ?? ''}`;
}

function path(points: [number, number][]) {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}
