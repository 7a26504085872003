/** The pad's style sheet; adopted by its shadow root, which the strictest security policy allows. */
export const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; container-type: inline-size; color: var(--dl-text); }
  [hidden] { display: none !important; }
  .pad { display: grid; gap: 1.25rem 1.75rem; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); align-items: start; }
  button, input[type=range] { font: inherit; cursor: pointer; }
  button { padding: .45rem .85rem; border-radius: .6rem; border: 1px solid var(--dl-line);
    background: var(--dl-surface); color: inherit; min-height: 2.75rem; }
  button:hover:not(:disabled) { border-color: var(--dl-accent); }
  button:disabled { opacity: .45; cursor: default; }
  button[aria-pressed=true] { background: var(--dl-accent); border-color: var(--dl-accent); color: #fff; }
  button.quiet { min-height: 0; padding: .15rem .6rem; font-size: .85rem; }
  input[type=range] { -webkit-appearance: none; appearance: none; background: none; margin: 0; min-width: 0; --thumb: var(--dl-accent); }
  input[type=range]::-webkit-slider-runnable-track { height: .3rem; border-radius: .2rem; background: var(--dl-line); }
  input[type=range]::-moz-range-track { height: .3rem; border-radius: .2rem; background: var(--dl-line); }
  input[type=range]::-webkit-slider-thumb { -webkit-appearance: none; width: 1.15rem; height: 1.15rem; margin-top: -.42rem;
    border-radius: 50%; background: var(--thumb); border: 0; }
  input[type=range]::-moz-range-thumb { width: 1.15rem; height: 1.15rem; border-radius: 50%; background: var(--thumb); border: 0; }
  canvas.ink:focus-visible, .diagram:focus-visible, button:focus-visible, input:focus-visible {
    outline: 3px solid var(--dl-accent); outline-offset: 3px; }

  .sheet { position: relative; }
  canvas.ink { display: block; width: 100%; aspect-ratio: 1; border-radius: 1rem; background: #000; cursor: crosshair;
    touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
  canvas.ink.erasing { cursor: cell; }
  .hint { position: absolute; inset: 0; bottom: auto; aspect-ratio: 1; display: grid; place-content: center; gap: .5rem;
    text-align: center; color: #9fb0c0; pointer-events: none; padding: 1rem; font-size: 1.05rem; }
  .hint b { font-size: 4.5rem; font-weight: 300; line-height: 1; color: #33414f; }
  .tools { display: flex; gap: .5rem; margin-top: .75rem; align-items: center; }
  .tools .undo, .tools .redo { width: 2.75rem; padding: 0; font-size: 1.3rem; line-height: 1; }
  .tools .clear { margin-left: auto; }
  .width { display: flex; align-items: center; gap: .35rem; flex: 1 1 4rem; max-width: 9rem; min-width: 0; }
  .width i { flex: none; width: 1.4rem; aspect-ratio: 1; display: grid; place-items: center; }
  .width i::before { content: ""; width: calc(100% * (.12 + 4.6 * var(--width, .07))); aspect-ratio: 1; border-radius: 50%;
    background: var(--dl-text); }
  .width input { width: 100%; min-height: 2.75rem; }
  .keys { margin: .5rem 0 0; color: var(--dl-muted); font-size: .8rem; }

  .answer { display: flex; align-items: center; gap: 1.25rem; min-height: 6rem; }
  .verdict { width: 4rem; height: 6rem; font-size: 6rem; line-height: 1; font-weight: 650; text-align: center; color: var(--dl-accent);
    font-variant-numeric: tabular-nums; }
  .verdict.waiting { color: var(--dl-line); }
  .verdict.unsure { color: var(--dl-warning); }
  /* what changes while one draws has a fixed place, so that nothing else is laid out again; items of grids cannot have one */
  .verdict > div, .words > div, .share i { display: block; contain: strict; height: 100%; }
  .words { color: var(--dl-muted); flex: 1; height: 5rem; }
  .words > div { align-content: center; }
  .words span { display: block; }
  .words b { display: block; color: var(--dl-text); font-size: 1.1rem; font-weight: 600; }
  .answer .image { width: 5.25rem; aspect-ratio: 1; margin-left: auto; image-rendering: pixelated; border: 1px solid var(--dl-line); border-radius: .4rem; }
  .bars { list-style: none; margin: .9rem 0 0; padding: 0; display: grid; }
  .bars li { display: grid; grid-template-columns: 1.2rem 1fr 4.6rem; gap: .6rem; align-items: center;
    font-variant-numeric: tabular-nums; color: var(--dl-muted); }
  .bars .track { position: relative; height: 1.65rem; display: flex; align-items: center; }
  .bars .track::before { content: ""; position: absolute; inset: .3rem 0; border-radius: .3rem; background: var(--dl-track); }
  .bars .track::after { content: ""; position: absolute; inset: 0 auto 0 calc(100% * var(--threshold)); width: 0;
    border-left: 2px dashed var(--dl-warning); }
  .bars .fill { position: relative; display: block; height: 1.05rem; width: 100%; border-radius: .3rem; background: var(--dl-bar);
    transform: scaleX(0); transform-origin: 0; }
  .bars .share { height: 1.4em; text-align: right; font-size: .85rem; white-space: nowrap; }
  .bars .best { color: var(--dl-text); font-weight: 700; }
  .bars .best .fill { background: var(--dl-accent); }
  .bars .share i { font-style: normal; }
  .bars .best .share i::before { content: "✓ "; }
  .bars .unsure .fill { background: var(--dl-warning); }
  .bars .unsure .share i::before { content: "? "; }
  .threshold { display: grid; grid-template-columns: 1.2rem 1fr 4.6rem; gap: 0 .6rem; color: var(--dl-muted); font-size: .8rem; }
  .threshold input { grid-column: 2; grid-row: 1; --thumb: var(--dl-warning); min-height: 1.75rem; margin: 0 -.57rem; }
  .threshold span { grid-column: 2 / -1; }

  .card { grid-column: 1 / -1; background: var(--dl-surface); border: 1px solid var(--dl-line); border-radius: 1rem;
    padding: 1.1rem 1.25rem 1.25rem; min-width: 0; }
  .card h2 { margin: 0 0 .25rem; font-size: 1.15rem; }
  .card p { margin: 0 0 .75rem; color: var(--dl-muted); max-width: 46rem; }
  .columns { display: flex; gap: 1.75rem; align-items: flex-start; }
  .columns > :not(.picture, figure) { flex: 1; min-width: 0; }
  .columns > .picture { flex: none; position: relative; width: 18rem; aspect-ratio: 1; border: 1px solid var(--dl-line); border-radius: .5rem; overflow: hidden; contain: strict; }
  .picture > * { position: absolute; inset: 0; width: 100%; height: 100%; }
  .picture .image { image-rendering: pixelated; }
  .picture i { inset: calc(100% / 7); width: auto; height: auto; border: 1px dashed rgb(71 174 234 / 60%);
    background: linear-gradient(rgb(71 174 234 / 70%), rgb(71 174 234 / 70%)) center / 1px 10px no-repeat,
      linear-gradient(rgb(71 174 234 / 70%), rgb(71 174 234 / 70%)) center / 10px 1px no-repeat; }
  .switches { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .35rem 1.5rem; }
  .switch { display: grid; grid-template-columns: auto 1fr; gap: .75rem; align-items: start; padding: .45rem 0; cursor: pointer; }
  .switch input { position: absolute; opacity: 0; }
  .switch i { width: 2.6rem; height: 1.5rem; border-radius: 1rem; background: var(--dl-bar); padding: .2rem; transition: background .15s; }
  .switch i::before { content: ""; display: block; height: 100%; aspect-ratio: 1; border-radius: 50%; background: #fff;
    transition: transform .15s; }
  .switch input:checked + i { background: var(--dl-accent); }
  .switch input:checked + i::before { transform: translateX(1.1rem); }
  .switch input:focus-visible + i { outline: 3px solid var(--dl-accent); outline-offset: 2px; }
  .switch b { display: block; font-weight: 600; }
  .switch small { color: var(--dl-muted); font-size: .83rem; line-height: 1.35; display: block; }
  .card p.caution { margin: .75rem 0 0; padding: .55rem .8rem; border-radius: .5rem; background: var(--dl-track);
    border-left: 4px solid var(--dl-warning); color: var(--dl-text); font-size: .9rem; }

  .why .columns { gap: 1.25rem; }
  .scroll { overflow-x: auto; }
  .diagram { display: block; touch-action: pan-y; cursor: pointer; border-radius: .5rem; }
  .pull { flex: none; width: 13.5rem; margin: 0; }
  .pull canvas { display: block; width: 100%; aspect-ratio: 1; border-radius: .5rem; background: #e8eaeb; }
  .pull figcaption { margin-top: .5rem; font-size: .83rem; color: var(--dl-muted); min-height: 7.5em; }
  .pull b { display: block; color: var(--dl-text); font-size: .95rem; }
  .legend { display: flex; align-items: center; gap: .4rem; color: var(--dl-muted); font-size: .8rem; margin-top: .6rem; }
  .legend i { display: block; flex: none; width: 6rem; height: .5rem; border-radius: .25rem;
    background: linear-gradient(90deg, #f59322, #e8eaeb, #0877bd); }
  .error { padding: .8rem 1rem; border-radius: .6rem; background: var(--dl-track); border-left: 4px solid var(--dl-warning); overflow-wrap: anywhere; margin: 0 0 1rem; }
  .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  @container (max-width: 52rem) {
    .why .columns { flex-direction: column; }
    .why .columns > * { width: 100%; }
    .pull { display: grid; grid-template-columns: 9rem 1fr; gap: 1rem; }
    .pull figcaption { margin: 0; min-height: 0; }
  }
  @container (max-width: 44rem) {
    .pad { grid-template-columns: minmax(0, 1fr); gap: .9rem; }
    .sheet { width: 100%; max-width: 26rem; margin: 0 auto; }
    .keys { display: none; }
    .tools { gap: .4rem; }
    .tools .erase, .tools .clear { padding: .45rem .6rem; }
    .answer { min-height: 4.5rem; gap: .9rem; }
    .verdict { font-size: 4.5rem; width: 3rem; height: 4.5rem; }
    .card { padding: .9rem; }
    .seeing .columns { flex-direction: column; gap: .9rem; }
    .columns > .picture { width: min(100%, 16rem); align-self: center; }
  }
`);
