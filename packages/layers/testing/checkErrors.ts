import { ArgumentError, formatShape, Random, zeros, type Shape } from '@gradus/tensor';
import { rootScope, shapesOf, tensorsOf, valueOf, type Call, type Value } from '../src/index';
import { layerPath, type Subject } from './builtLayer';

/**
 * Checks what a layer does with inputs that it was not made for: samples with an axis less or more, of
 * no size, and of another size. It takes them, and then gives what `outputShape` says; or it throws, from
 * `outputShape`, when it is built, or at the latest when it is called, an error of Gradus that names it.
 */
export function checkErrors<In extends Value, Out extends Value>(subject: Subject<In, Out>): void {
  const shapes = shapesOf<In>(subject.input).map(([, shape]) => shape);
  shapes.forEach((shape, i) => {
    for (const other of othersThan(shape)) {
      const input = inFormOf(subject, shapes.with(i, other));
      const what = shapes.length === 1 ? formatShape(other) : `${formatShape(other)} as input ${i}`;
      expectError(`outputShape of ${what}`, undefined, () => subject.layer.outputShape(input));
      expectError(`built for ${what}`, layerPath, () => checkRun({ ...subject, input }));
      expectError(`called with ${what}`, layerPath, () => callWith(subject, input));
    }
  });
}

/** Samples of other shapes than the one given. */
function othersThan(shape: Shape): readonly Shape[] {
  const last = shape.length - 1;
  const changed = shape.flatMap((size, axis) => [
    shape.with(axis, 0),
    ...(axis === last ? [shape.with(axis, size + 1)] : []),
  ]);
  return [shape.slice(1), [...shape, 1], [...shape, 1, 1], ...changed].filter(
    (other) => formatShape(other) !== formatShape(shape),
  );
}

/** Calls a layer that is built for its input with another one. */
function callWith<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  input: Subject<In, Out>['input'],
): void {
  run(subject, build(subject), input);
}

/** A layer that takes an input must give what it says. */
function checkRun<In extends Value, Out extends Value>(subject: Subject<In, Out>): void {
  const results = run(subject, build(subject), subject.input);
  const said = shapesOf<Out>(subject.layer.outputShape(subject.input));
  results.forEach(([name, { shape }], i) => {
    const wanted = [1, ...said[i]![1]];
    if (formatShape(shape) === formatShape(wanted)) return;
    throw new Error(
      `result ${name}`.trim() +
        `: expected ${formatShape(wanted)}; received ${formatShape(shape)}.`,
    );
  });
}

function build<In extends Value, Out extends Value>({
  layer,
  input,
  seed,
}: Subject<In, Out>): Call<In, Out> {
  return rootScope('model', { random: new Random(seed) }).build('layer', layer, input);
}

function run<In extends Value, Out extends Value>(
  { seed }: Subject<In, Out>,
  call: Call<In, Out>,
  input: Subject<In, Out>['input'],
): ReturnType<typeof tensorsOf> {
  const value = valueOf<In>(input, (shape) => zeros([1, ...shape]));
  return tensorsOf(call(value, { training: false, random: new Random(seed) }));
}

/** Runs `f`, which may throw only errors about arguments, of the layer at `path`. */
function expectError(what: string, path: string | undefined, f: () => void): void {
  try {
    f();
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (!(error instanceof ArgumentError)) {
      throw new Error(`${what}: expected an error about it; received ${message}`, { cause: error });
    }
    if (path === undefined || error.layer?.startsWith(path)) return;
    throw new Error(`${what}: expected an error that names ${path}; received ${message}`);
  }
}

/** Shapes in the form of a layer's input. */
function inFormOf<In extends Value, Out extends Value>(
  { input }: Subject<In, Out>,
  shapes: readonly Shape[],
): Subject<In, Out>['input'] {
  const parts = shapesOf<In>(input);
  const [only] = shapes;
  const single = parts[0]?.[0] === '';
  const several = Array.isArray(input)
    ? shapes
    : Object.fromEntries(parts.map(([name], i) => [name, shapes[i]!]));
  return (single ? only : several) as Subject<In, Out>['input'];
}
