/** The set-up as a form. Reports a whole new set-up for each change; knows nothing of training. */
import { ACTIVATIONS, clamp, DATA, LOSSES, OPTIMIZERS, RANGES } from './setup.js';

export class SetupForm {
  #root;
  #text;
  #changed;
  #setup;

  constructor(root, text, changed) {
    this.#root = root;
    this.#text = text;
    this.#changed = changed;
    this.#choices('data', DATA, 'plan.data.');
    this.#choices('loss', Object.keys(LOSSES), 'plan.loss.');
    this.#choices('optimizer', Object.keys(OPTIMIZERS), 'plan.optimizer.');
    for (const name of ['rate', 'batch', 'seed']) {
      const [least, most] = RANGES[name];
      Object.assign(this.#find(name), { min: least, max: most });
      this.#find(name).addEventListener('change', event =>
        this.#report({ [name]: clamp(name, event.target.value, this.#setup[name]) }));
    }
    this.#find('add').addEventListener('click', () => {
      const last = this.#setup.layers.at(-1) ?? { neurons: 16, activation: 'relu' };
      this.#report({ layers: [...this.#setup.layers, { ...last }] });
      this.#root.querySelector('.layer:nth-last-child(1) input')?.focus();
    });
  }

  #find(id) {
    return this.#root.querySelector(`#${id}`);
  }

  #choices(name, values, prefix) {
    const select = this.#find(name);
    select.replaceChildren(...values.map(value => new Option(this.#text(prefix + value), value)));
    select.addEventListener('change', () => this.#report({ [name]: select.value }));
  }

  #report(change) {
    this.#changed({ ...this.#setup, ...change });
  }

  show(setup) {
    this.#setup = setup;
    for (const name of ['data', 'loss', 'optimizer', 'rate', 'batch', 'seed']) this.#find(name).value = setup[name];
    this.#find('output').textContent = this.#text('train.output', this.#text(`activation.${LOSSES[setup.loss]}`));
    this.#find('add').disabled = setup.layers.length >= RANGES.layers[1];
    const rows = this.#find('layers');
    if (rows.children.length !== setup.layers.length) rows.replaceChildren(...setup.layers.map((_, i) => this.#row(i)));
    setup.layers.forEach(({ neurons, activation }, i) => {
      rows.children[i].querySelector('input').value = neurons;
      rows.children[i].querySelector('select').value = activation;
    });
  }

  /** Says beside the choice of data how many images there are. */
  facts(source, training, test) {
    this.#find('data').title = this.#text('train.images', source, training, test);
  }

  #row(index) {
    const row = document.createElement('div');
    row.className = 'layer';
    const name = row.appendChild(document.createElement('span'));
    name.className = 'name';
    name.textContent = this.#text('layers.hidden', index + 1);
    const [least, most] = RANGES.neurons;
    const neurons = Object.assign(document.createElement('input'), { type: 'number', min: least, max: most, step: 1, inputMode: 'numeric' });
    neurons.setAttribute('aria-label', `${name.textContent}: ${this.#text('layers.neurons')}`);
    const activation = document.createElement('select');
    activation.setAttribute('aria-label', `${name.textContent}: ${this.#text('layers.activation')}`);
    activation.append(...ACTIVATIONS.map(value => new Option(this.#text(`activation.${value}`), value)));
    const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×' });
    remove.setAttribute('aria-label', this.#text('layers.remove', index + 1));
    const put = change => this.#report({ layers: this.#setup.layers.map((layer, i) => (i === index ? { ...layer, ...change } : layer)) });
    neurons.addEventListener('change', () => put({ neurons: clamp('neurons', neurons.value, this.#setup.layers[index].neurons) }));
    activation.addEventListener('change', () => put({ activation: activation.value }));
    remove.addEventListener('click', () => this.#report({ layers: this.#setup.layers.filter((_, i) => i !== index) }));
    row.append(neurons, activation, remove);
    return row;
  }
}
