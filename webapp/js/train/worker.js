/**
 * The training itself, in a thread of its own, so that the page never waits: the same Trainer as on the server. Takes
 * messages and answers with messages; its other side is train.js.
 */
import { loadCore } from '../core.js';
import { loadImages } from './images.js';

const CHUNK_MS = 25; // between two looks into the letter box
const REPORT_MS = 200;
const TEST_MS = 500;
const NETWORK_MS = 400;
const QUICK_TEST = 500; // images

let core;
let data; // {choice, training, test}
let training;
let title = ''; // of its network
let playing = false;
let chunk = 8; // steps
let busy = { images: 0, ms: 0 }; // since the last report
const last = { report: 0, test: 0, network: 0 };

const letters = {
  /** {choice}: gets the images ready. */
  async data({ choice }) {
    playing = false;
    core ??= await loadCore();
    if (data?.choice === choice) return tell('data', data.facts);
    data?.training.close();
    data?.test.close();
    data = null;
    const found = await loadImages(core, choice, share => tell('loading', { share }));
    data = { choice, ...found };
    return tell('data', data.facts);
  },

  /** {plan, title, file}: a new training, its network called so; from the numbers of `file`, if there is one. */
  plan({ plan, title: name, file }) {
    const next = core.openTraining(plan, data.training, data.test);
    try {
      if (file) next.load(file);
    } catch (error) {
      next.close();
      throw error;
    }
    training?.close();
    training = next;
    title = name;
    chunk = 8;
    tell('fresh', {});
    report(true);
    sendNetwork();
  },

  play() {
    playing = true;
    run();
  },

  pause() {
    playing = false;
    report(true);
    sendNetwork();
  },

  step() {
    playing = false;
    work(1);
    report(true);
    sendNetwork();
  },

  save() {
    tell('file', { file: training.save(title).buffer });
  },
};

const turn = new MessageChannel(); // comes back at once, behind the letters that wait
turn.port1.onmessage = run;

function run() {
  if (!playing || !training) return;
  const ms = work(chunk);
  if (ms < CHUNK_MS / 2) chunk = Math.min(4096, chunk * 2);
  else if (ms > CHUNK_MS * 2) chunk = Math.max(1, chunk >> 1);
  const now = performance.now();
  if (now - last.report > REPORT_MS) report(now - last.test > TEST_MS);
  if (now - last.network > NETWORK_MS) sendNetwork();
  turn.port2.postMessage(null);
}

/** Trains for some steps. Returns how many milliseconds it took. */
function work(steps) {
  const start = performance.now();
  training.step(steps);
  const ms = performance.now() - start;
  busy.ms += ms;
  return ms;
}

function report(withTest) {
  const [steps, epochs, loss, accuracy, images, going] = training.progress();
  if (going !== 1) playing = false;
  const full = withTest && !playing;
  const test = withTest ? training.test(full ? data.test.count : Math.min(QUICK_TEST, data.test.count)) : null;
  const speed = busy.ms > 0 ? (1000 * images) / busy.ms : 0;
  busy = { images: 0, ms: 0 };
  last.report = performance.now();
  if (test) last.test = last.report;
  tell('progress', {
    steps, epochs, loss, accuracy, images, speed, playing, diverged: going === -1,
    test: test && { loss: test[0], accuracy: test[1], images: full ? data.test.count : QUICK_TEST },
  });
}

function sendNetwork() {
  last.network = performance.now();
  const file = training.save(title).buffer;
  self.postMessage({ type: 'network', file }, [file]);
}

function tell(type, content) {
  self.postMessage({ type, ...content });
}

let order = Promise.resolve();
self.onmessage = ({ data: letter }) => {
  // one after the other, even where one waits for images
  order = order.then(() => letters[letter.type](letter)).catch(error => {
    playing = false;
    tell('error', { message: error.message, letter: letter.type });
  });
};
