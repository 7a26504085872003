/**
 * What a part of the page shows as an SVG that opens alone: boxes, words, pictures and lines where they stand, in the page's
 * light colours upon white. It draws what it finds, so a picture needs nothing of its own to be taken home; only an element
 * that paints on a canvas may say how that looks in vectors (`DrawsVectors`), otherwise the canvas becomes an image.
 */

/** An element that knows its canvas as SVG, in the canvas's own coordinates. */
export interface DrawsVectors {
  vectors(canvas: HTMLCanvasElement): string;
}

/** Controls, and words about how to use them. */
const LEFT_OUT = 'save-figure, label, .show-all, .keys, .u-over, .u-under, vaadin-button, vaadin-select, vaadin-checkbox, [hidden]';
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const MARGIN = 16;
/** An image's cells become squares of at least so many pixels, lest other programs blur them. */
const CELL = 8;

/** Draws `root` in light colours, whatever the page has: everything happens before the browser paints again. */
export async function figureOf(root: Element, title: string): Promise<string> {
  const page = document.documentElement;
  const { theme } = page.dataset;
  const { colorScheme } = page.style;
  page.dataset.theme = page.style.colorScheme = 'light';
  try {
    if (theme !== 'light') await settled();
    return new Tracer(root).svg(title);
  } finally {
    page.dataset.theme = theme;
    page.style.colorScheme = colorScheme;
  }
}

/** Elements that look at the theme draw themselves again in microtasks, some of which make others. */
async function settled() {
  for (let turn = 0; turn < 50; turn++) await null;
}

class Tracer {
  private readonly parts: string[] = [];
  private readonly pen = document.createElement('canvas').getContext('2d')!;
  private left = Infinity;
  private top = Infinity;
  private right = -Infinity;
  private bottom = -Infinity;

  constructor(private readonly root: Element) {
    this.children(root);
  }

