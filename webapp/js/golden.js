/** Whether this browser computes right: known drawings must become known images, and the shipped network must read them. */

/** FNV-1a of bytes, as a number from 0 to 2³² − 1; the build's tests compute it, too. */
function fnv(bytes) {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5 | 0) >>> 0;
}

/**
 * Shows a network the golden digits.
 * @param {boolean} mayNotErr whether it is the one that reads them all; others are only shown the same images
 * @returns {Promise<{wrong: number, all: number}>}
 */
export async function checkGolden(network, mayNotErr) {
  const { drawings } = await (await fetch(new URL('../models/golden.json', import.meta.url))).json();
  const wrong = drawings.filter(({ label, strokes, image }) => {
    const sight = network.recognise(strokes);
    // JavaScript does not round to float32, so there a pixel may differ by one
    return mayNotErr && sight.answer !== label || network.isExact && fnv(sight.image) !== image;
  });
  return { wrong: wrong.length, all: drawings.length };
}
