/**
 * What the network sees: the 28×28 image, how the drawing becomes it, and a switch for each of MNIST's steps on the way.
 * Fires "steps" when a switch moves.
 */
import { MNIST } from '../network.js';
import { imagePixels, sharp } from './pictures.js';
import { strokePath } from './surface.js';
import { Unhurried } from './unhurried.js';

const SIDE = 28;
const MORPH_MS = 650;

export const seeingTemplate = `
  <section class="card seeing" aria-labelledby="seeing">
    <h2 id="seeing" data-text="seeing.title"></h2>
    <div class="columns">
      <div class="picture" role="img" data-label="seeing.picture">
        <canvas class="image" width="28" height="28"></canvas><canvas class="flight"></canvas><i></i></div>
      <div>
        <p data-text="seeing.lead"></p>
        <div class="switches">${Object.keys(MNIST).map(step => `
          <label class="switch"><input type="checkbox" role="switch" checked data-step="${step}"><i></i>
            <span><b data-text="seeing.${step}"></b><small data-text="seeing.${step}.help"></small></span></label>`).join('')}
        </div>
        <p class="caution" role="status" hidden><span data-text="seeing.caution"></span>
          <button type="button" class="quiet all-on" data-text="seeing.all"></button></p>
      </div>
    </div>
  </section>`;

export class Seeing extends EventTarget {
  /** Which of MNIST's steps are taken. */
  steps = { ...MNIST };
  #image;
  #flight;
  #root;
  #sight = null;
  #strokes = [];
  #from = null; // where an animation began: {scale, left, top, radius}
  #start = 0;
  #frame = 0;
  #painting;

  constructor(root) {
    super();
    this.#root = root;
    this.#image = root.querySelector('.image').getContext('2d');
    this.#flight = root.querySelector('.flight');
    root.addEventListener('change', () => this.#switched());
    this.#painting = new Unhurried(root, () =>
      this.#image.putImageData(imagePixels(this.#sight?.image ?? new Uint8Array(784)), 0, 0));
    root.querySelector('.all-on').addEventListener('click', () => {
      this.#boxes().forEach(box => { box.checked = true; });
      this.#switched();
    });
  }

  /** Shows a sight (null: nothing is drawn) of these strokes. */
  show(sight, strokes) {
    this.#sight = sight;
    this.#strokes = strokes;
    this.#painting.paint();
  }

  /** Lets the strokes fly from the sheet, drawn `penWidth` wide, to their place in the image. */
  play(penWidth) {
    this.#animate({ scale: SIDE, left: 0, top: 0, radius: (penWidth / 2) * SIDE });
  }

  #boxes() {
    return this.#root.querySelectorAll('input');
  }

  #switched() {
    const before = this.#place();
    this.#boxes().forEach(box => { this.steps[box.dataset.step] = box.checked; });
    this.#root.querySelector('.caution').hidden = Object.values(this.steps).every(Boolean);
    this.dispatchEvent(new Event('steps')); // shows the new sight
    if (before) this.#animate(before);
  }

  #place() {
    const placement = this.#sight?.placement;
    return placement && { scale: placement[0], left: placement[1], top: placement[2], radius: placement[3] };
  }

  #animate(from) {
    if (!this.#sight || !this.#painting.visible || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#from = from;
    this.#start = performance.now();
    this.#frame ||= requestAnimationFrame(now => this.#step(now));
  }

  #step(now) {
    const share = this.#sight ? Math.min(1, Math.max(0, (now - this.#start) / MORPH_MS)) : 1;
    this.#frame = share < 1 ? requestAnimationFrame(later => this.#step(later)) : 0;
    this.#flight.hidden = share === 1;
    if (share < 1) this.#paintFlight(share);
  }

  /** The lines on their way; towards the end they give way to the pixels. */
  #paintFlight(share) {
    const side = this.#flight.parentElement.clientWidth;
    const pen = sharp(this.#flight, side, side);
    const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) ** 2;
    const to = this.#place();
    const between = name => (this.#from[name] + (to[name] - this.#from[name]) * eased) * (side / SIDE);
    const [paper, ink] = this.steps.polarity ? ['#000', '#fff'] : ['#fff', '#000'];
    pen.globalAlpha = share < 0.7 ? 1 : (1 - share) / 0.3;
    pen.fillStyle = paper;
    pen.fillRect(0, 0, side, side);
    pen.strokeStyle = ink;
    const place = { scale: between('scale'), left: between('left'), top: between('top') };
    strokePath(pen, this.#strokes, place, 2 * between('radius'));
    pen.globalAlpha = 1;
  }
}
