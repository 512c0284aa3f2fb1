// ONNX Runtime as a contender of `compare`: answers one line for each line that it reads; the protocol is that of torch_peer.py.
//
//   node ort_peer.js THREADS FOLDER      FOLDER holds node_modules/onnxruntime-node and models/NETWORK_bSIZE.onnx (torch_peer.py --export)
//
// The package's public run() goes through a promise and the event loop, tens of microseconds that are Node's and not the runtime's. It does nothing but
// call the binding's own run(), which is therefore called here: what is timed is the runtime, with its output buffer made once.
'use strict';
const path = require('path');
const fs = require('fs');
const readline = require('readline');

const threads = Number(process.argv[2]);
const folder = process.argv[3];
const shortestSample = 20e-6, mostSamples = 200, leastSamples = 3, leastCalls = 3, callsUntilOptimised = 40, longestWarmUp = 0.5;
const projectionSeed = 7;

// The numbers of CourseLib.Benchmarks/Works/Numbers.cs.
function numbers(count, seed) {
  const values = new Float32Array(count), start = Math.imul(seed, 0x85EBCA77) + 1;
  for (let i = 0; i < count; i++) {
    let h = (Math.imul(i, 0x9E3779B1) + start) >>> 0;
    h = Math.imul(h ^ (h >>> 15), 0x2C1B3C6D) >>> 0;
    h = Math.imul(h ^ (h >>> 12), 0x297A2D39) >>> 0;
    values[i] = ((h ^ (h >>> 15)) >>> 8) / (1 << 23) - 1;
  }
  return values;
}

function digest(values) {
  const vector = numbers(values.length, projectionSeed);
  let projection = 0, squares = 0;
  for (let i = 0; i < values.length; i++) {
    projection += values[i] * vector[i];
    squares += values[i] * values[i];
  }
  return [values.length, projection, Math.sqrt(squares)];
}

const say = text => fs.writeSync(1, text.split(/\s+/).join(' ') + '\n');
const now = () => Number(process.hrtime.bigint()) * 1e-9;

let ort, binding;
try {
  const home = path.join(folder, 'node_modules', 'onnxruntime-node');
  ort = require(home);
  binding = require(path.join(home, 'dist', 'binding.js'));
  binding.initOrt();
  say(`@hello ONNX Runtime ${require(path.join(home, 'package.json')).version}, Node ${process.version}, ${threads} thread(s)`);
} catch (e) {
  say(`@missing ${e.code === 'MODULE_NOT_FOUND' ? 'onnxruntime-node is not installed (compare --install)' : `onnxruntime-node: ${e.message.split('\n')[0]}`}`);
  process.exit(0);
}

function prepare(work) {
  const [group, name] = work.split('/');
  if (group !== 'infer') throw new Error('ONNX Runtime does forward passes only');
  const model = path.join(folder, 'models', `${name}.onnx`);
  if (!fs.existsSync(model)) throw new Error('the model is not there: PyTorch exports it (compare --install)');
  const session = new binding.binding.InferenceSession();
  session.loadModel(model, { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all' });
  const [network, size] = name.split('_b');
  const shape = network === 'mlp' ? [Number(size), 784] : [Number(size), 1, 28, 28];
  const feeds = { x: new ort.Tensor('float32', numbers(shape.reduce((a, b) => a * b), 11), shape) };
  const fetches = { y: new ort.Tensor('float32', new Float32Array(Number(size) * 10), [Number(size), 10]) };
  return { call: () => session.run(feeds, fetches, {}), result: () => session.run(feeds, fetches, {}).y.data };
}

function warmUp(call) {
  const begun = now();
  let least = Infinity;
  for (let i = 0; i < callsUntilOptimised && (i < leastCalls || now() - begun < longestWarmUp); i++) {
    const start = now();
    call();
    least = Math.min(least, now() - start);
  }
  return least;
}

function take(call, estimate, seconds) {
  const group = Math.max(1, Math.floor(Math.max(shortestSample, seconds / mostSamples) / Math.max(estimate, 1e-9)));
  const samples = [], begun = now();
  while (samples.length < leastSamples || now() - begun < seconds) {
    const start = now();
    for (let i = 0; i < group; i++) call();
    samples.push((now() - start) / group * 1e6);
  }
  return samples;
}

let current = '', prepared, estimate;
readline.createInterface({ input: process.stdin }).on('line', line => {
  try {
    const [kind, work, , seconds] = line.split(' ');
    if (work !== current) {
      prepared = prepare(work);
      estimate = warmUp(prepared.call);
      current = work;
    }
    if (kind === 'check') say('@digest ' + digest(prepared.result()).join(' '));
    else say('@times ' + take(prepared.call, estimate, Number(seconds)).map(us => us.toPrecision(6)).join(' '));
  } catch (e) {
    say(`@missing ${e.message}`);
  }
});
