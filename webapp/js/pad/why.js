/**
 * Why: the network drawn live, the connections that carried the answer, what a neuron looks for, and which pixels would
 * change the answer.
 */
import { decimal } from '../texts.js';
import { layOut, neuronAt, paintDiagram } from './diagram.js';
import { paintPixels, sharp, signedPixels, strongest } from './pictures.js';
import { strokePath } from './surface.js';
import { Unhurried } from './unhurried.js';

const NEURONS = 5; // followed in each layer
const LINKS = 6; // shown into each of them

export const whyTemplate = `
  <section class="card why" aria-labelledby="why">
    <h2 id="why" data-text="why.title"></h2>
    <p data-text="why.lead"></p>
    <div class="columns">
      <div class="scroll"><canvas class="diagram" tabindex="0" role="application" data-label="why.diagram"></canvas></div>
      <figure class="pull">
        <canvas role="img"></canvas>
        <figcaption><b></b><span></span></figcaption>
      </figure>
    </div>
    <div class="legend"><span>−</span><i></i><span>+</span><span data-text="why.legend"></span></div>
    <div class="visually-hidden" role="status"></div>
  </section>`;

export class Why {
  #root;
  #text;
  #network = null;
  #sight = null;
  #strokes = [];
  #unsure = false;
  #plan = null;
  #chosen = null;
  #painting;