  svg(title: string) {
    if (!(this.root.shadowRoot ?? this.root).querySelector('h2, h3')) this.head(title);
    const [x, y] = [this.left - MARGIN, this.top - MARGIN].map(round);
    const [width, height] = [this.right - x + MARGIN, this.bottom - y + MARGIN].map(Math.ceil);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}"
 font-family='${FONT}'><title>${escape(title)}</title>
<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#fff"/>
${this.parts.join('\n')}
</svg>`;
  }

  /** A title above all, where the page has it elsewhere. */
  private head(title: string) {
    const [x, y] = [this.left, this.top - 14];
    const fill = paint('fill', getComputedStyle(this.root).color);
    this.parts.push(`<text x="${round(x)}" y="${round(y)}" font-size="17" font-weight="700" ${fill}>${escape(title)}</text>`);
    this.top = y - 16;
  }

  private children(node: Element) {
    for (const child of childrenOf(node)) {
      if (child instanceof Text) this.text(child);
      else if (child instanceof Element) this.element(child);
    }
  }

  private element(element: Element) {
    const style = getComputedStyle(element);
    if (element.matches(LEFT_OUT) || style.display === 'none' || style.visibility === 'hidden' || style.clipPath !== 'none') return;
    const box = element.getBoundingClientRect();
    if (element instanceof SVGSVGElement) this.drawing(element, box);
    else if (element instanceof HTMLCanvasElement) this.canvas(element, box);
    else {
      this.background(box, style);
      this.border(box, style);
      this.children(element);
    }
  }

  private add(box: Area, part: string) {
    this.left = Math.min(this.left, box.left);
    this.top = Math.min(this.top, box.top);
    this.right = Math.max(this.right, box.right);
    this.bottom = Math.max(this.bottom, box.bottom);
    this.parts.push(part);
  }

  private background(box: DOMRect, style: CSSStyleDeclaration) {
    if (box.width === 0 || box.height === 0) return;
    const radius = parseFloat(style.borderTopLeftRadius);
    const round = radius ? ` rx="${Math.min(radius, box.height / 2)}"` : '';
    const fill = solid(style.backgroundColor);
    if (fill) this.add(box, `<rect ${place(box)}${round} ${paint('fill', fill)}/>`);
    const stops = style.backgroundImage.startsWith('linear-gradient') ? style.backgroundImage.match(/(rgba?|color)\([^)]+\)/g) : null;
    if (stops) {
      const id = `gradient-${this.parts.length}`;
      const parts = stops.map((stop, i) => `<stop offset="${i / (stops.length - 1)}" ${paint('stop', stop)}/>`);
      this.add(box, `<linearGradient id="${id}">${parts.join('')}</linearGradient><rect ${place(box)}${round} fill="url(#${id})"/>`);
    }
  }

  private border(box: DOMRect, style: CSSStyleDeclaration) {
    const sides = [
      ['Top', box.left, box.top, box.right, box.top], ['Bottom', box.left, box.bottom, box.right, box.bottom],
      ['Left', box.left, box.top, box.left, box.bottom], ['Right', box.right, box.top, box.right, box.bottom],
    ] as const;
    for (const [side, x1, y1, x2, y2] of sides) {
      const width = parseFloat(style[`border${side}Width`]);
      const colour = solid(style[`border${side}Color`]);
      if (width > 0 && style[`border${side}Style`] !== 'none' && colour) {
        const ends = `x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"`;
        this.add(box, `<line ${ends} ${paint('stroke', colour)} stroke-width="${width}"/>`);
      }
    }
  }

  /** Words of one line stand together, and keep to the side that they are aligned to, whatever the font. */
  private text(node: Text) {
    const style = getComputedStyle(node.parentElement ?? (node.getRootNode() as ShadowRoot).host);
    const lines: { words: string; box: Area }[] = [];
    const range = document.createRange();
    for (const word of node.data.matchAll(/[^ \t\r\n]+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getBoundingClientRect();
      const line = lines.at(-1);
      if (line && Math.abs(line.box.top - box.top) < 2) {
        line.words += ` ${word[0]}`;
        line.box = { ...line.box, right: box.right };
      } else if (box.width > 0) {
        lines.push({ words: word[0], box: { left: box.left, top: box.top, right: box.right, bottom: box.bottom } });
      }
    }
    for (const { words, box } of lines) this.line(words, box, style);
  }

  private line(words: string, box: Area, style: CSSStyleDeclaration) {
    this.pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = this.pen.measureText(words);
    const baseline = box.top + ((box.bottom - box.top) * above) / (above + below);
    const [x, anchor] = { end: [box.right, 'end'], right: [box.right, 'end'], center: [(box.left + box.right) / 2, 'middle'] }[style.textAlign]
      ?? [box.left, 'start'];
    this.add(box, `<text x="${round(x as number)}" y="${round(baseline)}" text-anchor="${anchor}" ${font(style)} ${
      paint('fill', style.color)}>${escape(words)}</text>`);
  }

  private canvas(canvas: HTMLCanvasElement, box: DOMRect) {
    if (canvas.width === 0 || canvas.height === 0) return;
    const host = (canvas.getRootNode() as ShadowRoot).host as (Element & Partial<DrawsVectors>) | undefined;
    if (host?.vectors) {
      this.add(box, `<g transform="translate(${round(box.left)} ${round(box.top)})">${host.vectors(canvas)}</g>`);
    } else {
      this.add(box, `<image ${place(box)} preserveAspectRatio="none" href="${enlarged(canvas)}"/>`);
    }
  }

  /** A drawing of the page's own, with the looks that style sheets give it. */
  private drawing(svg: SVGSVGElement, box: DOMRect) {
    const view = svg.getAttribute('viewBox');
    const ratio = svg.getAttribute('preserveAspectRatio');
    this.add(box, `<svg ${place(box)}${view ? ` viewBox="${view}"` : ''}${ratio ? ` preserveAspectRatio="${ratio}"` : ''}>${
      [...svg.children].map(shape).join('')}</svg>`);
  }
}

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function childrenOf(element: Element): Iterable<Node> {
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
  return assigned.length ? assigned : element.childNodes;
}

