import type { View } from '@gradus/tensor';
import { convOutputShape, type ConvGeometry } from '../../convGeometry';
import type { KernelContext } from '../context';
import { endingOf } from '../epilogue/ending';
import { finishFor } from '../epilogue/finish';
import type { SimdOptions } from '../options';
import { ruleFor } from './choice';
import type { ConvOperands } from './operands';

/**
 * Convolution by the algorithm that the rules choose. Where that knows no epilogues, another pass over
 * the sums applies it.
 */
export function conv2d(
  context: KernelContext,
  operands: ConvOperands['conv2d'],
  geometry: ConvGeometry,
  options: SimdOptions,
): void {
  const { epilogue, ...linear } = operands;
  const rule = ruleFor('conv2d', geometry, options);
  if (epilogue === undefined || rule.finishes?.(epilogue) === true) {
    return rule.run(context, operands, geometry);
  }
  const sums =
    epilogue.maxPool === undefined
      ? linear.out
      : context.work.scratchView(convOutputShape(geometry));
  rule.run(context, { ...linear, out: sums }, geometry);
  finish(context, sums, operands);
}

function finish(
  { kernels, work }: KernelContext,
  sums: View,
  { epilogue = {}, out }: ConvOperands['conv2d'],
): void {
  const { bias, maxPool } = epilogue;
  const [batch, height, width, channels] = sums.shape as [number, number, number, number];
  const run = finishFor(kernels, { width, channels, ending: endingOf(epilogue) });
  const to = work.output(out);
  const from = sums === out ? to : work.locate(sums);
  const addends = bias === undefined ? 0 : work.rowMajor(bias);
  if (maxPool === undefined) return run(from, addends, to, 0, batch * height);
  const places = maxPool.places === undefined ? 0 : work.output(maxPool.places);
  const [, rows, columns] = out.shape as [number, number, number, number];
  const pooledRow = columns * channels;
  for (let image = 0; image < batch; image++) {
    const first = image * rows * pooledRow;
    const start = from + 4 * image * height * width * channels;
    run(start, addends, to + 4 * first, places + first, rows);
  }
}
