/** The Draw page: chooses the network; the pad does the rest. */
import './pad/digit-pad.js';
import { checkGolden } from './golden.js';
import { openPage } from './page.js';

const pad = document.getElementById('pad');
const chooser = document.getElementById('model');
const facts = document.getElementById('facts');
const root = document.documentElement;

const texts = openPage();
const USUAL = 'models/pad.digitlab';
const models = fetch('models/index.json').then(answer => answer.json());
pad.addEventListener('missing', missing);
pad.model = root.dataset.model; // early.js has begun to fetch it
if (root.dataset.unknown !== undefined) sayUnknown();

offerModels(await models, await texts);

/** The link asked for a network that is not here: the usual one serves, and the page says so. */
function missing(event) {
  if (pad.model === USUAL) return;
  event.preventDefault();
  [...chooser.options].find(option => option.value === pad.model)?.remove();
  pad.model = USUAL;
  sayUnknown();
}

async function sayUnknown() {
  const note = document.getElementById('unknown');
  note.textContent = (await texts)('draw.model.unknown', new URLSearchParams(location.search).get('model'));
  note.hidden = false;
  chooser.value = pad.model;
}

function offerModels(list, text) {
  const known = list.some(model => model.file === pad.model);
  if (!known) list = [{ file: pad.model, title: text('draw.model.yours') }, ...list];
  chooser.replaceChildren(...list.map(model => new Option(model.text ? text(model.text) : model.title, model.file)));
  chooser.value = pad.model;
  chooser.addEventListener('change', () => {
    pad.model = chooser.value;
    document.getElementById('unknown').hidden = true;
    history.replaceState(null, '', pad.model === USUAL ? location.pathname : `?model=${nameOf(pad.model)}`);
  });
  pad.addEventListener('network', () => describe(text));
  if (pad.network) describe(text);
  checkBrowser(text);
}

/** As it stands in a link: "3b1b" for models/3b1b.digitlab, the id for one that a server has. */
function nameOf(file) {
  return file.match(/([^/]+?)(\.digitlab)?$/)[1];
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
  const { wrong, all } = await checkGolden(pad.network, pad.model === USUAL);
  document.getElementById('wrong').hidden = wrong === 0;
  document.getElementById('wrong').textContent = wrong === 0 ? '' : text('page.wrong', wrong, all);
  performance.mark('digitlab-checked');
}
