/** The three that are compared, behind one face: load(), model(net), look(image), train(...). Runs in the page. */
import { onnxModel } from './onnx.mjs';

const NETS = {
  '784-16-16-10': '784 → 16 relu → 16 relu → 10 softmax',
  '784-128-64-10': '784 → 128 relu → 64 relu → 10 softmax',
  '784-512-256-10': '784 → 512 relu → 256 relu → 10 softmax',
};

const WARM_UP_MS = 400;
const BLOCK_MS = 25;

let core; // ours; it also makes the parameters that all three compute with

async function ours() {
  core ??= await (await import('/js/core.js')).loadCore();
  return core;
}

function images(core, count) {
  const set = core.openImages(count);
  set.generate(1, 0, count);
  return set;
}

/** A network with fresh parameters, as our file and as arrays by layer: weights (in, out), biases (out). */
async function fresh(net) {
  const core = await ours();
  const few = images(core, 10);
  const training = core.openTraining(`network ${NETS[net]}; initializer he; validation 0`, few, few);
  const file = training.save(net).buffer;
  const sizes = net.split('-').map(Number);
  const numbers = sizes.slice(1).reduce((sum, size, i) => sum + (sizes[i] + 1) * size, 0);
  const flat = new Float32Array(file.slice(file.byteLength - 32 - 4 * numbers, file.byteLength - 32));
  let at = 0;
  const layers = sizes.slice(1).map((out, i) => {
    const weights = flat.slice(at, (at += sizes[i] * out));
    const biases = flat.slice(at, (at += out));
    return { in: sizes[i], out, weights, biases };
  });
  return { file, layers };
}

const makers = {
  async digitlab(net) {
    const network = await (await ours()).open((await fresh(net)).file);
    return { look: image => network.look(image) };
  },

  async onnxruntime(net) {
    const ort = await import('/node_modules/onnxruntime-web/dist/ort.wasm.min.mjs');
    ort.env.wasm.numThreads = 1;
    const session = await ort.InferenceSession.create(onnxModel((await fresh(net)).layers));
    return {
      async look(image) {
        const input = new Float32Array(784);
        for (let i = 0; i < 784; i++) input[i] = image[i] / 255;
        return (await session.run({ x: new ort.Tensor('float32', input, [1, 784]) })).y.data;
      },
    };
  },

  async tfjs(net) {
    const tf = await tensorflow();
    const model = sequential(tf, net);
    model.setWeights((await fresh(net)).layers.flatMap(layer =>
      [tf.tensor2d(layer.weights, [layer.in, layer.out]), tf.tensor1d(layer.biases)]));
    return {
      look(image) {
        return tf.tidy(() => {
          const input = new Float32Array(784);
          for (let i = 0; i < 784; i++) input[i] = image[i] / 255;
          return model.predict(tf.tensor2d(input, [1, 784])).dataSync();
        });
      },
    };
  },
};

async function tensorflow() {
  if (!globalThis.tf?.wasm) {
    const script = src => new Promise(done => {
      document.head.append(Object.assign(document.createElement('script'), { src, onload: done }));
    });
    await script('/node_modules/@tensorflow/tfjs/dist/tf.min.js');
    await script('/node_modules/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js');
    tf.wasm.setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
    tf.wasm.setThreadsCount(1);
    await tf.setBackend('wasm');
    await tf.ready();
  }
  return globalThis.tf;
}

function sequential(tf, net) {
  const [inputs, ...sizes] = net.split('-').map(Number);
  return tf.sequential({ layers: sizes.map((units, i) => tf.layers.dense({
    units, activation: i === sizes.length - 1 ? 'softmax' : 'relu', ...(i === 0 ? { inputShape: [inputs] } : {}),
  })) });
}

export const NAMES = Object.keys(makers);
export const NET_NAMES = Object.keys(NETS);

