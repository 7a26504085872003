/** The answer: the digit, or "not sure"; ten bars; and the line below which the network is not believed. */
import { imagePixels, percent } from './pictures.js';
import { secondOf } from './why.js';

export const answerTemplate = `
  <div class="answer">
    <div class="verdict" aria-hidden="true">?</div>
    <div class="words" aria-hidden="true"><b></b><span></span></div>
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

  /** `changed` is called when the threshold moves. */
  constructor(root, text, changed) {
    this.#root = root;
    this.#text = text;
    this.#threshold = root.querySelector('input');
    root.querySelector('.bars').append(...Array.from({ length: 10 }, (_, digit) => bar(digit)));
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
    const verdict = this.#root.querySelector('.verdict');
    write(verdict, sight && !unsure ? String(best) : '?');
    verdict.classList.toggle('waiting', !sight);
    verdict.classList.toggle('unsure', unsure);
    this.#root.querySelector('.image').getContext('2d').putImageData(imagePixels(sight?.image ?? new Uint8Array(784)), 0, 0);
    const [title, words] = this.#words(sight, unsure);
    write(this.#root.querySelector('.words b'), title);
    write(this.#root.querySelector('.words span'), words);
    this.#root.querySelectorAll('.bars li').forEach((row, digit) => {
      const share = sight?.probabilities[digit] ?? 0;
      row.classList.toggle('best', digit === best);
      row.classList.toggle('unsure', digit === best && unsure);
      row.querySelector('.fill').style.transform = `scaleX(${share})`;
      write(row.querySelector('.share'), sight ? percent(share) : '');
    });
    this.#announce(sight, unsure, strokeCount);
  }

  #words(sight, unsure) {
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
      const [title, words] = this.#words(sight, unsure);
      const said = unsure ? title : this.#text('pad.says', sight?.answer, percent(sight?.probabilities[sight.answer] ?? 0));
      this.#root.querySelector('[role=status]').textContent =
        sight ? `${said}. ${words}. ${this.#text('pad.strokes', strokeCount)}` : '';
    }, 700);
  }
}

/** Writes only what is new: each text that changes is laid out again. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function bar(digit) {
  const row = document.createElement('li');
  row.innerHTML = '<span></span><span class="track"><i class="fill"></i></span><span class="share"></span>';
  row.firstElementChild.textContent = digit;
  return row;
}
