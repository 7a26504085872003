/** The Draw page: chooses the network; the pad does the rest. */
import './pad/digit-pad.js';
import { checkGolden } from './golden.js';
import { openPage } from './page.js';

const pad = document.getElementById('pad');
const chooser = document.getElementById('model');
const facts = document.getElementById('facts');
const root = document.documentElement;

const texts = openPage();
const models = fetch('models/index.json').then(answer => answer.json());
pad.model = root.dataset.model; // early.js has begun to fetch it

offerModels(await models, await texts);

function offerModels(list, text) {
  const known = list.some(model => model.file === pad.model);
  if (!known) list = [{ file: pad.model, title: text('draw.model.yours') }, ...list];
  chooser.replaceChildren(...list.map(model => new Option(model.text ? text(model.text) : model.title, model.file)));
  chooser.value = pad.model;
  chooser.addEventListener('change', () => { pad.model = chooser.value; });
  pad.addEventListener('network', () => describe(text));
  if (pad.network) describe(text);
  checkBrowser(text);
}

/** What stands under the chooser: the network in words, and how large it is. */
function describe(text) {
  const option = [...chooser.options].find(option => option.value === pad.model);
  if (option && option.text === text('draw.model.yours')) option.text = pad.network.title;
  facts.textContent = text('draw.facts', pad.network.spec, pad.network.parameters);
}

/** Warns, above all else, if known digits come out wrong: a browser's fault must not look like the network's. */
async function checkBrowser(text) {
  if (!pad.network) await new Promise(done => pad.addEventListener('network', done, { once: true }));
  if (!pad.model.startsWith('models/')) return;
  const { wrong, all } = await checkGolden(pad.network);
  document.getElementById('wrong').hidden = wrong === 0;
  document.getElementById('wrong').textContent = wrong === 0 ? '' : text('page.wrong', wrong, all);
  performance.mark('digitlab-checked');
}
