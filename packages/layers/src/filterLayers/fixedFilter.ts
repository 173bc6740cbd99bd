import { reshape, slice } from '@gradus/autodiff';
import { formatShape, ShapeError, Tensor, tensor, type NestedNumbers } from '@gradus/tensor';
import { checkNested, wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { filterLayer, type FilterOptions } from './filterLayer';
import type { Layer } from '../core/layer';

/** Options of `fixedFilter`. */
export interface FixedFilterConfig extends FilterOptions {
  /** [height, width], for example `filters.sobelX()`, or several, [height, width, filters]. */
  readonly kernel: Tensor | NestedNumbers;
}

/**
 * A convolution with a kernel that is given, from [height, width, channels] to [height', width',
 * channels]: each channel is filtered by itself, or all are summed to one with `mixChannels`. With F
 * kernels the response of channel c to kernel f is channel c F + f of the result. It has no weights; if
 * it is `trainable`, it has `kernel`, [height, width, channels, F], which begins as the kernel given.
 * @throws OptionError if the kernel holds no finite numbers, or an option is neither true nor false.
 * @throws ShapeError if the kernel is of another shape.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function fixedFilter(given: FixedFilterConfig): Layer {
  const config = frozenOptions('fixedFilter', given);
  const values: unknown = config.kernel;
  if (!(values instanceof Tensor) && !Array.isArray(values)) {
    throw wrongOption('fixedFilter', 'kernel to be a tensor, or nested lists of numbers', values);
  }
  if (Array.isArray(values)) checkNested('fixedFilter', { kernel: values });
  const kernel = config.kernel instanceof Tensor ? config.kernel : tensor(config.kernel);
  checkKernel(kernel);
  return filterLayer({
    kind: 'fixedFilter',
    config: Object.freeze({ ...config, kernel: kernel.toArray() }),
    kernels: kernel.rank === 2 ? [kernel] : kernelsOf(kernel),
  });
}

function kernelsOf(bank: Tensor): Tensor[] {
  const [height, width, count] = bank.shape as [number, number, number];
  return Array.from({ length: count }, (_, f) =>
    reshape(slice(bank, { begin: [0, 0, f], size: [height, width, 1] }), [height, width]),
  );
}

function checkKernel(kernel: Tensor): void {
  if (kernel.size === 0 || (kernel.rank !== 2 && kernel.rank !== 3)) {
    throw new ShapeError({
      op: 'fixedFilter',
      expected: 'a kernel [height, width] or [height, width, filters]',
      received: formatShape(kernel.shape),
    });
  }
  const odd = kernel.toTypedArray().find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw wrongOption('fixedFilter', 'a kernel of finite numbers', odd);
}
