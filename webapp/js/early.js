/*
 * Network and texts start to load before the page is read to its end: the network of a link (?model=…: the id of one that a
 * server has, or the name of one that is shipped) or the usual one. Not a module: those wait.
 */
(function () {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get('model') ?? 'pad';
  const known = /^[0-9a-z-]{1,64}$/.test(asked);
  root.dataset.model = /^[0-9a-f]{64}$/.test(asked) ? `/api/models/${asked}` : `models/${known ? asked : 'pad'}.digitlab`;
  if (!known) root.dataset.unknown = asked;
  for (const href of [root.dataset.model, `messages/${root.lang}.properties`]) {
    const preload = document.createElement('link');
    document.head.append(Object.assign(preload, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }));
  }
})();
