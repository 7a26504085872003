/** The images to train on: MNIST in pieces from the server, kept by the browser's cache, else digits of our own generator. */

const BASE = new URL('../../', import.meta.url);
const PIXELS = 784;
const GENERATED = { training: 20_000, test: 2_000 };
const AT_ONCE = 500;

/**
 * Loads or makes them; `progress` hears shares from 0 to 1.
 * @returns {{training: object, test: object, facts: {source: string, training: number, test: number, missing: boolean}}}
 */
export async function loadImages(core, choice, progress) {
  const index = choice === 'mnist' ? await (await fetch(new URL('data/mnist/index.json', BASE))).json() : null;
  const there = index !== null && index.training.length > 0;
  const [training, test] = there ? await fetchAll(core, index, progress) : await generateAll(core, progress);
  return {
    training, test,
    facts: { source: there ? index.name : 'pen-digits', training: training.count, test: test.count, missing: choice === 'mnist' && !there },
  };
}

/** @param {{training: Piece[], test: Piece[]}} index where a piece is {file, images, sha256} */
async function fetchAll(core, { training, test }, progress) {
  const all = [...training, ...test].reduce((sum, piece) => sum + piece.images, 0);
  let done = 0;
  const fetchSet = async pieces => {
    const set = core.openImages(pieces.reduce((sum, piece) => sum + piece.images, 0));
    let from = 0;
    for (const piece of pieces) {
      const bytes = await fetchPiece(piece);
      set.put(from, bytes.subarray(0, piece.images * PIXELS), bytes.subarray(piece.images * PIXELS));
      from += piece.images;
      done += piece.images;
      progress(done / all);
    }
    return set;
  };
  return [await fetchSet(training), await fetchSet(test)];
}

async function fetchPiece({ file, images, sha256 }) {
  const answer = await fetch(new URL(file, new URL('data/mnist/', BASE)));
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  const unpacked = answer.body.pipeThrough(new DecompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(unpacked).arrayBuffer());
  if (bytes.length !== images * (PIXELS + 1)) throw new Error(`${file}: ${bytes.length} bytes`);
  if (crypto.subtle) { // browsers offer it to pages that came safely
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const hex = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
    if (hex !== sha256) throw new Error(`${file}: SHA-256 ${hex}`);
  }
  return bytes;
}

async function generateAll(core, progress) {
  const all = GENERATED.training + GENERATED.test;
  let done = 0;
  const generateSet = async (count, seed) => {
    const set = core.openImages(count);
    for (let from = 0; from < count; from += AT_ONCE) {
      set.generate(seed * 1000 + from / AT_ONCE, from, AT_ONCE);
      done += AT_ONCE;
      progress(done / all);
      await null;
    }
    return set;
  };
  return [await generateSet(GENERATED.training, 1), await generateSet(GENERATED.test, 2)];
}
