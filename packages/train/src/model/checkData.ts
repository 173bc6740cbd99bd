import { shapesOf, tensorsOf, type ShapeOf, type Value } from '@gradus/layers';
import { formatShape, sameShape, ShapeError, Tensor, type Shape } from '@gradus/tensor';
import { targetHint } from '../losses/targetHint';

/** What a model takes and gives, one sample at a time. */
export interface SampleShapes {
  readonly name: string;
  readonly inputShape: ShapeOf<Value>;
  readonly outputShape: ShapeOf<Value>;
  /** What the targets for each output may be, in the order of its parts; default: like the output. */
  readonly targetShapes?: readonly (readonly Shape[])[];
}

/**
 * @throws ShapeError unless x is [samples, ...inputShape], with at least one sample; of several inputs
 *   each, with as many samples.
 */
export function checkInput({ name, inputShape }: SampleShapes, op: string, x: Value): void {
  const where = `${name}.${op}`;
  const given = partsOf(where, x, inputShape, 'inputs');
  const samples = given[0]?.[1].shape[0] ?? 0;
  shapesOf(inputShape).forEach(([part, wanted], i) => {
    const { shape } = given[i]![1];
    const fits = shape.length > 0 && sameShape(shape.slice(1), wanted);
    if (fits && samples > 0 && shape[0] === samples) return;
    const layout = `[${['samples', ...wanted].join(', ')}]`;
    throw new ShapeError({
      op: where,
      expected: `at least one sample, ${layout}${part === '' ? '' : ` for input ${part}`}`,
      received: formatShape(shape),
      ...(fits && shape[0] !== samples && i > 0
        ? { hint: `The first input has ${samples} samples.` }
        : {}),
    });
  });
}

/** @throws ShapeError unless x fits the model and y has a target for each sample. */
export function checkData(model: SampleShapes, op: string, x: Value, y: Value): void {
  checkInput(model, op, x);
  const samples = tensorsOf(x)[0]![1].shape[0]!;
  const where = `${model.name}.${op}`;
  const given = partsOf(where, y, model.outputShape, 'targets');
  shapesOf(model.outputShape).forEach(([part, outputShape], i) => {
    const shapes = model.targetShapes?.[i] ?? [outputShape];
    const expected = shapes.map((shape) => [samples, ...shape]);
    const { shape } = given[i]![1];
    if (expected.some((wanted) => sameShape(shape, wanted))) return;
    const output = part === '' ? '' : ` for output ${part}`;
    throw new ShapeError({
      op: where,
      expected: `targets ${expected.map(formatShape).join(' or ')}${output}, one for each sample`,
      received: formatShape(shape),
      hint: targetHint(shape, [samples, ...outputShape]),
    });
  });
}

/** @throws ShapeError unless y, the result for x, is as the layers' outputShape said. */
export function checkOutput({ name, outputShape }: SampleShapes, x: Value, y: Value): void {
  const samples = tensorsOf(x)[0]![1].shape[0]!;
  const given = partsOf(name, y, outputShape, 'results');
  shapesOf(outputShape).forEach(([, shape], i) => {
    const expected = [samples, ...shape];
    const received = given[i]![1].shape;
    if (sameShape(received, expected)) return;
    throw new ShapeError({
      op: name,
      expected: `its layers to give ${formatShape(expected)}, as their outputShape says`,
      received: formatShape(received),
    });
  });
}

const one = { inputs: 'one tensor', targets: 'one tensor of targets', results: 'one tensor' };

/** The tensors of a value that has the form which the shapes say. */
function partsOf(op: string, value: Value, shapes: ShapeOf<Value>, what: keyof typeof one) {
  if (hasForm(value, shapes)) return tensorsOf(value);
  const names = shapesOf(shapes).map(([name]) => name);
  const known = isValue(value) ? tensorsOf(value).map(([name]) => name) : [];
  throw new ShapeError({
    op,
    expected: names[0] === '' ? one[what] : `${what} ${names.join(', ')}`,
    received: describe(value, known),
  });
}

/** Whether a value has the form that the shapes say: one tensor, a list, or names. */
export function hasForm(value: unknown, shapes: ShapeOf<Value>): boolean {
  if (!isValue(value)) return false;
  const names = shapesOf(shapes).map(([name]) => name);
  const known = tensorsOf(value).map(([name]) => name);
  return names.length === known.length && names.every((name, i) => name === known[i]);
}

function describe(value: unknown, names: readonly string[]): string {
  if (value instanceof Tensor) return `a tensor ${formatShape(value.shape)}`;
  if (names.length > 0) return names.join(', ');
  return value === null ? 'null' : typeof value === 'object' ? 'no tensors' : typeof value;
}

/** Whether it is what the types say: they do not bind those who write JavaScript. */
function isValue(value: unknown): value is Value {
  if (value instanceof Tensor) return true;
  if (typeof value !== 'object' || value === null) return false;
  const parts: readonly unknown[] = Object.values(value);
  return parts.every((part) => part instanceof Tensor);
}
