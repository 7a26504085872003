/**
 * <digit-pad model="models/pad.digitlab">: a sheet to draw on, the network's answer while one draws, what it sees and why.
 * The same element serves the Draw page, the training page and the Lab. Fires "network" when a network is ready, "missing"
 * if there is none at its address (it says so itself, unless that is prevented), and "sight" with what it sees (null: nothing
 * is drawn) after each change.
 */
import { loadCore } from '../core.js';
import { loadTexts, translate } from '../texts.js';
import { Answer, answerTemplate } from './answer.js';
import { Pace } from './pace.js';
import { Seeing, seeingTemplate } from './seeing.js';
import { style } from './style.js';
import { Surface } from './surface.js';
import { Why, whyTemplate } from './why.js';

const TEMPLATE = `
  <div class="pad">
    <div class="sheet">
      <canvas class="ink" tabindex="0" role="application" data-label="pad.sheet"></canvas>
      <div class="hint" aria-hidden="true"><b>7</b><span data-text="pad.hint"></span></div>
      <div class="tools">
        <button type="button" class="undo" data-title="pad.undo" disabled><span aria-hidden="true">↶</span></button>
        <button type="button" class="redo" data-title="pad.redo" disabled><span aria-hidden="true">↷</span></button>
        <button type="button" class="erase" aria-pressed="false" data-text="pad.eraser"></button>
        <label class="width"><span class="visually-hidden" data-text="pad.width"></span>
          <i aria-hidden="true"></i><input type="range" min="2" max="18" value="7"></label>
        <button type="button" class="clear" data-text="pad.clear" disabled></button>
      </div>
      <p class="keys" data-text="pad.keys"></p>
    </div>
    <div class="thoughts"><p class="error" role="alert" hidden></p>${answerTemplate}</div>
    ${seeingTemplate}
    ${whyTemplate}
  </div>`;

const WHY_PAUSE_MS = 60; // between two drawings of the network while the pen moves

class DigitPad extends HTMLElement {
  static observedAttributes = ['model'];

  /** The network that recognises now; undefined until it is loaded. */
  network;
  #texts = loadTexts();
  #text = () => ''; // until they are loaded
  #surface;
  #answer;
  #seeing;
  #why;
  #pace = new Pace(() => this.#show());
  #asked = 0; // files to open, so far
  #whyTimer = 0;
  #tools = ''; // as they are shown
  #sight = null;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [style];
    shadow.innerHTML = TEMPLATE;
    const text = (...args) => this.#text(...args);
    this.#surface = new Surface(this.#find('canvas.ink'));
    this.#answer = new Answer(this.#find('.thoughts'), text, () => this.#pace.now());
    this.#seeing = new Seeing(this.#find('.seeing'));
    this.#why = new Why(this.#find('.why'), text);
    this.#surface.addEventListener('change', () => this.#pace.soon());
    this.#surface.addEventListener('rest', () => {
      this.#pace.now();
      if (!this.#surface.erasing) this.#seeing.play(this.#surface.penWidth);
    });
    this.#seeing.addEventListener('steps', () => this.#show());
    this.#connectTools();
    this.#texts.then(loaded => {
      this.#text = loaded;
      translate(shadow, loaded);
      this.#find('.threshold input').dispatchEvent(new Event('input'));
    });
  }

  #connectTools() {
    const surface = this.#surface;
    for (const tool of ['undo', 'redo', 'clear']) this.#find(`.${tool}`).addEventListener('click', () => surface[tool]());
    this.#find('.erase').addEventListener('click', () => { surface.erasing = !surface.erasing; });
    this.#find('.width input').addEventListener('input', event => {
      surface.penWidth = event.target.value / 100;
      this.#find('.width i').style.setProperty('--width', surface.penWidth);
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

  set strokes(strokes) {
    this.#surface.replace(strokes);
  }

  async attributeChangedCallback(_, before, url) {
    if (before === url || !url) return;
    try {
      const [core, answer] = await Promise.all([loadCore(), fetch(url)]);
      if (!answer.ok) {
        if (!this.dispatchEvent(new Event('missing', { cancelable: true }))) return; // somebody knows better
        throw new Error((await this.#texts)('pad.missing', url));
      }
      const file = await answer.arrayBuffer();
      const network = await core.open(file);
      if (this.model === url) this.#use(network);
      else network.close(); // another was chosen meanwhile
    } catch (error) {
      const text = await this.#texts;
      this.#find('.error').textContent = text('pad.error', error.message);
      this.#find('.error').hidden = false;
    }
  }

  /** Draws with the network of this file (ArrayBuffer) from now on; throws if it is none. */
  async open(file) {
    const asked = ++this.#asked;
    const network = await (await loadCore()).open(file);
    if (asked === this.#asked) this.#use(network);
    else network.close(); // a later one was asked for meanwhile
  }

  #use(network) {
    this.network?.close();
    network.recognise([[[0.5, 0.2], [0.5, 0.8]]]); // warms up: the first stroke shall not wait
    this.network = network;
    this.#why.network = network;
    performance.mark('digitlab-ready');
    this.#find('.error').hidden = true;
    this.#show();
    this.dispatchEvent(new Event('network'));
  }

  #find(selector) {
    return this.shadowRoot.querySelector(selector);
  }

  #showTools() {
    const { canUndo, canRedo, isEmpty, erasing } = this.#surface;
    const now = `${canUndo} ${canRedo} ${isEmpty} ${erasing}`;
    if (now === this.#tools) return; // not in every frame of a stroke
    this.#tools = now;
    this.#find('.undo').disabled = !canUndo;
    this.#find('.redo').disabled = !canRedo;
    this.#find('.clear').disabled = isEmpty;
    this.#find('.erase').setAttribute('aria-pressed', erasing);
    this.#find('.hint').hidden = !isEmpty;
  }

  #show() {
    this.#showTools();
    const { strokes, penWidth, isEmpty } = this.#surface;
    const sight = this.network && !isEmpty ? this.network.recognise(strokes, this.#seeing.steps, penWidth) : null;
    this.#answer.show(sight, strokes.length);
    this.#seeing.show(sight, strokes);
    this.#whyTimer ||= setTimeout(() => {
      this.#whyTimer = 0;
      this.#explain();
    }, WHY_PAUSE_MS);
    this.#sight = sight;
    this.dispatchEvent(new CustomEvent('sight', { detail: sight }));
  }

  #explain() {
    this.#why.show(this.#sight, this.#surface.strokes, this.#sight !== null && this.#answer.isUnsure(this.#sight));
  }
}

customElements.define('digit-pad', DigitPad);
