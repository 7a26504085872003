/** Serves target/site and the peers on one origin, runs the page in Chromium and prints what it measured. */
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { cpus } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const ROOTS = ['.', '../site'].map(root => resolve(root));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const served = new Map(); // path → content

const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  for (const root of ROOTS) {
    const file = join(root, path);
    if (!file.startsWith(root) || !(await stat(file).catch(() => null))?.isFile()) continue;
    const content = await readFile(file);
    served.set(path, content);
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(content);
    return;
  }
  response.writeHead(404).end();
}).listen(0, '127.0.0.1');
await new Promise(done => server.once('listening', done));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});

async function page() {
  const context = await browser.newContext();
  const opened = await context.newPage();
  await opened.goto(`${origin}/page.html`);
  await opened.evaluate(() => new Promise(done => { (function wait() { globalThis.peers ? done() : setTimeout(wait, 5); })(); }));
  return opened;
}

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
print({ what: 'machine', cpu: cpus()[0].model, cores: cpus().length, chromium: browser.version(), ...dependencies });

const rounds = Number(process.argv[2] ?? 20);
const opened = await page();
const { nets, names } = await opened.evaluate(() => ({ nets: peers.NET_NAMES, names: peers.NAMES }));
const prepared = await opened.evaluate(net => peers.onnxFile(net), nets[1]);
for (const net of nets) {
  for (const input of ['sparse', 'dense']) {
    const microseconds = await opened.evaluate(([a, b, c]) => peers.latency(a, b, c), [net, input === 'dense', rounds]);
    const rival = Math.min(microseconds.onnxruntime, microseconds.tfjs);
    print({ what: 'latency', net, input, microseconds: rounded(microseconds), timesFasterThanTheBestPeer: +(rival / microseconds.digitlab).toFixed(2) });
  }
}
for (const net of nets.slice(0, 2)) {
  const speeds = await opened.evaluate(([a, b]) => peers.training(a, b), [net, Math.max(4, rounds >> 2)]);
  print({ what: 'training', net, batch: 32, samplesPerSecond: rounded(speeds), times: +(speeds.digitlab / speeds.tfjs).toFixed(1) });
}
for (const name of names) {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const fresh = await page();
    served.clear();
    times.push(await fresh.evaluate(([a, b, c]) => peers.first(a, b, c), [name, nets[1], name === 'onnxruntime' ? prepared : null]));
    await fresh.context().close();
  }
  const loaded = [...served.values()];
  const sum = bytes => loaded.reduce((all, content) => all + bytes(content), 0);
  print({ what: 'first answer', name, net: nets[1], milliseconds: +times.sort((a, b) => a - b)[2].toFixed(0), bytes: sum(content => content.length),
    gzipped: sum(content => gzipSync(content).length), files: loaded.length });
}
await browser.close();
server.close();

function rounded(object) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, +value.toPrecision(3)]));
}

function print(result) {
  console.log(JSON.stringify(result));
}
