import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Values } from '../../data/values';

/** A tensor of TensorFlow.js. */
export interface TfTensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
  dispose(): void;
}

/** A layer, opaque to us. */
export interface TfLayer {
  apply(input: unknown): unknown;
}

export interface TfModel {
  compile(options: { optimizer: unknown; loss: string }): void;
  setWeights(weights: readonly TfTensor[]): void;
  trainOnBatch(x: TfTensor, y: TfTensor): Promise<number>;
  predictOnBatch(x: TfTensor): TfTensor;
  dispose(): void;
}

/** What a kernel of a backend is called with. */
export interface TfKernelCall {
  readonly inputs: Readonly<Record<string, TfTensor>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

type Layers = Readonly<
  Record<
    | 'activation'
    | 'add'
    | 'conv2d'
    | 'dense'
    | 'flatten'
    | 'globalAveragePooling2d'
    | 'maxPooling2d',
    (config: object) => TfLayer
  >
>;

/** The part of TensorFlow.js that the benchmark uses. */
export interface Tf {
  readonly version: { readonly tfjs: string };
  readonly layers: Layers;
  readonly train: {
    adam(learningRate: number, beta1: number, beta2: number, epsilon: number): unknown;
  };
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(data: Float32Array, shape: readonly number[]): TfTensor;
  matMul(a: TfTensor, b: TfTensor): TfTensor;
  conv2d(x: TfTensor, filter: TfTensor, strides: number, pad: string): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  relu(x: TfTensor): TfTensor;
  exp(x: TfTensor): TfTensor;
  sum(x: TfTensor): TfTensor;
  softmax(x: TfTensor): TfTensor;
  pad(x: TfTensor, amounts: readonly (readonly [number, number])[]): TfTensor;
  transpose(x: TfTensor, order: readonly number[]): TfTensor;
  tidy(f: () => TfTensor): TfTensor;
  input(config: { shape: readonly number[] }): unknown;
  model(config: { inputs: unknown; outputs: unknown }): TfModel;
  engine(): {
    runKernel(
      name: string,
      inputs: Readonly<Record<string, TfTensor>>,
      attrs: Readonly<Record<string, unknown>>,
    ): TfTensor;
  };
  registerKernel(config: {
    kernelName: string;
    backendName: string;
    kernelFunc: (call: TfKernelCall) => TfTensor;
  }): void;
}

/** TensorFlow.js from the folder it is installed in, on one of its backends, on one thread. */
export async function loadTf(folder: string, backend: 'cpu' | 'wasm'): Promise<Tf> {
  const load = createRequire(join(folder, 'package.json'));
  // It advertises its native package whenever it is loaded in Node.
  console.warn = () => undefined;
  const tf = load('@tensorflow/tfjs') as Tf;
  if (backend === 'wasm') {
    const wasm = load('@tensorflow/tfjs-backend-wasm') as {
      setWasmPaths(folder: string): void;
      setThreadsCount(count: number): void;
    };
    const manifest = load.resolve('@tensorflow/tfjs-backend-wasm/package.json');
    wasm.setWasmPaths(join(dirname(manifest), 'dist/'));
    wasm.setThreadsCount(1);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start`);
  await tf.ready();
  return tf;
}

/** A tensor of these numbers. */
export function tensorOf(tf: Tf, { data, shape }: Values): TfTensor {
  return tf.tensor(data, shape);
}
