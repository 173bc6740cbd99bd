/** A library that Gradus is compared with. */
export interface Peer {
  readonly name: PeerName;
  /** What npm installs for it, with exact versions. */
  readonly packages: Readonly<Record<string, string>>;
  /** The program in `children` that drives it. */
  readonly child: string;
  /** A program that prints the numbers of [[1, 2], [3, 4]] times [[5, 6], [7, 8]]. */
  readonly startup: string;
}

/** The peers' names. */
export const peerNames = ['tfjs-wasm', 'tfjs-cpu', 'jax-js', 'ort-web', 'convnetjs'] as const;

export type PeerName = (typeof peerNames)[number];

const tfjsPackages = {
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
};

const tfjsProduct = `
  await tf.ready();
  const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const b = tf.tensor2d([5, 6, 7, 8], [2, 2]);
  console.log([...tf.matMul(a, b).dataSync()].join(' '));`;

/** The peers, with programs as their own users would write them. */
export const peers: readonly Peer[] = [
  {
    name: 'tfjs-wasm',
    packages: tfjsPackages,
    child: 'tfjs',
    startup: `
  import { createRequire } from 'node:module';
  import { dirname, join } from 'node:path';
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs');
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  wasm.setWasmPaths(join(folder, 'dist/'));
  await tf.setBackend('wasm');${tfjsProduct}`,
  },
  {
    name: 'tfjs-cpu',
    packages: tfjsPackages,
    child: 'tfjs',
    startup: `
  import { createRequire } from 'node:module';
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs');
  await tf.setBackend('cpu');${tfjsProduct}`,
  },
  {
    name: 'jax-js',
    packages: { '@jax-js/jax': '0.1.25' },
    child: 'jaxJs',
    startup: `
  import { defaultDevice, init, numpy } from '@jax-js/jax';
  await init('wasm');
  defaultDevice('wasm');
  const a = numpy.array([[1, 2], [3, 4]]);
  const b = numpy.array([[5, 6], [7, 8]]);
  console.log([...numpy.matmul(a, b).dataSync()].join(' '));`,
  },
  {
    name: 'ort-web',
    packages: { 'onnxruntime-web': '1.30.0' },
    child: 'ortWeb',
    // The model is a product of two 2x2 matrices, as modelOf in ortWeb/onnx.ts writes it.
    startup: `
  import { createRequire } from 'node:module';
  import { readFileSync } from 'node:fs';
  const ort = createRequire(import.meta.url)('onnxruntime-web');
  ort.env.wasm.numThreads = 1;
  const model = readFileSync(new URL('product.onnx', import.meta.url));
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const a = new ort.Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2]);
  const b = new ort.Tensor('float32', Float32Array.of(5, 6, 7, 8), [2, 2]);
  console.log([...(await session.run({ a, b })).y.data].join(' '));`,
  },
  {
    name: 'convnetjs',
    packages: { convnetjs: '0.3.0' },
    child: 'convnetjs',
    // It has no matrices: a dense layer without bias is the product with one row.
    startup: `
  import { createRequire } from 'node:module';
  const { FullyConnLayer, Vol } = createRequire(import.meta.url)('convnetjs');
  const layer = new FullyConnLayer({ in_sx: 1, in_sy: 1, in_depth: 2, num_neurons: 2 });
  layer.filters[0].w.set([5, 7]);
  layer.filters[1].w.set([6, 8]);
  const rows = [[1, 2], [3, 4]].map((row) => [...layer.forward(new Vol(row)).w]);
  console.log(rows.flat().join(' '));`,
  },
];
