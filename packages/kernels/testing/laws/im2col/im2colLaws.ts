import { tensor } from '@gradus/tensor';
import { defineLaw, expectClose, noTolerance, usualTolerance } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { patchMatrix } from '../convolution/algorithms/im2col';
import { resultShape } from '../convolution/definition';
import { convolutionProblems, numbersFor } from '../convolution/problems';
import { largestOf, sumOfMagnitudes } from '../convolution/rounding';
import { givingTensors } from '../givingTensors';
import { innerProduct } from '../innerProduct';
import type { Im2colImplementation, WindowSettings } from './implementation';

/** What `im2col` and `col2im` are, and are to each other. */
export const im2colLaws = givingTensors<Im2colImplementation>(
  { im2col: 'tensor', col2im: 'tensor' },
  [
    defineLaw({
      name: 'im2col/patches',
      statement:
        'im2col(x)[n, i, j, (k, l, c)] = x[n, i s - p + k d, j s - p + l d, c], 0 outside x.',
      source: 'K. Chellapilla, S. Puri, P. Simard, 2006, section 3',
      domain: 'everywhere; nothing is computed, so nothing is rounded',
      tolerance: noTolerance,
      cases: windowCases,
      holds(implementation, { x, columns, settings }) {
        const [height, width] = settings.kernelSize;
        const filter = [height, width, x.shape[3]!, 1];
        const patches = patchMatrix(x, filter, { ...settings, groups: 1 });
        expectClose(implementation.im2col(x, settings), tensor(patches.data, columns.shape), {
          relative: 0,
        });
      },
    }),
    defineLaw({
      name: 'im2col/col2im-is-adjoint',
      statement: '<im2col(x), c> = <x, col2im(c)>.',
      source: 'im2col copies, so its matrix is of zeros and ones; col2im is its transpose',
      domain: 'everywhere',
      tolerance: usualTolerance,
      cases: windowCases,
      holds(implementation, { x, columns, settings }) {
        const form = innerProduct(implementation.im2col(x, settings), columns);
        const images = implementation.col2im(columns, settings, x.shape);
        const scale = largestOf(x) * sumOfMagnitudes(columns);
        const relative = usualTolerance[implementation.dtype];
        expectClose(innerProduct(x, images), form, { relative, scale });
      },
    }),
  ],
);

/** Images, windows on them, and something shaped like the windows. */
function windowCases(implementation: Im2colImplementation) {
  const problems = convolutionProblems(implementation.limits, { maxGroups: 1 });
  return problems.chain(({ x, filter, settings: { groups: _, ...settings } }) => {
    const kernelSize = [filter[0]!, filter[1]!] as const;
    const windows: WindowSettings = { ...settings, kernelSize };
    const [batch, rows, columns] = resultShape(x, filter, { ...settings, groups: 1 });
    const length = kernelSize[0] * kernelSize[1] * x[3]!;
    return fc.record({
      x: numbersFor(implementation, x),
      columns: numbersFor(implementation, [batch!, rows!, columns!, length]),
      settings: fc.constant(windows),
    });
  });
}
