import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Values } from '../../data/values';
import { repeatAwaiting, type Work } from '../../harness/library';
import { modelOf, type OnnxGraph } from './onnx';

interface OrtTensor {
  readonly data: Float32Array;
}

interface Session {
  run(feeds: Readonly<Record<string, OrtTensor>>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

/** The part of onnxruntime-web that the benchmark uses. */
export interface Ort {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<Session>;
  };
}

/** onnxruntime-web from the folder it is installed in, on one thread. */
export function loadOrt(folder: string): Ort {
  const ort = createRequire(join(folder, 'package.json'))('onnxruntime-web') as Ort;
  ort.env.wasm.numThreads = 1;
  return ort;
}

/**
 * A graph as work. Results are copied out of its memory each time: its interface has no other way.
 * @param toOurs brings the result into our layout.
 */
export async function workOf(
  { InferenceSession, Tensor }: Ort,
  graph: Omit<OnnxGraph, 'inputs'>,
  { inputs, toOurs = (data) => data }: OrtInputs,
): Promise<Work> {
  const shapes = Object.entries(inputs).map(([name, { shape }]) => [name, shape] as const);
  const model = modelOf({ ...graph, inputs: Object.fromEntries(shapes) });
  const session = await InferenceSession.create(model, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape }]) => {
      return [name, new Tensor('float32', data, shape)] as const;
    }),
  );
  const compute = async () => (await session.run(feeds))['y']!.data;
  return {
    run: (times) => repeatAwaiting(times, async () => void (await compute())),
    result: async () => toOurs(Float32Array.from(await compute())),
    release: () => session.release(),
  };
}

/** What a graph is fed with. */
export interface OrtInputs {
  readonly inputs: Readonly<Record<string, Values>>;
  readonly toOurs?: (data: Float32Array) => Float32Array;
}
