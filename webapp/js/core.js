/**
 * The network in the browser: Java, compiled by TeaVM to WebAssembly (core/digitlab.wasm), or to JavaScript
 * (core/digitlab.js) where the browser has no garbage-collected WebAssembly or no vector instructions. Whether it has is
 * found by trying.
 *
 * This loader takes the place of TeaVM's own, which needs 'unsafe-eval' in the page's security policy. It knows the imports
 * of TeaVM 0.15.0: raise both together.
 */

const BASE = new URL('../core/', import.meta.url);

let loading;

/** Loads the core once; later calls get the same one. `force` ('wasm' or 'js') is for tests. */
export function loadCore(force) {
  loading ??= force === 'js' ? loadScript() : loadWasm().catch(error => {
    if (force === 'wasm') throw error;
    console.info('Digit Lab uses JavaScript: this browser does not run its WebAssembly.', error.message);
    return loadScript();
  });
  return loading;
}

/** Compiles a file of core/ while it arrives. */
async function compile(file) {
  const answer = await fetch(new URL(file, BASE));
  const streams = answer.headers.get('content-type') === 'application/wasm'; // some hosts do not know the type
  return streams
    ? WebAssembly.compileStreaming(answer, { builtins: ['js-string'] })
    : WebAssembly.compile(await answer.arrayBuffer(), { builtins: ['js-string'] });
}

/** Two modules in one memory: Java's, and the small one with the vector instructions that Java has no words for. */
async function loadWasm() {
  const [module, kernels, { WasmCore }] = await Promise.all([
    compile('digitlab.wasm'), compile('kernels.wasm'), import('./wasm-core.js')]);
  const section = WebAssembly.Module.customSections(module, 'teavm.memoryRequirements')[0];
  const needs = section ? JSON.parse(new TextDecoder().decode(section)) : {};
  const memory = new WebAssembly.Memory({ initial: Math.max(needs.min ?? 0, 1), maximum: 32768 });
  const constant = value => new WebAssembly.Global({ value: 'i32', mutable: false }, value);
  const known = {
    env: { memory },
    kernels: (await WebAssembly.instantiate(kernels, { env: { memory } })).exports,
    teavm: { takeStackTrace: () => ({ getStack: () => [] }), decorateException: () => {} },
    teavmMath: Math,
    teavmDate: { currentTimeMillis: () => Date.now() },
    teavmMemory: {
      linearMemory: () => memory.buffer,
      notifyHeapResized: () => {},
      heapOffset: constant(((needs.dataSize ?? 0) + 7) & ~7),
      maxSize: constant(0x7fffffff),
    },
    teavmJso: {
      stringBuiltinsSupported: () => 1,
      isUndefined: value => (value === undefined ? 1 : 0),
      createClass: () => function JavaClass() {},
      defineFunction: f => f,
      defineStaticMethod: () => {},
      // start-up code makes one identity function; without eval it is written here
      createFunction1: (parameter, body) => (body === `return ${parameter};` ? value => value : unknown(body)),
      callFunction1: (f, argument) => f(argument),
    },
  };
  const unknown = name => () => { throw new Error(`The core asked for ${name}, which this page does not offer.`); };
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = known[from]?.[name] ?? unknown(`${from}.${name}`);
  }
  return new WasmCore((await WebAssembly.instantiate(module, imports)).exports, memory);
}

async function loadScript() {
  const [java, { ScriptCore }] = await Promise.all([import(new URL('digitlab.js', BASE)), import('./script-core.js')]);
  return new ScriptCore(java);
}
