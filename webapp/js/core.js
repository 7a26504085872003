/**
 * The network in the browser: Java, compiled by TeaVM to WebAssembly (core/digitlab.wasm), or to JavaScript
 * (core/digitlab.js) where the browser has no garbage-collected WebAssembly. Whether it has is found by trying.
 *
 * This loader takes the place of TeaVM's own, which needs 'unsafe-eval' in the page's security policy. It knows the imports
 * of TeaVM 0.15.0: raise both together.
 */

const BASE = new URL('../core/', import.meta.url);

/** @typedef {{answer: number, image: Uint8Array, probabilities: Float32Array, layers: Float32Array[]}} Sight */

let loading;

/** Loads the core once; later calls get the same one. `force` ('wasm' or 'js') is for tests. */
export function loadCore(force) {
  loading ??= force === 'js' ? loadScript() : loadWasm().catch(error => {
    if (force === 'wasm') throw error;
    console.info('Digit Lab uses JavaScript: this browser does not run its WebAssembly.', error.message);
    return loadScript();
  });
  return loading;
}

async function loadWasm() {
  const response = fetch(new URL('digitlab.wasm', BASE));
  const module = await WebAssembly.compileStreaming(response, { builtins: ['js-string'] });
  const section = WebAssembly.Module.customSections(module, 'teavm.memoryRequirements')[0];
  const needs = section ? JSON.parse(new TextDecoder().decode(section)) : {};
  const memory = new WebAssembly.Memory({ initial: Math.max(needs.min ?? 0, 1), maximum: 32768 });
  const constant = value => new WebAssembly.Global({ value: 'i32', mutable: false }, value);
  const known = {
    env: { memory },
    teavm: { takeStackTrace: () => ({ getStack: () => [] }), decorateException: () => {} },
    teavmMath: Math,
    teavmDate: { currentTimeMillis: () => Date.now() },
    teavmMemory: {
      linearMemory: () => memory.buffer,
      notifyHeapResized: () => {},
      heapOffset: constant(((needs.dataSize ?? 0) + 7) & ~7),
      maxSize: constant(0x7fffffff),
    },
    teavmJso: {
      stringBuiltinsSupported: () => 1,
      isUndefined: value => (value === undefined ? 1 : 0),
      createClass: () => function JavaClass() {},
      defineFunction: f => f,
      defineStaticMethod: () => {},
      // start-up code makes one identity function; without eval it is written here
      createFunction1: (parameter, body) => (body === `return ${parameter};` ? value => value : unknown(body)),
      callFunction1: (f, argument) => f(argument),
    },
  };
  const unknown = name => () => { throw new Error(`The core asked for ${name}, which this page does not offer.`); };
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = known[from]?.[name] ?? unknown(`${from}.${name}`);
  }
  return new WasmCore((await WebAssembly.instantiate(module, imports)).exports, memory);
}

async function loadScript() {
  return new ScriptCore(await import(new URL('digitlab.js', BASE)));
}

/** Numbers in linear memory. Views are made anew for each use: they are lost when the memory grows. */
class WasmCore {
  kind = 'wasm';
  #java;
  #memory;

  constructor(java, memory) {
    this.#java = java;
    this.#memory = memory;
  }

  /** Opens a network file (ArrayBuffer). */
  open(file) {
    const address = this.#put(new Uint8Array(file));
    const handle = this.#java.open(address, file.byteLength);
    this.#java.release(address);
    this.#check(handle);
    return new OpenNetwork(this, handle, new TextDecoder().decode(this.#text(this.#java.describe(handle))));
  }

  /** @returns {Sight} */
  recognise(handle, points, lengths, sizes) {
    const outputCount = sizes.reduce((sum, size) => sum + size, 0);
    const classes = sizes.at(-1);
    const pointsAt = this.#put(points);
    const lengthsAt = this.#put(lengths);
    const imageAt = this.#java.allocate(784 + 4 * classes + 4 * outputCount);
    const probabilitiesAt = imageAt + 784;
    const outputsAt = probabilitiesAt + 4 * classes;
    const answer = this.#java.recognise(handle, pointsAt, lengthsAt, lengths.length, imageAt, probabilitiesAt, outputsAt);
    const image = new Uint8Array(this.#memory.buffer, imageAt, 784).slice();
    const probabilities = new Float32Array(this.#memory.buffer, probabilitiesAt, classes).slice();
    let at = outputsAt;
    const layers = sizes.map(size => {
      const layer = new Float32Array(this.#memory.buffer, at, size).slice();
      at += 4 * size;
      return layer;
    });
    [pointsAt, lengthsAt, imageAt].forEach(address => this.#java.release(address));
    this.#check(answer);
    return { answer, image, probabilities, layers };
  }

  /** Prepares a training from a plan's text, pixels (count, 784) and labels. */
  openTraining(plan, pixels, labels) {
    const text = new TextEncoder().encode(plan);
    const addresses = [text, pixels, labels].map(values => this.#put(values));
    const handle = this.#java.openTraining(addresses[0], text.length, addresses[1], addresses[2], labels.length);
    addresses.forEach(address => this.#java.release(address));
    this.#check(handle);
    return {
      step: count => this.#java.train(handle, count),
      save: () => this.#text(this.#java.saveTraining(handle)),
    };
  }

  #put(values) {
    const address = this.#java.allocate(Math.max(values.byteLength, 4));
    new Uint8Array(this.#memory.buffer, address, values.byteLength)
      .set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return address;
  }

  #text(length) {
    const address = this.#java.allocate(Math.max(length, 4));
    this.#java.copyText(address);
    const bytes = new Uint8Array(this.#memory.buffer, address, length).slice();
    this.#java.release(address);
    return bytes;
  }

  #check(result) {
    if (result < 0) throw new Error(new TextDecoder().decode(this.#text(this.#java.error())));
  }
}

/** The same over the JavaScript module. */
class ScriptCore {
  kind = 'js';
  #java;

  constructor(java) {
    this.#java = java;
  }

  open(file) {
    const handle = this.#java.open(new Int8Array(file));
    this.#check(handle);
    return new OpenNetwork(this, handle, this.#java.describe(handle));
  }

  /** @returns {Sight} */
  recognise(handle, points, lengths, sizes) {
    const answer = this.#java.recognise(handle, points, lengths);
    this.#check(answer);
    return {
      answer,
      image: new Uint8Array(this.#java.image(handle)),
      probabilities: this.#java.probabilities(handle).slice(),
      layers: sizes.map((_, layer) => this.#java.outputs(handle, layer).slice()),
    };
  }

  openTraining(plan, pixels, labels) {
    const handle = this.#java.openTraining(plan, new Int8Array(pixels), new Int8Array(labels));
    this.#check(handle);
    return {
      step: count => this.#java.train(handle, count),
      save: () => new Uint8Array(this.#java.saveTraining(handle)),
    };
  }

  #check(result) {
    if (result < 0) throw new Error(this.#java.error());
  }
}

/** A network that can look at drawings. */
class OpenNetwork {
  #core;
  #handle;

  constructor(core, handle, description) {
    this.#core = core;
    this.#handle = handle;
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
   * Looks at strokes, each a list of [x, y], y downwards, in any unit.
   * @returns {Sight}
   */
  recognise(strokes) {
    const points = new Float32Array(strokes.flat(2));
    const lengths = new Int32Array(strokes.map(stroke => stroke.length));
    return this.#core.recognise(this.#handle, points, lengths, this.sizes);
  }
}
