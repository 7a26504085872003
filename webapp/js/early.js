/*
 * The network starts to load before the page is read to its end: the one of a link (?model=…) or the usual one. Not a
 * module: those wait.
 */
(function () {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get('model');
  root.dataset.model = /^[0-9a-f]{64}$/.test(asked) ? `/api/models/${asked}` : 'models/pad.digitlab';
  const preload = document.createElement('link');
  Object.assign(preload, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: root.dataset.model });
  document.head.append(preload);
})();
