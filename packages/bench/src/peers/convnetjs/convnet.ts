import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sizeOf } from 'gradus';
import type { Values } from '../../data/values';

/** An image [height, width, channels], or a filter, and its gradient. In double precision. */
export interface Vol {
  w: Float64Array;
  dw: Float64Array;
}

export interface ConvnetLayer {
  readonly filters?: readonly Vol[];
  readonly biases: Vol;
  readonly out_sx: number;
  readonly out_sy: number;
  in_act: Vol;
  out_act: Vol;
  forward(image: Vol, training: boolean): Vol;
  backward(): void;
  getParamsAndGrads(): readonly ParamsAndGrads[];
}

/** A weight and its gradient, which grows with every image until somebody clears it. */
export interface ParamsAndGrads {
  readonly params: Float64Array;
  readonly grads: Float64Array;
}

export interface ConvnetNet {
  readonly layers: readonly ConvnetLayer[];
  makeLayers(definitions: readonly object[]): void;
  forward(image: Vol, training?: boolean): Vol;
  /** Returns the loss of the image that was last put in. */
  backward(label: number): number;
  getParamsAndGrads(): readonly ParamsAndGrads[];
}

/** The part of ConvNetJS that the benchmark uses. */
export interface Convnet {
  readonly Vol: new (width: number, height: number, depth: number, value: number) => Vol;
  readonly Net: new () => ConvnetNet;
  readonly ConvLayer: new (options: object) => ConvnetLayer;
}

/** ConvNetJS from the folder it is installed in. */
export function loadConvnet(folder: string): Convnet {
  return createRequire(join(folder, 'package.json'))('convnetjs') as Convnet;
}

/** Images [batch, height, width, channels], one by one, with zeros around them. */
export function volsOf({ Vol }: Convnet, { shape, data }: Values, padding: Margins = none): Vol[] {
  const [batch, height, width, channels] = shape as readonly [number, number, number, number];
  const wide = width + padding.before + padding.after;
  const high = height + padding.before + padding.after;
  return Array.from({ length: batch }, (_, n) => {
    const vol = new Vol(wide, high, channels, 0);
    for (let row = 0; row < height; row++) {
      const from = (n * height + row) * width * channels;
      const to = ((row + padding.before) * wide + padding.before) * channels;
      vol.w.set(data.subarray(from, from + width * channels), to);
    }
    return vol;
  });
}

/** Zeros on each side of an image. */
export interface Margins {
  readonly before: number;
  readonly after: number;
}

const none: Margins = { before: 0, after: 0 };

/** Sets the weights of a convolution or dense layer: kernel [..., inputs, filters]. */
export function setWeights(layer: ConvnetLayer, kernel: Values, bias?: Values): void {
  const filters = kernel.shape.at(-1)!;
  const size = sizeOf(kernel.shape) / filters;
  layer.filters!.forEach((filter, f) => {
    for (let i = 0; i < size; i++) filter.w[i] = kernel.data[i * filters + f]!;
  });
  if (bias !== undefined) layer.biases.w.set(bias.data);
}
