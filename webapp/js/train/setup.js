/**
 * The set-up of a training: as a plain object, in the address of the page, and as the plan's text that Java reads. What the
 * address says is not believed: values out of range are brought into range, unknown words replaced, and both are reported.
 */

export const ACTIVATIONS = ['relu', 'sigmoid', 'tanh', 'leaky-relu', 'elu', 'gelu', 'identity'];
/** Each loss with the activation of the output that belongs to it. */
export const LOSSES = { 'cross-entropy': 'softmax', mse: 'sigmoid', 'binary-cross-entropy': 'sigmoid' };
export const OPTIMIZERS = { sgd: 'sgd', momentum: 'momentum 0.9', adam: 'adam' };
export const DATA = ['pen-digits', 'mnist'];
export const RANGES = {
  neurons: [1, 1024], layers: [0, 5], rate: [0.00001, 10], batch: [1, 1000], seed: [0, 2 ** 31 - 1],
};

export const DEFAULT = Object.freeze({
  data: 'pen-digits', layers: [{ neurons: 16, activation: 'relu' }, { neurons: 16, activation: 'relu' }],
  loss: 'cross-entropy', optimizer: 'adam', rate: 0.003, batch: 32, seed: 1,
});

/** "784 → 16 relu → 16 relu → 10 softmax". */
export function network({ layers, loss }) {
  const all = [...layers.map(({ neurons, activation }) => `${neurons} ${activation}`), `10 ${LOSSES[loss]}`];
  return ['784', ...all].join(' → ');
}

/** "784-16-16-10". */
export function layers(setup) {
  return [784, ...setup.layers.map(layer => layer.neurons), 10].join('-');
}

export function parameterCount({ layers }) {
  const sizes = [784, ...layers.map(layer => layer.neurons), 10];
  return sizes.slice(1).reduce((sum, size, i) => sum + (sizes[i] + 1) * size, 0);
}

/** The plan as Java reads it. */
export function plan(setup) {
  const start = setup.layers.some(({ activation }) => /relu|elu/.test(activation)) ? 'he' : 'xavier';
  return [
    `data ${setup.data}`, `network ${network(setup)}`, `loss ${setup.loss}`, `optimizer ${OPTIMIZERS[setup.optimizer]}`,
    `rate ${plain(setup.rate)}`, `batch ${setup.batch}`, `seed ${setup.seed}`, `initializer ${start}`, 'epochs 10000', 'validation 0',
  ].join('; ');
}

/** The layers, loss and so on as they stand in an address. */
export function toHash({ data, layers, loss, optimizer, rate, batch, seed }) {
  const words = layers.map(({ neurons, activation }) => `${neurons}-${activation}`).join(',');
  return `#${new URLSearchParams({ data, layers: words, loss, optimizer, rate: plain(rate), batch, seed })}`;
}

/** @returns {{setup: object, repaired: string[]}} `repaired` names what the address had wrong */
export function fromHash(hash) {
  const said = new URLSearchParams(hash.slice(1));
  const repaired = [];
  const word = (name, choices) => {
    const value = said.get(name);
    if (value === null || choices.includes(value)) return value ?? DEFAULT[name];
    repaired.push(name);
    return DEFAULT[name];
  };
  const amount = name => {
    if (!said.has(name)) return DEFAULT[name];
    const value = clamp(name, said.get(name), DEFAULT[name]);
    if (String(value) !== said.get(name)) repaired.push(name);
    return value;
  };
  const setup = {
    data: word('data', DATA), layers: layersOf(said.get('layers'), repaired), loss: word('loss', Object.keys(LOSSES)),
    optimizer: word('optimizer', Object.keys(OPTIMIZERS)), rate: amount('rate'), batch: amount('batch'), seed: amount('seed'),
  };
  return { setup, repaired };
}

function layersOf(text, repaired) {
  if (text === null) return DEFAULT.layers.map(layer => ({ ...layer }));
  const words = text === '' ? [] : text.split(',');
  const layers = words.slice(0, RANGES.layers[1]).map(each => {
    const [, neurons = '', activation = ''] = each.match(/^(\d+)-([a-z-]+)$/) ?? [];
    return { neurons: clamp('neurons', neurons, 16), activation: ACTIVATIONS.includes(activation) ? activation : 'relu' };
  });
  if (layers.map(({ neurons, activation }) => `${neurons}-${activation}`).join(',') !== text) repaired.push('layers');
  return layers;
}

/** The number that `text` says, brought into the range of `name`; whole but for rates. */
export function clamp(name, text, otherwise) {
  const value = parseFloat(text);
  if (!Number.isFinite(value)) return otherwise;
  const [least, most] = RANGES[name];
  const fits = Math.min(most, Math.max(least, value));
  return name === 'rate' ? fits : Math.round(fits);
}

/** 0.00001, never 1e-5. */
function plain(number) {
  return number.toFixed(10).replace(/\.?0+$/, '');
}

/** The layers and the loss of a network's description, or null if this page cannot train it. */
export function fromSpec(spec) {
  const [inputs, ...parts] = spec.split('→').map(part => part.trim());
  const layers = parts.map(part => {
    const [, neurons, activation] = part.match(/^(\d+) ([a-z-]+)$/) ?? [];
    return { neurons: +neurons, activation };
  });
  const output = layers.pop();
  const known = layers.every(({ neurons, activation }) => neurons <= RANGES.neurons[1] && ACTIVATIONS.includes(activation));
  const loss = Object.keys(LOSSES).find(name => LOSSES[name] === output?.activation);
  const fits = inputs === '784' && output?.neurons === 10 && known && layers.length <= RANGES.layers[1];
  return fits && loss ? { layers, loss } : null;
}
