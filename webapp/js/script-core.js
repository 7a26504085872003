/** The core as JavaScript: typed arrays and strings. Its other side is ScriptModule.java. */
import { OpenNetwork } from './network.js';

export class ScriptCore {
  kind = 'js';
  #java;

  constructor(java) {
    this.#java = java;
  }

  /** Opens a network file (ArrayBuffer). */
  async open(file) {
    const handle = this.#check(this.#java.open(new Int8Array(file)));
    return new OpenNetwork(this, handle, this.#java.describe(handle));
  }

  close(network) {
    this.#java.close(network);
  }

  recognise(network, { points, lengths, switches, width }, sizes) {
    const answer = this.#check(this.#java.recognise(network, points, lengths, switches, width));
    return {
      answer,
      image: new Uint8Array(this.#java.image(network)),
      probabilities: this.#java.probabilities(network).slice(),
      layers: sizes.map((_, layer) => this.#java.outputs(network, layer).slice()),
      placement: this.#java.placement(network),
    };
  }

  look(network, image) {
    this.#check(this.#java.look(network, new Int8Array(image)));
    return this.#java.probabilities(network).slice();
  }

  pull(network, layer, neuron, against) {
    return this.#java.pull(network, layer, neuron, against);
  }

  strongest(network, layer, neuron, most) {
    return this.#java.strongest(network, layer, neuron, most);
  }

  openImages(count) {
    const handle = this.#check(this.#java.openImages(count));
    return {
      handle, count,
      put: (from, pixels, labels) =>
        this.#check(this.#java.putImages(handle, from, new Int8Array(pixels), new Int8Array(labels))),
      generate: (seed, from, some) => this.#check(this.#java.generateImages(handle, seed, from, some)),
      image: number => ({ label: this.#java.labelOf(handle, number), pixels: new Uint8Array(this.#java.imageOf(handle, number)) }),
      close: () => this.#java.closeImages(handle),
    };
  }

  openTraining(plan, images, testImages) {
    const handle = this.#check(this.#java.openTraining(plan, images.handle, testImages.handle));
    return {
      step: count => this.#java.train(handle, count),
      progress: () => this.#java.progress(handle),
      test: most => this.#java.test(handle, most),
      save: title => new Uint8Array(this.#java.saveTraining(handle, title)),
      load: file => this.#check(this.#java.loadTraining(handle, new Int8Array(file))),
      close: () => this.#java.closeTraining(handle),
    };
  }

  #check(result) {
    if (result < 0) throw new Error(this.#java.error());
    return result;
  }
}
