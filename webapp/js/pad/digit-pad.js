/**
 * <digit-pad model="models/pad.digitlab">: a sheet to draw on, what the network sees, its ten bars and its layers, alight
 * while one draws. The same element serves the Draw page and the Lab. Fires "network" when a network is ready.
 */
import { loadCore } from '../core.js';
import { loadTexts, translate } from '../texts.js';
import { paintImage, paintLayer } from './pictures.js';
import { style } from './style.js';
import { Surface } from './surface.js';

const TEMPLATE = `
  <div class="pad">
    <div class="sheet">
      <canvas class="ink" tabindex="0" role="application" data-label="pad.sheet"></canvas>
      <div class="hint" aria-hidden="true"><b>7</b><span data-text="pad.hint"></span></div>
      <div class="tools">
        <button type="button" class="undo" data-text="pad.undo" disabled></button>
        <button type="button" class="clear" data-text="pad.clear" disabled></button>
        <span class="keys" data-text="pad.keys"></span>
      </div>
    </div>
    <div class="thoughts">
      <p class="error" role="alert" hidden></p>
      <div class="answer">
        <div class="seen"><canvas class="image" width="28" height="28"></canvas><span data-text="pad.seen"></span></div>
        <div class="verdict" aria-hidden="true">?</div>
        <div class="words" aria-hidden="true"><b></b><span></span></div>
      </div>
      <div class="visually-hidden" role="status"></div>
      <ul class="bars"></ul>
    </div>
    <div class="inside">
      <div class="layers"></div>
      <div class="legend"><span>−</span><i></i><span>+</span><span data-text="pad.legend"></span></div>
    </div>
  </div>`;

class DigitPad extends HTMLElement {
  static observedAttributes = ['model'];

  /** The network that recognises now; undefined until it is loaded. */
  network;
  #surface;
  #texts = loadTexts();
  #text = () => ''; // until they are loaded
  #frame = 0;
  #announcement = 0;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [style];
    shadow.innerHTML = TEMPLATE;
    this.#find('.bars').append(...Array.from({ length: 10 }, (_, digit) => bar(digit)));
    paintImage(this.#find('canvas.image'), new Uint8Array(784));
    this.#surface = new Surface(this.#find('canvas.ink'));
    this.#surface.addEventListener('change', () => this.#changed());
    this.#find('.undo').addEventListener('click', () => this.#surface.undo());
    this.#find('.clear').addEventListener('click', () => this.#surface.clear());
    this.#texts.then(text => {
      this.#text = text;
      translate(shadow, text);
      this.#layOut();
      this.#show();
    });
  }

  get model() {
    return this.getAttribute('model');
  }

  set model(url) {
    this.setAttribute('model', url);
  }

  /** What is drawn: strokes of [x, y] in a square of side 1. */
  get strokes() {
    return this.#surface.strokes;
  }

  async attributeChangedCallback(_, before, url) {
    if (before === url || !url) return;
    try {
      const [core, answer] = await Promise.all([loadCore(), fetch(url)]);
      if (!answer.ok) throw new Error((await this.#texts)('pad.missing', url));
      const network = core.open(await answer.arrayBuffer());
      if (this.model !== url) return; // another was chosen meanwhile
      this.network = network;
      network.recognise([[[0.5, 0.2], [0.5, 0.8]]]); // warms up: the first stroke shall not wait
      performance.mark('digitlab-ready');
      this.#find('.error').hidden = true;
      this.#layOut();
      this.#show();
      this.dispatchEvent(new Event('network'));
    } catch (error) {
      const text = await this.#texts;
      this.#find('.error').textContent = text('pad.error', error.message);
      this.#find('.error').hidden = false;
    }
  }

  #find(selector) {
    return this.shadowRoot.querySelector(selector);
  }

  /** Room for the layers of the network, the output layer left out: that is what the bars show. */
  #layOut() {
    const hidden = this.network?.layers.slice(0, -1) ?? [];
    this.#find('.layers').replaceChildren(...hidden.map((layer, i) => {
      const figure = document.createElement('figure');
      const caption = figure.appendChild(document.createElement('figcaption'));
      caption.textContent = this.#text('pad.layer', i + 1, layer);
      figure.appendChild(document.createElement('canvas'));
      return figure;
    }));
    this.#find('.legend').hidden = hidden.length === 0;
  }

  #changed() {
    this.#find('.undo').disabled = this.#find('.clear').disabled = this.#surface.isEmpty;
    this.#find('.hint').hidden = !this.#surface.isEmpty;
    // however many events a frame brings, the network looks once
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
  }

  #show() {
    const sight = this.network && !this.#surface.isEmpty ? this.network.recognise(this.#surface.strokes) : null;
    paintImage(this.#find('canvas.image'), sight?.image ?? new Uint8Array(784));
    const best = sight?.answer;
    this.#find('.verdict').textContent = best ?? '?';
    this.#find('.verdict').classList.toggle('waiting', best === undefined);
    this.#find('.words b').textContent = sight ? this.#text('pad.answer', percent(sight.probabilities[best])) : this.#text('pad.waiting');
    this.#find('.words span').textContent = sight ? this.#secondGuess(sight) : '';
    this.#find('.bars').querySelectorAll('li').forEach((row, digit) => {
      const share = sight?.probabilities[digit] ?? 0;
      row.classList.toggle('best', digit === best);
      row.querySelector('.fill').style.transform = `scaleX(${share})`;
      row.querySelector('.share').textContent = sight ? percent(share) : '';
    });
    this.#find('.layers').querySelectorAll('canvas').forEach((canvas, i) =>
      paintLayer(canvas, sight?.layers[i] ?? new Float32Array(this.network.sizes[i])));
    this.#announce(sight);
  }

  #secondGuess(sight) {
    const order = [...sight.probabilities.keys()].sort((a, b) => sight.probabilities[b] - sight.probabilities[a]);
    const share = sight.probabilities[order[1]];
    return share < 0.005 ? this.#text('pad.alone') : this.#text('pad.second', order[1], percent(share));
  }

  /** Tells screen readers the answer, once the hand rests. */
  #announce(sight) {
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => {
      this.#find('[role=status]').textContent =
        sight ? this.#text('pad.says', sight.answer, percent(sight.probabilities[sight.answer])) : '';
    }, 700);
  }
}

function bar(digit) {
  const row = document.createElement('li');
  row.innerHTML = '<span></span><span class="track"><i class="fill"></i></span><span class="share"></span>';
  row.firstElementChild.textContent = digit;
  return row;
}

function percent(share) {
  return `${(100 * share).toFixed(share > 0.9995 || share < 0.0005 ? 0 : 1)} %`;
}

customElements.define('digit-pad', DigitPad);