  constructor(root, text) {
    this.#root = root;
    this.#text = text;
    const canvas = this.#diagram;
    canvas.addEventListener('pointermove', event => this.#point(event));
    canvas.addEventListener('pointerdown', event => this.#point(event));
    canvas.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') this.#choose(null); });
    canvas.addEventListener('keydown', event => this.#key(event));
    canvas.addEventListener('blur', () => this.#choose(null));
    new ResizeObserver(() => this.#arrange()).observe(root.querySelector('.scroll'));
    this.#painting = new Unhurried(root, () => this.#paint());
    new MutationObserver(() => this.#painting.paint()).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  get #diagram() {
    return this.#root.querySelector('.diagram');
  }

  /** Another network is drawn from now on. */
  set network(network) {
    const sameShape = this.#network && String(network.sizes) === String(this.#network.sizes);
    this.#network = network;
    this.#sight = null; // it belongs to the network before
    if (sameShape) return;
    this.#chosen = null;
    this.#arrange();
  }

  /** Shows a sight (null: nothing is drawn) of these strokes. */
  show(sight, strokes, unsure) {
    this.#sight = sight;
    this.#strokes = strokes;
    this.#unsure = unsure;
    this.#painting.paint();
  }

  #arrange() {
    const width = this.#root.querySelector('.scroll').clientWidth;
    if (!this.#network || width === 0) return;
    this.#plan = layOut(this.#network.sizes, width);
    this.#diagram.style.width = `${this.#plan.width}px`;
    this.#diagram.style.height = `${this.#plan.height}px`;
    this.#painting.paint();
  }

  #paint() {
    if (!this.#plan) return;
    const style = getComputedStyle(this.#root);
    const colour = name => style.getPropertyValue(`--dl-${name}`);
    const colours = { text: colour('text'), line: colour('line'), surface: colour('surface'), accent: colour('accent') };
    paintDiagram(this.#diagram, {
      plan: this.#plan, sight: this.#sight, links: this.#links(), chosen: this.#chosen, unsure: this.#unsure, colours,
    });
    this.#paintPull();
  }

  /** The strongest connections into the chosen neuron, else those that carried the answer, layer by layer. */
  #links() {
    if (!this.#sight) return [];
    const last = this.#network.sizes.length - 1;
    const links = [];
    let layer = this.#chosen?.layer ?? last;
    let neurons = [this.#chosen?.neuron ?? this.#sight.answer];
    for (; layer >= 0; layer--) {
      const into = neurons.flatMap(neuron =>
        this.#network.strongest(layer, neuron, this.#chosen ? 2 * LINKS : LINKS).map(link => ({ layer, neuron, ...link })));
      const most = strongest(into.map(link => link.share));
      links.push(...into.map(link => ({ ...link, share: link.share / most })));
      if (this.#chosen) break;
      neurons = [...new Set(into.map(link => link.from))].slice(0, NEURONS);
    }
    return links;
  }

  #paintPull() {
    const canvas = this.#root.querySelector('.pull canvas');
    const side = canvas.clientWidth;
    if (side === 0) return;
    const pen = sharp(canvas, side, side);
    const { values, title, words } = this.#pull();
    paintPixels(pen, signedPixels(values), 0, 0, side);
    if (this.#sight) {
      const [scale, left, top] = this.#sight.placement.map(value => (value * side) / 28);
      pen.strokeStyle = 'rgb(20 30 40 / 75%)';
      strokePath(pen, this.#strokes, { scale, left, top }, 2);
    }
    canvas.setAttribute('aria-label', `${title} ${words}`);
    this.#root.querySelector('.pull b').textContent = title;
    this.#root.querySelector('.pull span').textContent = words;
  }

  /** The numbers of the picture, and what it shows. */
  #pull() {
    const last = this.#network.sizes.length - 1;
    if (this.#chosen) {
      const { layer, neuron } = this.#chosen;
      const [title, output] = this.#name(this.#chosen);
      const words = this.#text(layer === 0 ? 'why.weights' : 'why.looks');
      return { values: this.#network.pull(layer, neuron), title, words: `${output} ${words}` };
    }
    if (!this.#sight) return { values: new Float32Array(784), title: this.#text('why.change'), words: this.#text('why.nothing') };
    const { answer, probabilities } = this.#sight;
    const second = secondOf(probabilities, answer);
    return {
      values: this.#network.pull(last, answer, second), title: this.#text('why.change'),
      words: this.#text('why.between', answer, second),
    };
  }

  #name({ layer, neuron }) {
    const isOutput = layer === this.#network.sizes.length - 1;
    const value = this.#sight?.layers[layer][neuron];
    return [
      isOutput ? this.#text('why.output', neuron) : this.#text('why.neuron', neuron + 1, layer + 1),
      value === undefined ? '' : this.#text('why.value', decimal(value, 2)),
    ];
  }

  #point(event) {
    const box = this.#diagram.getBoundingClientRect();
    this.#choose(this.#plan && neuronAt(this.#plan, event.clientX - box.left, event.clientY - box.top));
  }

  #choose(chosen) {
    if (chosen?.layer === this.#chosen?.layer && chosen?.neuron === this.#chosen?.neuron) return;
    this.#chosen = chosen;
    this.#painting.paint();
  }

  /** Arrow keys go from neuron to neuron, Escape back to the answer. */
  #key(event) {
    const { sizes } = this.#network ?? { sizes: [] };
    if (event.key === 'Escape') return this.#choose(null);
    const alongKeys = this.#plan?.across ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const asideKeys = this.#plan?.across ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    const [along, aside] = [alongKeys, asideKeys].map(([back, on]) => (event.key === on) - (event.key === back));
    if (along === 0 && aside === 0) return undefined;
    event.preventDefault();
    const from = this.#chosen ?? { layer: sizes.length - 1, neuron: this.#sight?.answer ?? 0 };
    const layer = Math.min(sizes.length - 1, Math.max(0, from.layer + along));
    const neuron = Math.min(sizes[layer] - 1, Math.max(0, from.neuron + aside));
    this.#choose({ layer, neuron });
    this.#root.querySelector('[role=status]').textContent = this.#name({ layer, neuron }).join(' ');
    return undefined;
  }
}

/** The digit with the largest probability but one. */
export function secondOf(probabilities, answer) {
  let best = answer === 0 ? 1 : 0;
  probabilities.forEach((share, i) => { if (i !== answer && share > probabilities[best]) best = i; });
  return best;
}
