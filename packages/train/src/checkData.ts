import { formatShape, sameShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';

/** What a model takes and gives, one sample at a time. */
export interface SampleShapes {
  readonly name: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** What the targets may be; default: like the output. */
  readonly targetShapes?: readonly Shape[];
}

/** @throws ShapeError unless x is [samples, ...inputShape], with at least one sample. */
export function checkInput({ name, inputShape }: SampleShapes, op: string, x: Tensor): void {
  const [samples, ...shape] = x.shape;
  if (samples !== undefined && samples > 0 && sameShape(shape, inputShape)) return;
  throw new ShapeError({
    op: `${name}.${op}`,
    expected: `at least one sample, [${['samples', ...inputShape].join(', ')}]`,
    received: formatShape(x.shape),
  });
}

/** @throws ShapeError unless x fits the model and y has a target for each sample. */
export function checkData(model: SampleShapes, op: string, x: Tensor, y: Tensor): void {
  checkInput(model, op, x);
  const shapes = model.targetShapes ?? [model.outputShape];
  const expected = shapes.map((shape) => [x.shape[0]!, ...shape]);
  if (expected.some((shape) => sameShape(y.shape, shape))) return;
  throw new ShapeError({
    op: `${model.name}.${op}`,
    expected: `targets ${expected.map(formatShape).join(' or ')}, one for each sample`,
    received: formatShape(y.shape),
  });
}

/** @throws ShapeError unless y, the result for x, is as the layers' outputShape said. */
export function checkOutput({ name, outputShape }: SampleShapes, x: Tensor, y: Tensor): void {
  const expected = [x.shape[0]!, ...outputShape];
  if (sameShape(y.shape, expected)) return;
  throw new ShapeError({
    op: name,
    expected: `its layers to give ${formatShape(expected)}, as their outputShape says`,
    received: formatShape(y.shape),
  });
}
