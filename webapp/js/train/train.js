/** The training page: set-up, transport and charts; the worker trains, the pad draws with what it has learned. */
import '../pad/digit-pad.js';
import { loadCore } from '../core.js';
import { openPage } from '../page.js';
import { compact, decimal, percent } from '../texts.js';
import { Chart } from './chart.js';
import { SetupForm } from './form.js';
import { fromHash, fromSpec, layers, network, parameterCount, plan, RANGES, toHash } from './setup.js';

const find = id => document.getElementById(id);
const text = await openPage();
const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const charts = {
  loss: new Chart(find('loss-chart'), { format: value => decimal(value, 2) }),
  accuracy: new Chart(find('accuracy-chart'), { format: value => `${Math.round(100 * value)} %`, most: 1 }),
};

let setup;
let ready = false; // images and network are there
let playing = false;
let awaited = 0; // trainings that were ordered and have not begun: until then the worker speaks of an older one
let seen = 0; // images since the reset
let before = { epochs: 0 }; // of trainings that this one goes on from
let latest = null; // the network file of this moment
let carried = null; // numbers that the next training goes on from

const form = new SetupForm(document.querySelector('.setup'), text, changed => apply(changed));

/** Takes over a changed set-up. Rate and batch size leave the numbers as they are; all else begins anew. */
function apply(next) {
  const keep = ready && network(next) === network(setup) && next.loss === setup.loss && next.data === setup.data
    && next.seed === setup.seed && next.optimizer === setup.optimizer;
  const otherData = next.data !== setup?.data;
  setup = next;
  history.replaceState(null, '', toHash(setup));
  describe();
  if (otherData) fetchData();
  else start(keep ? latest : null, keep && playing);
}

function describe() {
  const count = document.createElement('span');
  count.textContent = ` · ${text('train.parameters', parameterCount(setup))}`;
  find('sentence').replaceChildren(network(setup), count);
  form.show(setup);
}

function fetchData() {
  setReady(false);
  worker.postMessage({ type: 'data', choice: setup.data });
}

/** Begins a training: with fresh numbers, or with those of a network file. */
function start(file, goOn = false) {
  if (!file) clear();
  else before.epochs = +find('epoch').textContent || 0;
  awaited++;
  worker.postMessage({ type: 'plan', plan: plan(setup), title: text('train.name', layers(setup)), file });
  setPlaying(false);
  if (goOn) play();
}

function clear() {
  seen = 0;
  before = { epochs: 0 };
  Object.values(charts).forEach(chart => chart.clear());
  for (const id of ['loss-values', 'accuracy-values']) find(id).textContent = '';
  find('epoch').textContent = find('seen').textContent = '0';
  find('speed').textContent = find('accuracy').textContent = '–';
}

const heard = {
  loading({ share }) {
    const [words, bar] = find('loading').children;
    words.textContent = text(setup.data === 'mnist' ? 'train.fetching' : 'train.drawing');
    bar.value = share;
    find('loading').hidden = false;
  },

  data({ missing, source, training, test }) {
    find('loading').hidden = true;
    note(missing ? text('train.no-mnist', training) : repairs.shift() ?? '');
    form.facts(source, training, test);
    setReady(true);
    start(carried);
    carried = null;
  },

  progress({ epochs, loss, accuracy, images, speed, playing: goesOn, diverged, test }) {
    if (awaited > 0) return;
    seen += images;
    charts.loss.add('training', seen, loss);
    charts.accuracy.add('training', seen, accuracy);
    if (test) {
      charts.loss.add('test', seen, test.loss);
      charts.accuracy.add('test', seen, test.accuracy);
      find('accuracy').textContent = percent(test.accuracy);
    }
    find('epoch').textContent = before.epochs + epochs;
    find('seen').textContent = compact(seen);
    if (speed > 0) find('speed').textContent = decimal(speed, 0);
    showValues();
    if (playing !== goesOn) setPlaying(goesOn);
    if (diverged) note(text('train.diverged', setup.rate));
  },

  async network({ file }) {
    if (awaited > 0) return;
    latest = file;
    await pad.open(file);
    find('save').disabled = false;
  },

  fresh() {
    awaited--;
  },

  file({ file }) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([file]));
    link.download = `${layers(setup)}.digitlab`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  },

  error({ message, letter }) {
    if (letter === 'plan') awaited--;
    find('loading').hidden = true;
    setPlaying(false);
    note(text('train.failed', message));
  },
};
worker.onmessage = ({ data }) => heard[data.type](data);
worker.onerror = event => heard.error({ message: event.message ?? 'worker' });

