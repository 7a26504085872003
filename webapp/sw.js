/*
 * The service worker: after the first visit the pages need no network. The build puts the version (a digest of all files)
 * and the list of files here; a new version is fetched whole beside the old one and takes over when the visitor agrees, or
 * when all pages are closed.
 */
const VERSION = 'unbuilt';
const FILES = [];

const CACHE = `digitlab-${VERSION}`;
const KEPT = 'digitlab-kept'; // what is named by its content and never changes
const ASKED_FIRST = ['models/index.json', 'data/mnist/index.json'];

self.addEventListener('install', event => {
  const requests = FILES.map(file => new Request(file, { cache: 'no-cache' }));
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(requests)));
});

self.addEventListener('activate', event => {
  const forget = names => Promise.all(names
    .filter(name => name.startsWith('digitlab-') && name !== CACHE && name !== KEPT)
    .map(name => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

self.addEventListener('message', event => {
  if (event.data === 'take over') self.skipWaiting();
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const scope = new URL(self.registration.scope);
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length) || 'index.html';
  if (ASKED_FIRST.includes(path)) event.respondWith(askFirst(request, path));
  else if (FILES.includes(path)) event.respondWith(fromCache(path, request));
  else if (/^(data\/mnist|api\/models)\//.test(path)) event.respondWith(keep(request));
});

async function fromCache(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

async function askFirst(request, path) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(path, answer.clone());
    return answer;
  } catch (error) {
    const known = await cache.match(path);
    if (known) return known;
    throw error;
  }
}

async function keep(request) {
  const cache = await caches.open(KEPT);
  const known = await cache.match(request.url);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}
