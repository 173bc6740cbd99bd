import { expectClose } from '@gradus/tensor/testing';
import { full, type View } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import type { ConvGeometry } from '../../src/index';
import * as patches from '../../src/loops/convPatches';
import * as planes from '../../src/loops/convPlanes';
import { adjointGeometry, rotatedFilter } from '../../src/loops/rotatedFilter';
import { reference } from '../../src/reference/index';
import {
  convolutionCases,
  convolutions,
  convolve,
  engineTolerances,
  rolesOf,
  type ConvKernel,
} from '../../testing/index';

type Algorithm = (a: View, b: View, geometry: ConvGeometry, out: View) => void;

const dense = ({ strides, dilations }: ConvGeometry): boolean =>
  strides.vertical * strides.horizontal * dilations.vertical * dilations.horizontal === 1;
const unitStride = ({ strides }: ConvGeometry): boolean =>
  strides.vertical * strides.horizontal === 1;

/** The convolution by `algorithm` that is the input gradient, from dy and the rotated filter. */
function rotated(algorithm: Algorithm): Algorithm {
  return (dy, filter, geometry, out) =>
    algorithm(dy, rotatedFilter(filter, geometry), adjointGeometry(geometry), out);
}

/** Every way to compute a kernel, wherever it applies and not only where it is the quicker. */
const algorithms: readonly {
  readonly name: string;
  readonly kernel: ConvKernel;
  readonly compute: Algorithm;
  readonly applies?: (geometry: ConvGeometry) => boolean;
}[] = [
  { name: 'patches', kernel: 'conv2d', compute: patches.conv2dByPatches },
  { name: 'planes', kernel: 'conv2d', compute: planes.conv2dByPlanes, applies: dense },
  {
    name: 'patches',
    kernel: 'conv2dInputGradient',
    compute: patches.conv2dInputGradientByPatches,
  },
  {
    name: 'patches and the rotated filter',
    kernel: 'conv2dInputGradient',
    compute: rotated(patches.conv2dByPatches),
    applies: unitStride,
  },
  {
    name: 'planes and the rotated filter',
    kernel: 'conv2dInputGradient',
    compute: rotated(planes.conv2dByPlanes),
    applies: dense,
  },
  {
    name: 'patches',
    kernel: 'conv2dFilterGradient',
    compute: patches.conv2dFilterGradientByPatches,
  },
  {
    name: 'planes',
    kernel: 'conv2dFilterGradient',
    compute: planes.conv2dFilterGradientByPlanes,
    applies: dense,
  },
];

for (const { name, kernel, compute, applies = (): boolean => true } of algorithms) {
  describe(`${kernel} by ${name}`, () => {
    for (const dtype of ['float64', 'float32'] as const) {
      it(`is the definition in ${dtype}, wherever it applies`, () => {
        let applied = 0;
        const kinds = [
          convolutions({ minBatch: 0 }),
          convolutions({ minBatch: 0, maxStep: 1, maxKernel: 6 }),
        ].map((drawn) => convolutionCases(drawn, dtype));
        fc.assert(
          fc.property(fc.oneof(...kinds), (drawn) => {
            if (!applies(drawn.geometry)) return;
            applied += 1;
            const { inputs, out } = rolesOf(kernel, drawn);
            const found = full(out.shape, NaN, dtype);
            compute(...inputs, drawn.geometry, found);
            expectClose(found, convolve(reference, kernel, drawn), {
              relative: engineTolerances[dtype],
            });
          }),
          { numRuns: 60, interruptAfterTimeLimit: 10_000 },
        );
        expect(applied).to.be.above(15);
      });
    }
  });
}
