import * as layers from '@gradus/layers';
import { tensor, type Shape, type Tensor } from '@gradus/tensor';
import { inCode, tensors, withCode, type WithCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import * as losses from '../../src/losses';
import type { Loss } from '../../src/losses/loss';
import { model, sequential, type Model } from '../../src/model';
import { blocks, piece, type Block, type Piece } from './blocks';

/** A model of few weights, and a batch that it can be trained on; it writes itself as code. */
export interface SmallModelCase extends WithCode {
  /** A new one, not compiled; each has the same first weights. */
  readonly create: () => Model;
  /** Takes the model's results and the targets. */
  readonly loss: Loss;
  /** [batch, height, width, channels] */
  readonly x: Tensor;
  readonly y: Tensor;
}

/** How a model ends: what comes last, and what a loss takes. */
interface End {
  readonly last: Piece;
  readonly loss: Loss;
  readonly lossCode: string;
  readonly targets: (batch: number) => fc.Arbitrary<Tensor>;
}

function end(
  [units, activation]: readonly [number, layers.ActivationName],
  [loss, lossCode]: readonly [Loss, string],
  targets: End['targets'],
): End {
  return { last: piece(layers.dense, { units, activation }), loss, lossCode, targets };
}

const classes = (batch: number, count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat({ max: count - 1 }), { minLength: batch, maxLength: batch });

const labels = (count: number) => (batch: number) =>
  classes(batch, count).map((list): Tensor => tensor(Int32Array.from(list)) as Tensor);

const oneHot = (count: number) => (batch: number) =>
  classes(batch, count).map((list) =>
    tensor(list.map((label) => Array.from({ length: count }, (_, i) => (i === label ? 1 : 0)))),
  );

const numbers =
  (count: number, domain = {}) =>
  (batch: number) =>
    tensors([batch, count], { domain });

/** Regression and classification, with the usual losses. */
const ends: fc.Arbitrary<End> = fc.constantFrom(
  end([1, 'linear'], [losses.meanSquaredError, 'meanSquaredError'], numbers(1)),
  end([2, 'tanh'], [losses.huber(), 'huber()'], numbers(2)),
  end(
    [1, 'sigmoid'],
    [losses.binaryCrossentropy(), 'binaryCrossentropy()'],
    numbers(1, { low: 0, high: 1 }),
  ),
  end(
    [3, 'linear'],
    [
      losses.sparseCategoricalCrossentropy({ fromLogits: true }),
      'sparseCategoricalCrossentropy({ fromLogits: true })',
    ],
    labels(3),
  ),
  end([3, 'softmax'], [losses.categoricalCrossentropy(), 'categoricalCrossentropy()'], oneHot(3)),
);

const flattenings: fc.Arbitrary<readonly Piece[]> = fc.constantFrom<(readonly Piece[])[]>(
  [piece(layers.flatten, {})],
  [piece(layers.globalAveragePooling2d, {})],
  [piece(layers.globalMaxPooling2d, {})],
  [piece(layers.flatten, {}), piece(layers.dense, { units: 4, activation: 'relu' })],
);

/** What the blocks make of samples of a shape, one after the other. */
function placed(all: readonly Block[], input: Shape): Piece[] {
  let shape = input;
  return all.flatMap((block) => {
    const pieces = block(shape);
    shape = pieces.reduce((size, { layer }) => layer.outputShape(size), shape);
    return pieces;
  });
}

interface Plan {
  readonly input: Shape;
  readonly pieces: readonly Piece[];
  readonly isGraph: boolean;
  readonly seed: number;
}

function created({ input, pieces, isGraph, seed }: Plan): Model {
  const list = pieces.map(({ layer }) => layer);
  if (!isGraph) return sequential([layers.input(input), ...list], { seed });
  const inputs = layers.input(input);
  const outputs = list.reduce<layers.GraphNode>((node, layer) => layer.apply(node), inputs);
  return model({ inputs, outputs, seed });
}

function codeOf({ input, pieces, isGraph, seed }: Plan): string {
  const list = pieces.map(({ code }) => code).join(', ');
  const begin = `input(${inCode(input)})`;
  if (!isGraph) return `sequential([${begin}, ${list}], { seed: ${seed} })`;
  const outputs = `[${list}].reduce((node, layer) => layer.apply(node), inputs)`;
  const lines = [`const inputs = ${begin}`, `const outputs = ${outputs}`];
  return `(() => { ${lines.join('; ')}; return model({ inputs, outputs, seed: ${seed} }); })()`;
}

const edges = fc.integer({ min: 1, max: 6 });

/**
 * Whole models of some blocks (convolution, normalisation, activation, pooling, dropout, residual sums
 * and so on), as a sequence or a graph, that end in what a loss takes, with a batch of images and
 * targets. They shrink towards one dense layer on one pixel.
 */
export function smallModels(): fc.Arbitrary<SmallModelCase> {
  return fc
    .record({
      input: fc.tuple(edges, edges, fc.integer({ min: 1, max: 3 })),
      body: fc.array(blocks, { maxLength: 4 }),
      flattening: flattenings,
      end: ends,
      isGraph: fc.boolean(),
      seed: fc.nat({ max: 99 }),
      batch: fc.integer({ min: 1, max: 4 }),
    })
    .chain(({ input, body, flattening, end: { last, loss, lossCode, targets }, batch, ...how }) => {
      const pieces = [...placed(body, input), ...flattening, last];
      const plan = { input, pieces, ...how };
      return fc
        .record({
          x: tensors([batch, ...input], { domain: { low: -2, high: 2 } }),
          y: targets(batch),
        })
        .map(({ x, y }) => {
          const fields = [`create: () => ${codeOf(plan)}`, `loss: ${lossCode}`];
          const code = (): string =>
            `{ ${[...fields, `x: ${inCode(x)}`, `y: ${inCode(y)}`].join(', ')} }`;
          return withCode({ create: () => created(plan), loss, x, y }, code);
        });
    });
}
