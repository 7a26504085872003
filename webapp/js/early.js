/*
 * The network starts to load before the page is read to its end: the one of a link (?model=…: the id of one that a server
 * has, or the name of one that is shipped) or the usual one. Not a module: those wait.
 */
(function () {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get('model') ?? 'pad';
  const known = /^[0-9a-z-]{1,64}$/.test(asked);
  root.dataset.model = /^[0-9a-f]{64}$/.test(asked) ? `/api/models/${asked}` : `models/${known ? asked : 'pad'}.digitlab`;
  if (!known) root.dataset.unknown = asked;
  const preload = document.createElement('link');
  Object.assign(preload, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: root.dataset.model });
  document.head.append(preload);
})();
