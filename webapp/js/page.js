/** What all static pages share: language, light or dark, texts; and that they work without a network. */
import { language, loadTexts, translate } from './texts.js';

/** Connects the bar at the top and puts the texts in; they come back for the page's own use. */
export async function openPage() {
  const languages = document.getElementById('language');
  languages.value = language();
  languages.addEventListener('change', () => digitlabPreferences.chooseLanguage(languages.value));
  document.getElementById('theme').addEventListener('click', digitlabPreferences.switchTheme);
  const text = await loadTexts();
  translate(document, text);
  if ('serviceWorker' in navigator) keepOffline(text).catch(error => console.info('Not kept for offline use:', error.message));
  return text;
}

/** Registers the service worker; a new version is offered, never forced upon a page in use. */
async function keepOffline(text) {
  const registration = await navigator.serviceWorker.register(new URL('../sw.js', import.meta.url));
  const offer = () => {
    if (registration.waiting && navigator.serviceWorker.controller) offerUpdate(registration.waiting, text);
  };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
  offer();
}

function offerUpdate(worker, text) {
  if (document.getElementById('update')) return;
  const bar = Object.assign(document.createElement('p'), { id: 'update', className: 'update', textContent: text('page.update') });
  bar.setAttribute('role', 'status');
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: text('page.update.now') });
  button.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('take over');
  });
  bar.append(' ', button);
  document.body.append(bar);
}
