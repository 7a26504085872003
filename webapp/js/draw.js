/** The Draw page: chooses the network, the language and light or dark; the pad does the rest. */
import './pad/digit-pad.js';
import { language, loadTexts, translate } from './texts.js';

const pad = document.getElementById('pad');
const chooser = document.getElementById('model');
const facts = document.getElementById('facts');
const root = document.documentElement;

const texts = loadTexts();
const models = fetch('models/index.json').then(answer => answer.json());
pad.model = root.dataset.model; // early.js has begun to fetch it

const languages = document.getElementById('language');
languages.value = language();
languages.addEventListener('change', () => digitlabPreferences.chooseLanguage(languages.value));
document.getElementById('theme').addEventListener('click', digitlabPreferences.switchTheme);
offerModels(await models, await texts);
translate(document, await texts);

function offerModels(list, text) {
  const known = list.some(model => model.file === pad.model);
  if (!known) list = [{ file: pad.model, title: text('draw.model.yours') }, ...list];
  chooser.replaceChildren(...list.map(model => new Option(model.text ? text(model.text) : model.title, model.file)));
  chooser.value = pad.model;
  chooser.addEventListener('change', () => { pad.model = chooser.value; });
  pad.addEventListener('network', () => describe(text));
  if (pad.network) describe(text);
}

/** What stands under the chooser: the network in words, and how large it is. */
function describe(text) {
  const option = [...chooser.options].find(option => option.value === pad.model);
  if (option && option.text === text('draw.model.yours')) option.text = pad.network.title;
  facts.textContent = text('draw.facts', pad.network.spec, pad.network.parameters);
}