/** What is of no use in a picture, or is written from the computed style. */
const STYLED = /^(class|style|role|tabindex|id|aria-.*|fill.*|stroke.*|opacity|font.*|text-anchor|paint-order)$/;

/** An element within a drawing: what says where it is stays, what style sheets say is written beside it. */
function shape(element: Element): string {
  const style = getComputedStyle(element);
  const { tagName } = element;
  if (style.display === 'none' || tagName === 'style') return '';
  if (tagName === 'title') return `<title>${escape(element.textContent ?? '')}</title>`;
  const drawn = element instanceof SVGGeometryElement || tagName === 'text';
  if (drawn && !solid(style.fill) && !solid(style.stroke)) return '';
  const kept = [...element.attributes].filter(({ name }) => !STYLED.test(name));
  const places = kept.map(({ name, value }) => ` ${name}="${escape(value)}"`).join('');
  const content = element.children.length ? [...element.children].map(shape).join('') : escape(element.textContent?.trim() ?? '');
  return `<${tagName}${places}${drawn ? ` ${looks(style, tagName === 'text')}` : ''}>${content}</${tagName}>`;
}

function looks(style: CSSStyleDeclaration, text: boolean) {
  const parts = [paint('fill', style.fill, +style.fillOpacity)];
  if (solid(style.stroke)) {
    parts.push(paint('stroke', style.stroke, +style.strokeOpacity), `stroke-width="${parseFloat(style.strokeWidth)}"`);
    if (style.strokeDasharray !== 'none') parts.push(`stroke-dasharray="${style.strokeDasharray.replaceAll('px', '')}"`);
  }
  if (+style.opacity < 1) parts.push(`opacity="${style.opacity}"`);
  if (text) parts.push(font(style), `text-anchor="${style.textAnchor}"`, `paint-order="${style.paintOrder}"`);
  return parts.join(' ');
}

function font({ fontSize, fontWeight, fontStyle }: CSSStyleDeclaration) {
  const weight = fontWeight === '400' ? '' : ` font-weight="${fontWeight}"`;
  return `font-size="${parseFloat(fontSize)}"${weight}${fontStyle === 'italic' ? ' font-style="italic"' : ''}`;
}

function place({ left, top, width, height }: DOMRect) {
  return `x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}"`;
}

/** A colour that can be seen, or nothing. */
function solid(colour: string) {
  return colour === 'none' || colour === 'transparent' || /^rgba\(.*, 0\)$/.test(colour) ? null : colour;
}

/** A colour as an attribute that every program understands: rgb(1 2 3 / 30%) and color(srgb 0.1 0.2 0.3) are too new for some. */
export function paint(attribute: 'fill' | 'stroke' | 'stop', colour: string, opacity = 1) {
  const name = attribute === 'stop' ? 'stop-color' : attribute;
  if (!solid(colour)) return `${name}="none"`;
  const parts = colour.match(/^(rgb|rgba|color)\((?:srgb )?([^)]+)\)$/);
  if (!parts) return `${name}="${colour}"`;
  const [red, green, blue, alpha = 1] = parts[2].split(/[ ,/]+/).map(part => (part.endsWith('%') ? parseFloat(part) / 100 : +part));
  const bytes = [red, green, blue].map(value => Math.round(parts[1] === 'color' ? 255 * value : value));
  const seen = round(alpha * opacity);
  return `${name}="rgb(${bytes.join(',')})"${seen < 1 ? ` ${attribute}-opacity="${seen}"` : ''}`;
}

/** The canvas as a data address, its cells as squares with sharp edges. */
function enlarged(canvas: HTMLCanvasElement) {
  const large = document.createElement('canvas');
  const times = getComputedStyle(canvas).imageRendering === 'pixelated' ? CELL : 1;
  large.width = canvas.width * times;
  large.height = canvas.height * times;
  const pen = large.getContext('2d')!;
  pen.imageSmoothingEnabled = false;
  pen.drawImage(canvas, 0, 0, large.width, large.height);
  return large.toDataURL();
}

export function round(value: number) {
  return Math.round(value * 100) / 100;
}

export function escape(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
