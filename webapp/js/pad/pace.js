/**
 * Does something again and again without taking the frames from the pen: at once where there is time, and on a slow device
 * as seldom as leaves two thirds of the time to others.
 */

const REST = 2; // times as long as it took

export class Pace {
  #work;
  #frame = 0;
  #timer = 0;
  #earliest = 0;

  constructor(work) {
    this.#work = work;
  }

  /** It should be done some time soon; many wishes are fulfilled by one turn. */
  soon() {
    if (this.#frame !== 0 || this.#timer !== 0) return;
    const wait = this.#earliest - performance.now();
    if (wait <= 0) this.now();
    else this.#timer = setTimeout(() => { this.#timer = 0; this.now(); }, wait);
  }

  /** It should be done at the next frame. */
  now() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const start = performance.now();
      this.#work();
      // a message comes after the frame: what the page then lays out and paints counts, too
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { this.#earliest = performance.now() + REST * (performance.now() - start); port1.close(); };
      port2.postMessage(null);
    });
  }
}
