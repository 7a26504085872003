/** A network that can look at drawings and say why it answers as it does. */

/**
 * @typedef {object} Sight what a network sees in a drawing
 * @property {number} answer
 * @property {Uint8Array} image 28×28, 0 paper and 255 ink
 * @property {Float32Array} probabilities
 * @property {Float32Array[]} layers the outputs of every layer
 * @property {Float32Array} placement x in the image = x · [0] + [1], y = y · [0] + [2]; pen radius [3]
 */

/** MNIST's four steps from a drawing to an image; `width` is how wide the pen drew. */
export const MNIST = Object.freeze({ scaling: true, centring: true, width: true, polarity: true });

const switches = steps => (steps.scaling ? 1 : 0) + (steps.centring ? 2 : 0) + (steps.width ? 4 : 0) + (steps.polarity ? 8 : 0);

export class OpenNetwork {
  #core;
  #handle;

  constructor(core, handle, description) {
    this.#core = core;
    this.#handle = handle;
    /** Whether it computes to the last bit as the JVM does. */
    this.isExact = core.kind === 'wasm';
    [this.title, this.spec, this.id] = description.split('\n');
    const [inputs, ...layers] = this.spec.split('→').map(part => part.trim());
    /** The layers in words, the inputs left out: ["16 sigmoid", "10 softmax"]. */
    this.layers = layers;
    /** Their neurons: [16, 10]. */
    this.sizes = layers.map(layer => parseInt(layer, 10));
    /** How many weights and biases there are. */
    this.parameters = this.sizes.reduce((sum, size, i) => sum + ((i ? this.sizes[i - 1] : +inputs) + 1) * size, 0);
  }

  /**
   * Looks at strokes, each a list of [x, y], y downwards: in any unit if all of MNIST's steps are taken, else in a square
   * of side 1, drawn with a pen `width` wide.
   * @returns {Sight}
   */
  recognise(strokes, steps = MNIST, width = 0.07) {
    const points = new Float32Array(strokes.flat(2));
    const lengths = new Int32Array(strokes.map(stroke => stroke.length));
    return this.#core.recognise(this.#handle, { points, lengths, switches: switches(steps), width }, this.sizes);
  }

  /** The probabilities for an image of 28×28 bytes. */
  look(image) {
    return this.#core.look(this.#handle, image, this.sizes.at(-1));
  }

  /**
   * How each pixel pulls at a neuron for the drawing that was looked at last: above zero, ink there lifts it, or lifts it
   * above neuron `against` of its layer.
   */
  pull(layer, neuron, against = -1) {
    return this.#core.pull(this.#handle, layer, neuron, against);
  }

  /** The strongest connections into a neuron, for that drawing: [{from, share}], the strongest first. */
  strongest(layer, neuron, most) {
    const pairs = this.#core.strongest(this.#handle, layer, neuron, most);
    return Array.from({ length: pairs.length / 2 }, (_, i) => ({ from: pairs[2 * i], share: pairs[2 * i + 1] }));
  }

  /** Frees it. */
  close() {
    this.#core.close(this.#handle);
  }
}