/** Best and last value of what is tested. */
function showValues() {
  const show = (name, best, format) => {
    const values = charts[name].values('test');
    const words = values.length === 0 ? ''
      : `${text('chart.best')} ${format(best(...values))} · ${text('chart.last')} ${format(values.at(-1))}`;
    find(`${name}-values`).textContent = words;
    find(`${name}-chart`).setAttribute('aria-label', `${text(`chart.${name}`)}: ${words}`);
  };
  show('loss', Math.min, value => decimal(value, 3));
  show('accuracy', Math.max, percent);
}

function note(words) {
  find('note').textContent = words;
  find('note').hidden = words === '';
}

function setReady(on) {
  ready = on;
  for (const id of ['reset', 'play', 'step']) find(id).disabled = !on;
  if (!on) setPlaying(false);
}

function setPlaying(on) {
  playing = on;
  const button = find('play');
  button.querySelector('path').setAttribute('d', on ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4v16l13-8z');
  button.title = text(on ? 'train.pause' : 'train.play');
  button.setAttribute('aria-label', button.title);
}

function play() {
  note('');
  worker.postMessage({ type: 'play' });
  setPlaying(true);
}

function pause() {
  worker.postMessage({ type: 'pause' });
  setPlaying(false);
}

const commands = {
  play: () => (playing ? pause() : play()),
  step: () => worker.postMessage({ type: 'step' }),
  reset: () => start(null),
  save: () => worker.postMessage({ type: 'save' }),
  help: () => {
    find('keys').hidden = !find('keys').hidden;
    find('help').setAttribute('aria-expanded', !find('keys').hidden);
  },
};
for (const [id, command] of Object.entries(commands)) find(id).addEventListener('click', command);

const keys = { ' ': 'play', '.': 'step', r: 'reset', '?': 'help' };
document.addEventListener('keydown', event => {
  const [target] = event.composedPath();
  const busy = target.closest?.('input, select, button, a, [role=application]') || event.ctrlKey || event.metaKey || event.altKey;
  const command = keys[event.key.toLowerCase()];
  if (busy || !command || find(command).disabled) return;
  event.preventDefault();
  commands[command]();
});

find('load').addEventListener('change', async event => {
  const [file] = event.target.files;
  event.target.value = '';
  if (!file) return;
  try {
    const bytes = await file.arrayBuffer();
    const opened = await (await loadCore()).open(bytes);
    const found = fromSpec(opened.spec);
    opened.close();
    if (!found) throw new Error(text('train.other', opened.spec));
    clear();
    setup = { ...setup, ...found };
    history.replaceState(null, '', toHash(setup));
    describe();
    start(bytes);
    note(text('train.loaded', opened.title || file.name));
  } catch (error) {
    note(text('train.failed', error.message));
  }
});

const pad = find('pad');
const repairs = [];

/** Begins with what the address says. */
function open() {
  const { setup: asked, repaired } = fromHash(location.hash);
  if (repaired.length > 0) {
    const names = repaired.map(name => text({ layers: 'plan.network' }[name] ?? `plan.${name}`)).join(', ');
    repairs.push(text('train.repaired', names, RANGES.layers[1], RANGES.neurons[1]));
  }
  setup = undefined;
  apply(asked);
}
window.addEventListener('hashchange', open);
open();
