/** The pad's style sheet; adopted by its shadow root, which the strictest security policy allows. */
export const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; container-type: inline-size; color: var(--dl-text); }
  [hidden] { display: none !important; }
  .pad { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); align-items: start; }
  .sheet { position: relative; }
  canvas.ink { display: block; width: 100%; aspect-ratio: 1; border-radius: 1rem; background: #000; cursor: crosshair;
    touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
  canvas.ink:focus-visible, button:focus-visible { outline: 3px solid var(--dl-accent); outline-offset: 3px; }
  .hint { position: absolute; inset: 0; display: grid; place-content: center; gap: .5rem; text-align: center; color: #9fb0c0;
    pointer-events: none; padding: 1rem; font-size: 1.05rem; }
  .hint b { font-size: 4.5rem; font-weight: 300; line-height: 1; color: #33414f; }
  .tools { display: flex; gap: .5rem; margin-top: .75rem; align-items: center; }
  button { font: inherit; padding: .55rem 1rem; border-radius: .6rem; border: 1px solid var(--dl-line);
    background: var(--dl-surface); color: inherit; cursor: pointer; min-height: 2.75rem; }
  button:hover:not(:disabled) { border-color: var(--dl-accent); }
  button:disabled { opacity: .45; cursor: default; }
  .keys { margin-left: auto; color: var(--dl-muted); font-size: .8rem; text-align: right; }
  .answer { display: flex; align-items: center; gap: 1.25rem; }
  .seen { text-align: center; color: var(--dl-muted); font-size: .8rem; }
  .seen canvas { display: block; width: 7rem; aspect-ratio: 1; image-rendering: pixelated; background: #000;
    border-radius: .4rem; margin-bottom: .3rem; }
  .verdict { font-size: 5.5rem; line-height: 1; font-weight: 650; min-width: 1ch; text-align: center; color: var(--dl-accent);
    font-variant-numeric: tabular-nums; }
  .verdict.waiting { color: var(--dl-line); }
  .words { color: var(--dl-muted); }
  .words b { display: block; color: var(--dl-text); font-size: 1.1rem; font-weight: 600; }
  .bars { list-style: none; margin: 1.1rem 0 0; padding: 0; display: grid; gap: .2rem; }
  .bars li { display: grid; grid-template-columns: 1.2rem 1fr 4.4rem; gap: .6rem; align-items: center;
    font-variant-numeric: tabular-nums; color: var(--dl-muted); }
  .bars .track { height: .95rem; border-radius: .3rem; background: var(--dl-track); overflow: hidden; }
  .bars .fill { display: block; height: 100%; width: 100%; background: var(--dl-bar); transform: scaleX(0); transform-origin: 0; }
  .bars .share { text-align: right; font-size: .85rem; white-space: nowrap; }
  .bars .best { color: var(--dl-text); font-weight: 700; }
  .bars .best .fill { background: var(--dl-accent); }
  .bars .best .share::before { content: "✓ "; }
  .inside { grid-column: 1 / -1; }
  .layers { display: flex; flex-wrap: wrap; gap: .9rem 2rem; }
  .layers figure { margin: 0; flex: 1 1 20rem; min-width: 0; }
  .layers figcaption { color: var(--dl-muted); font-size: .8rem; margin-bottom: .35rem; }
  .layers canvas { display: block; color: var(--dl-line); }
  .legend { display: flex; align-items: center; gap: .4rem; color: var(--dl-muted); font-size: .75rem; margin-top: .6rem; }
  .legend i { display: block; width: 6rem; height: .5rem; border-radius: .25rem;
    background: linear-gradient(90deg, #f59322, #e8eaeb, #0877bd); }
  .error { padding: .8rem 1rem; border-radius: .6rem; background: var(--dl-track); border-left: 4px solid var(--dl-warning); overflow-wrap: anywhere; margin: 0 0 1rem; }
  .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @container (max-width: 44rem) {
    .pad { grid-template-columns: minmax(0, 1fr); gap: .9rem; }
    .sheet { width: 100%; max-width: 26rem; margin: 0 auto; }
    .keys { display: none; }
    .verdict { font-size: 4rem; }
    .seen canvas { width: 5rem; }
    .answer { gap: .9rem; }
  }
`);
