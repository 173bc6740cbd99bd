import * as layers from '@gradus/layers';
import type { Shape } from '@gradus/tensor';
import { inCode } from '@gradus/tensor/testing';
import fc from 'fast-check';

/** A layer, and the code that makes it. */
export interface Piece {
  readonly layer: layers.Layer;
  readonly code: string;
}

/** Some layers in a row that take any image [height, width, channels] and give another. */
export type Block = (input: Shape) => readonly Piece[];

/** A layer of options, as a piece. */
export function piece<C extends object>(make: (config: C) => layers.Layer, config: C): Piece {
  const options = Object.keys(config).length === 0 ? '' : inCode(config);
  return { layer: make(config), code: `layers.${make.name}(${options})` };
}

const activations = fc.constantFrom('linear', 'relu', 'tanh', 'gelu', 'softplus');

const convolutions: fc.Arbitrary<Block> = fc
  .record({
    filters: fc.integer({ min: 1, max: 4 }),
    edge: fc.integer({ min: 1, max: 3 }),
    strides: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('valid', 'same'),
    activation: activations,
    useBias: fc.boolean(),
    isSeparable: fc.boolean(),
  })
  .map(({ edge, isSeparable, ...options }) => ([height, width]) => {
    // With 'valid', a larger kernel than the image would have no room.
    const kernelSize = [Math.min(edge, height!), Math.min(edge, width!)] as const;
    const config = { kernelSize, ...options };
    return [isSeparable ? piece(layers.separableConv2d, config) : piece(layers.conv2d, config)];
  });

const poolings: fc.Arbitrary<Block> = fc
  .record({
    make: fc.constantFrom(layers.maxPooling2d, layers.averagePooling2d),
    padding: fc.constantFrom<('valid' | 'same')[]>('valid', 'same'),
  })
  .map(({ make, padding }) => ([height, width]) => [
    piece<layers.Pooling2dConfig>(make, {
      poolSize: [Math.min(2, height!), Math.min(2, width!)],
      padding,
    }),
  ]);

const normalizations: fc.Arbitrary<Block> = fc.constantFrom<Block[]>(
  () => [piece(layers.batchNormalization, {})],
  () => [piece(layers.batchNormalization, { scale: false, momentum: 0.5 })],
  () => [piece(layers.layerNormalization, {})],
  () => [piece(layers.groupNormalization, { groups: 1 })],
);

const pointwise: fc.Arbitrary<Block> = fc.constantFrom<Block[]>(
  () => [piece(layers.relu, {})],
  () => [piece(layers.prelu, { sharedAxes: [1, 2] })],
  () => [piece(layers.activation, { activation: 'silu' })],
  () => [piece(layers.dropout, { rate: 0.25 })],
  () => [piece(layers.spatialDropout2d, { rate: 0.5 })],
  () => [piece(layers.gaussianNoise, { stddev: 0.125 })],
  () => [piece(layers.randomFlip, {})],
  () => [piece(layers.zeroPadding2d, {})],
  () => [piece<layers.AverageFilterConfig>(layers.averageFilter, { padding: 'same' })],
);

/** The usual chain, which is computed in fewer passes: convolution, normalisation, activation, pooling. */
const chains: fc.Arbitrary<Block> = fc
  .record({ filters: fc.integer({ min: 1, max: 4 }), pool: fc.boolean() })
  .map(({ filters, pool }) => ([height, width]) => [
    piece(layers.conv2d, { filters, kernelSize: 3, padding: 'same', useBias: false }),
    piece(layers.batchNormalization, {}),
    piece(layers.relu, {}),
    ...(pool && height! > 1 && width! > 1 ? [piece(layers.maxPooling2d, {})] : []),
  ]);

/** x + f(x), or both beside each other. */
const residuals: fc.Arbitrary<Block> = fc.boolean().map((isSum) => (input) => {
  const channels = input[2]!;
  const f = piece(layers.conv2d, {
    filters: channels,
    kernelSize: 3,
    padding: 'same',
    activation: 'relu',
  });
  const merge = isSum ? layers.add() : layers.concatenate();
  const x = layers.input(input);
  const code = [
    `const x = input(${inCode(input)})`,
    `const outputs = layers.${merge.kind}().apply([x, ${f.code}.apply(x)])`,
    'return layers.graph({ inputs: x, outputs })',
  ].join('; ');
  return [
    {
      layer: layers.graph({ inputs: x, outputs: merge.apply([x, f.layer.apply(x)]) }),
      code: `(() => { ${code}; })()`,
    },
  ];
});

/** Blocks of every kind. */
export const blocks: fc.Arbitrary<Block> = fc.oneof(
  convolutions,
  poolings,
  normalizations,
  pointwise,
  chains,
  residuals,
);
