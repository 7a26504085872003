/** The answer: the digit, or "not sure"; ten bars; and the line below which the network is not believed. */
import { percent } from '../texts.js';
import { imagePixels } from './pictures.js';
import { secondOf } from './why.js';

export const answerTemplate = `
  <div class="answer">
    <div class="verdict" aria-hidden="true"><div>?</div></div>
    <div class="words" aria-hidden="true"><div><b></b><span></span></div></div>
    <canvas class="image" width="28" height="28" aria-hidden="true"></canvas>
  </div>
  <div class="visually-hidden" role="status"></div>
  <ul class="bars"></ul>
  <label class="threshold"><span></span><input type="range" min="0" max="99" step="1" value="60"></label>`;

export class Answer {
  #root;
  #text;
  #announcement = 0;
  #threshold;
  #verdict;
  #image;
  #title;
  #words;
  #bars;

  /** `changed` is called when the threshold moves. */
  constructor(root, text, changed) {
    this.#root = root;
    this.#text = text;
    this.#threshold = root.querySelector('input');
    this.#verdict = root.querySelector('.verdict');
    this.#image = root.querySelector('.image').getContext('2d');
    this.#title = root.querySelector('.words b');
    this.#words = root.querySelector('.words span');
    this.#bars = Array.from({ length: 10 }, (_, digit) => bar(digit));
    root.querySelector('.bars').append(...this.#bars.map(({ row }) => row));
    this.#threshold.addEventListener('input', () => {
      this.#showThreshold();
      changed();
    });
    this.#showThreshold();
  }

  /** Whether the network's best guess is weaker than one asks for. */
  isUnsure(sight) {
    return sight.probabilities[sight.answer] < this.#threshold.value / 100;
  }

  show(sight, strokeCount) {
    const best = sight?.answer;
    const unsure = sight !== null && this.isUnsure(sight);
    write(this.#verdict.firstElementChild, sight && !unsure ? String(best) : '?');
    this.#verdict.classList.toggle('waiting', !sight);
    this.#verdict.classList.toggle('unsure', unsure);
    this.#image.putImageData(imagePixels(sight?.image ?? new Uint8Array(784)), 0, 0);
    const [title, words] = this.#inWords(sight, unsure);
    write(this.#title, title);
    write(this.#words, words);
    this.#bars.forEach(({ row, fill, percentage }, digit) => {
      const share = sight?.probabilities[digit] ?? 0;
      row.classList.toggle('best', digit === best);
      row.classList.toggle('unsure', digit === best && unsure);
      const length = `scaleX(${share.toFixed(3)})`;
      if (fill.style.transform !== length) fill.style.transform = length;
      write(percentage, sight ? `${Math.round(100 * share)} %` : '');
    });
    this.#announce(sight, unsure, strokeCount);
  }

  #inWords(sight, unsure) {
    if (!sight) return [this.#text('pad.waiting'), ''];
    const share = percent(sight.probabilities[sight.answer]);
    if (unsure) return [this.#text('pad.unsure'), this.#text('pad.perhaps', sight.answer, share)];
    return [this.#text('pad.answer', share), this.#secondGuess(sight)];
  }

  #secondGuess({ answer, probabilities }) {
    const second = secondOf(probabilities, answer);
    const share = probabilities[second];
    return share < 0.005 ? this.#text('pad.alone') : this.#text('pad.second', second, percent(share));
  }

  #showThreshold() {
    const share = this.#threshold.value / 100;
    this.#root.style.setProperty('--threshold', share);
    this.#root.querySelector('.threshold span').textContent = this.#text('pad.threshold', `${this.#threshold.value} %`);
  }

  /** Tells screen readers the answer, once the hand rests. */
  #announce(sight, unsure, strokeCount) {
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => {
      const [title, words] = this.#inWords(sight, unsure);
      const said = unsure ? title : this.#text('pad.says', sight?.answer, percent(sight?.probabilities[sight.answer] ?? 0));
      this.#root.querySelector('[role=status]').textContent =
        sight ? `${said}. ${words}. ${this.#text('pad.strokes', strokeCount)}` : '';
    }, 700);
  }
}

/** Writes only what is new, and into the same node: another one would have the whole page laid out again. */
function write(element, text) {
  const node = element.firstChild ?? element.appendChild(new Text());
  if (node.data !== text) node.data = text;
}

function bar(digit) {
  const row = document.createElement('li');
  row.innerHTML = '<span></span><span class="track"><i class="fill"></i></span><span class="share"><i></i></span>';
  row.firstElementChild.textContent = digit;
  return { row, fill: row.querySelector('.fill'), percentage: row.querySelector('.share i') };
}
