import { withBackend, type Backend } from '@gradus/autodiff';
import { engines as allEngines } from '@gradus/autodiff/testing';
import { formatShape, sizeOf, type Shape } from '@gradus/tensor';
import { named } from '@gradus/tensor/testing';
import type { Layer, ReadingOptions, ShapeOf, Value } from '../src/index';
import { buildLayer, drawInputs, layerPath, type Subject } from './builtLayer';
import { checkArithmetic } from './checkArithmetic';
import { checkGradients } from './checkGradients';
import { checkBatches, checkDeterminism, checkSharing, checkState } from './checkConduct';
import { checkErrors } from './checkErrors';
import { checkSaving } from './checkSaving';
import { shapesOf, type Part } from '../src/index';

/** What a layer must be. None is optional, so that none is forgotten. */
export interface LayerExpectations<In extends Value, Out extends Value> {
  /** The shape of one sample, or the shapes of several inputs. Small ones keep the check fast. */
  readonly input: ShapeOf<In>;
  /** The shape of one sample's result as a formula of `input`, without asking the layer. */
  readonly outputShape: (input: ShapeOf<In>) => ShapeOf<Out>;
  /** The weights in order: the names they have within the layer, and their shapes. */
  readonly weights: Readonly<Record<string, Shape>>;
  /** How many numbers its weights hold. */
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number };
  /**
   * Drives all that is drawn; default 0. Choose another one if a kink of the layer lies so near a
   * number drawn that central differences see both sides of it.
   */
  readonly seed?: number;
  /** How it is read again, if it is no layer of this package, or holds functions. Default nothing. */
  readonly reading?: ReadingOptions;
  /** Where it is computed. Default: every engine. */
  readonly engines?: readonly Backend[];
}

/**
 * Checks that a layer keeps the contract of layers, on every engine:
 *
 * - results, and what `outputShape` says, have the expected shape;
 * - its weights have the expected names, shapes and number, and the element type of the model;
 * - in float64 results and gradients are those of the reference engine; on the first engine gradients
 *   of each weight and input are those of central differences, and every trainable weight counts;
 * - float32 results and gradients are near those of float64;
 * - outside training, samples do not see each other: a batch gives what its samples give one by one;
 * - one seed gives the same bits, call by call and model by model, and inputs are left alone;
 * - outside training nothing is updated, in training only weights that are not trainable, and only
 *   when the step is made;
 * - two models share nothing; built twice in one model, it shares its weights;
 * - written as JSON and read again it is equal: weights, first values, results;
 * - given samples of other shapes it gives what `outputShape` says, or throws a ShapeError, OptionError or
 *   DTypeError that names the layer.
 *
 * @throws Error that says what differed, where, and by how much.
 */
export function checkLayer<In extends Value, Out extends Value>(
  layer: Layer<In, Out>,
  expectations: LayerExpectations<In, Out>,
): void {
  named(layer.name ?? layer.kind, () => {
    for (const { check } of layerChecks(layer, expectations)) check();
  });
}

/** A part of a check, which can be made by itself. */
export interface PartialCheck {
  /** What it looks at, such as `weights`. */
  readonly name: string;
  /** @throws Error that says what differed, where, and by how much. */
  readonly check: () => void;
}

/** What `checkLayer` consists of, in order: for programs that report on each part. */
export function layerChecks<In extends Value, Out extends Value>(
  layer: Layer<In, Out>,
  { seed = 0, reading = {}, engines = allEngines, ...expected }: LayerExpectations<In, Out>,
): readonly PartialCheck[] {
  const subject = { layer, input: expected.input, seed };
  const checkOn = (engine: Backend, isFirst: boolean): void =>
    withBackend(engine, () => {
      if (isFirst) checkGradients(subject);
      checkArithmetic(subject);
      checkBatches(subject);
      checkDeterminism(subject);
      checkSharing(subject);
      checkState(subject);
    });
  return [
    { name: 'shapes', check: () => checkShapes(subject, expected.outputShape(expected.input)) },
    { name: 'weights', check: () => checkWeights(subject, expected) },
    ...engines.map((engine, i) => ({
      name: `on ${engine.name}`,
      check: () => named(`on ${engine.name}`, () => checkOn(engine, i === 0)),
    })),
    { name: 'saved and read again', check: () => checkSaving(subject, reading) },
    { name: 'inputs of other shapes', check: () => checkErrors(subject) },
  ];
}

function checkShapes<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  expected: ShapeOf<Out>,
): void {
  const wanted = shapesOf<Out>(expected);
  const said = shapesOf<Out>(subject.layer.outputShape(subject.input));
  expectSame('outputShape', describeShapes(said), describeShapes(wanted));
  const { run } = buildLayer(subject, 'float64');
  for (const batch of [2, 1]) {
    const results = run(drawInputs(subject, batch), false);
    expectSame(
      `result of a batch of ${batch}`,
      describeShapes(results.map(([name, { shape }]) => [name, shape])),
      describeShapes(wanted.map(([name, shape]) => [name, [batch, ...shape]])),
    );
  }
}

function checkWeights<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  { weights, parameters }: Pick<LayerExpectations<In, Out>, 'weights' | 'parameters'>,
): void {
  for (const dtype of ['float32', 'float64'] as const) {
    const { variables } = buildLayer(subject, dtype);
    const found = variables.map(({ name, value }): Part<Shape> => {
      expectSame(`element type of ${name}`, value.dtype, dtype);
      return [name, value.shape];
    });
    const wanted = Object.entries(weights).map(([name, shape]): Part<Shape> => [
      `${layerPath}/${name}`,
      shape,
    ]);
    expectSame('weights', describeShapes(found), describeShapes(wanted));
    const count = (trainable: boolean): string =>
      String(
        variables
          .filter((variable) => variable.trainable === trainable)
          .reduce((total, { value }) => total + sizeOf(value.shape), 0),
      );
    expectSame('trainable parameters', count(true), String(parameters.trainable));
    expectSame('non-trainable parameters', count(false), String(parameters.nonTrainable));
  }
}

function describeShapes(parts: readonly Part<Shape>[]): string {
  if (parts.length === 0) return 'none';
  return parts.map(([name, shape]) => `${name} ${formatShape(shape)}`.trim()).join(', ');
}

function expectSame(what: string, received: string, expected: string): void {
  if (received === expected) return;
  throw new Error(`${what}: expected ${expected}; received ${received}.`);
}
