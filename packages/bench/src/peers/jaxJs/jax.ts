import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Values } from '../../data/values';

/**
 * An array of jax-js. Whatever receives one uses it up: passing `x.ref` instead of `x` leaves x usable
 * once more.
 */
export interface JaxArray {
  readonly ref: JaxArray;
  readonly shape: number[];
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  neg(): JaxArray;
  sum(axis?: number): JaxArray;
  mean(): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  dataSync(): Float32Array;
  blockUntilReady(): Promise<void>;
  dispose(): void;
}

type Lists = readonly JaxArray[];

/** The part of jax-js that the benchmark uses. */
export interface Jax {
  init(device: string): Promise<readonly string[]>;
  defaultDevice(device: string): void;
  readonly jit: <F>(f: F) => F;
  readonly vjp: (
    f: (x: JaxArray) => JaxArray,
    primals: Lists,
  ) => [JaxArray, (dy: JaxArray) => JaxArray | Lists];
  readonly valueAndGrad: (
    f: (weights: Lists, x: JaxArray, y: JaxArray) => JaxArray,
  ) => (weights: Lists, x: JaxArray, y: JaxArray) => [JaxArray, Lists];
  readonly numpy: {
    array(data: Float32Array | number): JaxArray;
    zeros(shape: readonly number[]): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    max(x: JaxArray, axes: readonly number[]): JaxArray;
    mean(x: JaxArray, axes: readonly number[]): JaxArray;
    sum(x: JaxArray): JaxArray;
    exp(x: JaxArray): JaxArray;
    sqrt(x: JaxArray): JaxArray;
    power(base: number, exponent: JaxArray): JaxArray;
    subtract(a: number, b: JaxArray): JaxArray;
  };
  readonly nn: {
    relu(x: JaxArray): JaxArray;
    softmax(x: JaxArray, axis: number): JaxArray;
    logSoftmax(x: JaxArray, axis: number): JaxArray;
  };
  readonly lax: {
    conv(
      x: JaxArray,
      filter: JaxArray,
      strides: readonly number[],
      padding: 'SAME' | 'VALID',
    ): JaxArray;
  };
}

/** jax-js from the folder it is installed in, on WebAssembly. */
export async function loadJax(folder: string): Promise<Jax> {
  const file = join(folder, 'node_modules/@jax-js/jax/dist/index.js');
  const jax = (await import(pathToFileURL(file).href)) as Jax;
  const devices = await jax.init('wasm');
  if (!devices.includes('wasm')) throw new Error('the device wasm does not start');
  jax.defaultDevice('wasm');
  return jax;
}

/** An array of these numbers. */
export function arrayOf({ numpy }: Jax, { data, shape }: Values): JaxArray {
  return numpy.array(data).reshape(shape);
}

/** Waits until an array is computed, and gives it up. */
export async function finish(array: JaxArray): Promise<void> {
  await array.blockUntilReady();
  array.dispose();
}
