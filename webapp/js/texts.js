/**
 * The texts of the page's language, from the same files that the server reads: messages/en.properties and its like, with
 * {0}, {1}… for arguments.
 */

const LANGUAGES = ['en', 'ru'];

/** The language of this page. */
export function language() {
  return LANGUAGES.includes(document.documentElement.lang) ? document.documentElement.lang : 'en';
}

let loading;

/** Loads the texts, once; the function that comes back gives one of them by key. */
export function loadTexts() {
  return loading ??= load();
}

async function load() {
  const answer = await fetch(new URL(`../messages/${language()}.properties`, import.meta.url));
  const texts = new Map();
  for (const line of (await answer.text()).split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith('#')) texts.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  return (key, ...values) =>
    values.reduce((text, value, i) => text.replaceAll(`{${i}}`, format(value)), texts.get(key) ?? key);
}

const made = new Map(); // once: they are slow to make

function numberFormat(options) {
  const key = JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.NumberFormat(language(), options));
  return made.get(key);
}

/** Whole numbers as people of this language write them. */
function format(value) {
  return Number.isInteger(value) ? numberFormat({}).format(value) : String(value);
}

/** A number with so many decimals: 0.25, in Russian 0,25. */
export function decimal(value, digits) {
  return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A share of 1: "97.5 %". */
export function percent(share) {
  return `${decimal(100 * share, share > 0.9995 || share < 0.0005 ? 0 : 1)} %`;
}

/** A large number in short: 477K, in Russian 477 тыс. */
export function compact(count) {
  return numberFormat({ notation: 'compact', maximumSignificantDigits: 3 }).format(count);
}

/** Puts the texts into every element with data-text (its content), data-label (its name) or data-title (name and tool tip). */
export function translate(root, text) {
  root.querySelectorAll('[data-text]').forEach(element => { element.textContent = text(element.dataset.text); });
  root.querySelectorAll('[data-label]').forEach(element => { element.setAttribute('aria-label', text(element.dataset.label)); });
  root.querySelectorAll('[data-title]').forEach(element => {
    element.title = text(element.dataset.title);
    element.setAttribute('aria-label', element.title);
  });
}