/** Microseconds an image for each peer, peers taking turns; first all must agree. */
export async function latency(net, dense, rounds) {
  const set = images(await ours(), 100);
  const inputs = Array.from({ length: 100 }, (_, i) => (dense
    ? Uint8Array.from({ length: 784 }, (__, k) => 1 + ((i * 7919 + k * 104729) % 255))
    : set.image(i).pixels));
  const models = {};
  for (const name of NAMES) models[name] = await makers[name](net);
  const expected = [...models.digitlab.look(inputs[3])];
  for (const name of NAMES) {
    const found = [...await models[name].look(inputs[3])];
    if (found.some((share, i) => Math.abs(share - expected[i]) > 1e-4)) throw new Error(`${name} disagrees: ${found} instead of ${expected}`);
  }
  const times = Object.fromEntries(NAMES.map(name => [name, []]));
  const repeats = {}; // of all inputs: the clock is coarse, and engines compile what is hot while they run
  for (const name of NAMES) {
    const enough = performance.now() + WARM_UP_MS;
    let count = 0;
    for (; performance.now() < enough; count++) await lookAtAll(models[name], inputs);
    repeats[name] = Math.max(1, Math.round((count * BLOCK_MS) / WARM_UP_MS));
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of NAMES) {
      const start = performance.now();
      for (let i = 0; i < repeats[name]; i++) await lookAtAll(models[name], inputs);
      times[name].push((1000 * (performance.now() - start)) / (repeats[name] * inputs.length));
    }
  }
  return Object.fromEntries(NAMES.map(name => [name, median(times[name])]));
}

async function lookAtAll(model, inputs) {
  for (const input of inputs) {
    const answer = model.look(input);
    if (answer instanceof Promise) await answer;
  }
}

/** Samples a second, batch 32, SGD with cross-entropy; onnxruntime-web does not train. */
export async function training(net, rounds) {
  const core = await ours();
  const count = 2048;
  const set = images(core, count);
  const own = core.openTraining(`network ${NETS[net]}; optimizer sgd; rate 0.05; batch 32; validation 0; epochs 10000`, set, set);
  const tf = await tensorflow();
  const model = sequential(tf, net);
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'categoricalCrossentropy' });
  const all = Array.from({ length: count }, (_, i) => set.image(i));
  const xs = tf.tensor2d(Float32Array.from(all.flatMap(({ pixels }) => Array.from(pixels, pixel => pixel / 255))), [count, 784]);
  const ys = tf.oneHot(tf.tensor1d(all.map(({ label }) => label), 'int32'), 10);
  const speeds = { digitlab: [], tfjs: [] };
  for (let round = 0; round < rounds; round++) {
    let start = performance.now();
    own.step(count / 32);
    speeds.digitlab.push((1000 * count) / (performance.now() - start));
    start = performance.now();
    await model.fit(xs, ys, { batchSize: 32, epochs: 1, shuffle: false, yieldEvery: 'never' });
    speeds.tfjs.push((1000 * count) / (performance.now() - start));
  }
  return { digitlab: median(speeds.digitlab.slice(1)), tfjs: median(speeds.tfjs.slice(1)) };
}

/** Milliseconds from nothing to the first answer, in a fresh page. */
export async function first(name, net, prepared) {
  const start = performance.now();
  if (name === 'digitlab') {
    const [core, file] = await Promise.all([ours(), fetch('/models/pad.digitlab').then(answer => answer.arrayBuffer())]);
    (await core.open(file)).look(new Uint8Array(784).fill(9));
  } else if (name === 'onnxruntime') {
    const ort = await import('/node_modules/onnxruntime-web/dist/ort.wasm.min.mjs');
    ort.env.wasm.numThreads = 1;
    const session = await ort.InferenceSession.create(new Uint8Array(prepared));
    await session.run({ x: new ort.Tensor('float32', new Float32Array(784).fill(0.1), [1, 784]) });
  } else {
    const tf = await tensorflow();
    sequential(tf, net).predict(tf.ones([1, 784])).dataSync();
  }
  return performance.now() - start;
}

/** The ONNX file of a network, as numbers. */
export async function onnxFile(net) {
  return Array.from(onnxModel((await fresh(net)).layers));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
