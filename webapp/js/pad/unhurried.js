/**
 * Paints a part of the page at once while it is in sight; while it is not, only after a moment without new wishes, so that
 * the pen keeps its frames and a print still shows everything.
 */

const MOMENT_MS = 400;

export class Unhurried {
  /** Whether it is in sight. */
  visible = false;
  #paint;
  #timer = 0;

  constructor(element, paint) {
    this.#paint = paint;
    new IntersectionObserver(entries => {
      this.visible = entries.at(-1).isIntersecting;
      this.paint();
    }).observe(element);
  }

  /** It should be painted. */
  paint() {
    clearTimeout(this.#timer);
    if (this.visible) this.#paint();
    else this.#timer = setTimeout(this.#paint, MOMENT_MS);
  }
}
