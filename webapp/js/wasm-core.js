/** The core as WebAssembly: numbers in linear memory, no objects. Its other side is WasmModule.java. */
import { OpenNetwork } from './network.js';

const decode = bytes => new TextDecoder().decode(bytes);

const DESK = 64 * 1024; // bytes
const DIGEST = 32; // bytes at the end of a network file: SHA-256 of all before

export class WasmCore {
  kind = 'wasm';
  #java;
  #memory;
  #desk;
  #used = 0; // of the desk

  constructor(java, memory) {
    this.#java = java;
    this.#memory = memory;
  }

  /** Opens a network file (ArrayBuffer). */
  async open(file) {
    const content = new Uint8Array(file);
    // the browser's own digest is quicker than Java's; pages from plain HTTP do not get it
    const digest = await globalThis.crypto?.subtle?.digest('SHA-256', content.subarray(0, -DIGEST));
    const parts = digest ? [content, new Uint8Array(digest)] : [content];
    const handle = this.#check(this.#with(parts, (at, digestAt = 0) => this.#java.open(at, content.length, digestAt)));
    return new OpenNetwork(this, handle, decode(this.#text(this.#java.describe(handle))));
  }

  close(network) {
    this.#java.close(network);
  }

  /** See network.js. */
  recognise(network, { points, lengths, switches, width }, sizes) {
    const classes = sizes.at(-1);
    const outputs = sizes.reduce((sum, size) => sum + size, 0);
    return this.#with([points, lengths], (pointsAt, lengthsAt) => this.#room(784 + 4 * (classes + outputs + 4), at => {
      const [shares, layersAt] = [at + 784, at + 784 + 4 * classes];
      const placementAt = layersAt + 4 * outputs;
      const answer = this.#java.recognise(
        network, pointsAt, lengthsAt, lengths.length, switches, width, at, shares, layersAt, placementAt);
      this.#check(answer);
      let next = layersAt;
      const layers = sizes.map(size => {
        next += 4 * size;
        return this.#floats(next - 4 * size, size);
      });
      return {
        answer, layers, image: this.#bytes(at, 784), probabilities: this.#floats(shares, classes),
        placement: this.#floats(placementAt, 4),
      };
    }));
  }

  look(network, image, classes) {
    return this.#with([image], imageAt => this.#room(4 * classes, at => {
      this.#check(this.#java.look(network, imageAt, at));
      return this.#floats(at, classes);
    }));
  }

  pull(network, layer, neuron, against) {
    return this.#room(4 * 784, at => {
      this.#check(this.#java.pull(network, layer, neuron, against, at));
      return this.#floats(at, 784);
    });
  }

  strongest(network, layer, neuron, most) {
    return this.#room(8 * most, at =>
      this.#floats(at, 2 * this.#check(this.#java.strongest(network, layer, neuron, most, at))));
  }

  /** Room for images to train on or to test with. */
  openImages(count) {
    const handle = this.#check(this.#java.openImages(count));
    return {
      handle, count,
      put: (from, pixels, labels) => this.#check(this.#with([pixels, labels], (pixelsAt, labelsAt) =>
        this.#java.putImages(handle, from, pixelsAt, labelsAt, labels.length))),
      generate: (seed, from, some) => this.#check(this.#java.generateImages(handle, seed, from, some)),
      image: number => this.#room(784, at => ({ label: this.#java.copyImage(handle, number, at), pixels: this.#bytes(at, 784) })),
      close: () => this.#java.closeImages(handle),
    };
  }

  /** Prepares a training from a plan's text and two sets of images. */
  openTraining(plan, images, testImages) {
    const text = new TextEncoder().encode(plan);
    const handle = this.#check(this.#with([text], at =>
      this.#java.openTraining(at, text.length, images.handle, testImages.handle)));
    return {
      step: count => this.#java.train(handle, count),
      progress: () => this.#room(24, at => (this.#java.progress(handle, at), this.#floats(at, 6))),
      test: most => this.#room(8, at => (this.#java.test(handle, most, at), this.#floats(at, 2))),
      save: title => {
        const name = new TextEncoder().encode(title);
        return this.#text(this.#with([name], at => this.#java.saveTraining(handle, at, name.length)));
      },
      load: file => this.#check(this.#with([new Uint8Array(file)], at =>
        this.#java.loadTraining(handle, at, file.byteLength))),
      close: () => this.#java.closeTraining(handle),
    };
  }

  /** Copies typed arrays into linear memory for as long as `use` runs. */
  #with(arrays, use) {
    const before = this.#used;
    const borrowed = [];
    const addresses = arrays.map(values => {
      const address = this.#take(values.byteLength, borrowed);
      new Uint8Array(this.#memory.buffer, address, values.byteLength)
        .set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return address;
    });
    try {
      return use(...addresses);
    } finally {
      this.#used = before;
      borrowed.forEach(address => this.#java.release(address));
    }
  }

  #room(bytes, use) {
    const before = this.#used;
    const borrowed = [];
    try {
      return use(this.#take(bytes, borrowed));
    } finally {
      this.#used = before;
      borrowed.forEach(address => this.#java.release(address));
    }
  }

  /** An address with room: on the desk, a block that is kept for the small things of every look, or borrowed. */
  #take(bytes, borrowed) {
    this.#desk ??= this.#java.allocate(DESK);
    const size = (bytes + 7) & ~7;
    if (this.#used + size <= DESK) return this.#desk + (this.#used += size) - size;
    const address = this.#java.allocate(size);
    borrowed.push(address);
    return address;
  }

  // views are made anew for each use: they are lost when the memory grows
  #floats(at, count) {
    return new Float32Array(this.#memory.buffer, at, count).slice();
  }

  #bytes(at, count) {
    return new Uint8Array(this.#memory.buffer, at, count).slice();
  }

  #text(length) {
    return this.#room(length, at => (this.#java.copyText(at), this.#bytes(at, length)));
  }

  #check(result) {
    if (result < 0) throw new Error(decode(this.#text(this.#java.error())));
    return result;
  }
}
