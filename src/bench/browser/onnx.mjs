/** A dense network as an ONNX file: protobuf by hand, as much as four operators need. */

const text = new TextEncoder();

function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

const number = (field, value) => [...varint(field << 3), ...varint(value)];

function bytes(field, content) {
  const list = typeof content === 'string' ? text.encode(content) : content;
  const head = [...varint((field << 3) | 2), ...varint(list.length)];
  const all = new Uint8Array(head.length + list.length);
  all.set(head);
  all.set(list, head.length);
  return all;
}

function join(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const tensor = (name, dims, values) =>
  join(...dims.map(dim => number(1, dim)), number(2, 1), bytes(8, name), bytes(9, new Uint8Array(values.buffer)));

const node = (type, inputs, output) => join(...inputs.map(input => bytes(1, input)), bytes(2, output), bytes(4, type));

const value = (name, dims) => join(bytes(1, name), bytes(2, bytes(1, join(
  number(1, 1), bytes(2, join(...dims.map(dim => bytes(1, number(1, dim)))))))));

/** @param layers [{in, out, weights, biases}]: ReLU between them, softmax at the end */
export function onnxModel(layers) {
  const nodes = [];
  const tensors = [];
  layers.forEach((layer, i) => {
    const from = i === 0 ? 'x' : `h${i}`;
    tensors.push(tensor(`w${i}`, [layer.in, layer.out], layer.weights), tensor(`b${i}`, [layer.out], layer.biases));
    nodes.push(node('Gemm', [from, `w${i}`, `b${i}`], `z${i}`));
    const isLast = i === layers.length - 1;
    nodes.push(node(isLast ? 'Softmax' : 'Relu', [`z${i}`], isLast ? 'y' : `h${i + 1}`));
  });
  const graph = join(...nodes.map(each => bytes(1, each)), bytes(2, 'digits'), ...tensors.map(each => bytes(5, each)),
    bytes(11, value('x', [1, layers[0].in])), bytes(12, value('y', [1, layers.at(-1).out])));
  return join(number(1, 8), bytes(7, graph), bytes(8, number(2, 13)));
}
