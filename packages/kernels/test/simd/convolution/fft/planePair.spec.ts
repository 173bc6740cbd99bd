import { Random } from '@gradus/tensor';
import { expect } from 'chai';
import { transformLengths } from '../../../../src/simd/convolution/fft/length';
import { PlanePair, type Patch } from '../../../../src/simd/convolution/fft/planePair';
import { blockPitch } from '../../../../src/simd/convolution/fft/spectrum';
import type { Workspace } from '../../../../src/simd/memory/workspace';
import { withContext } from './fftEngine';

const random = new Random(3);

interface Planes {
  readonly height: number;
  readonly width: number;
  readonly values: readonly [Float32Array, Float32Array];
}

function randomPlanes(height: number, width: number): Planes {
  const plane = (): Float32Array =>
    Float32Array.from({ length: height * width }, () => random.uniform(-1, 1));
  return { height, width, values: [plane(), plane()] };
}

/** Puts planes into memory and hands their transforms to `use`. */
function withPlanes(
  { height, width, values }: Planes,
  use: (pair: PlanePair, patches: readonly Patch[], work: Workspace) => void,
): void {
  withContext((context) => {
    const patches = values.map((plane): Patch => {
      const address = context.work.scratch(plane.byteLength);
      context.work.floats(address, plane.length).set(plane);
      const rows = { from: 0, at: 0, count: height };
      const columns = { from: 0, at: 0, count: width };
      return { grid: { address, rowStep: 4 * width, columnStep: 4 }, rows, columns };
    });
    use(new PlanePair(context, height, width), patches, context.work);
  });
}

/** What comes back of planes that were transformed. */
function thereAndBack(planes: Planes): Float32Array[] {
  const found: Float32Array[] = [];
  withPlanes(planes, (pair, patches, work) => {
    const spectrum = work.scratch(pair.spectrumBytes);
    pair.forwardColumns(spectrum, pair.forwardRows(patches, spectrum));
    pair.inverseColumns(spectrum);
    const results = patches.map(({ grid }) => work.floats(grid.address, planes.values[0].length));
    results.forEach((result) => result.fill(NaN));
    pair.inverseRows(spectrum, patches);
    found.push(...results.map((result) => result.slice()));
  });
  return found;
}

/** The squared magnitudes of the spectrum, ascending, as frequencies may stand in any order. */
function powersOf(planes: Planes): number[] {
  const { height, width } = planes;
  const powers: number[] = [];
  withPlanes(planes, (pair, patches, work) => {
    const spectrum = work.scratch(pair.spectrumBytes);
    pair.forwardColumns(spectrum, pair.forwardRows(patches, spectrum));
    for (let block = 0; block < width / 4; block++) {
      const numbers = work.floats(spectrum + block * blockPitch(height), 8 * height);
      for (let i = 0; i < 8 * height; i += 8) {
        for (let lane = i; lane < i + 4; lane++) {
          powers.push(numbers[lane]! ** 2 + numbers[lane + 4]! ** 2);
        }
      }
    }
  });
  return powers.sort((a, b) => a - b);
}

/** The same by the definition of the discrete Fourier transform. */
function powersByDefinition({ height, width, values: [re, im] }: Planes): number[] {
  const powers: number[] = [];
  for (let u = 0; u < height; u++) {
    for (let v = 0; v < width; v++) {
      let [sumRe, sumIm] = [0, 0];
      for (let i = 0; i < height * width; i++) {
        const [row, column] = [Math.floor(i / width), i % width];
        const angle = -2 * Math.PI * ((u * row) / height + (v * column) / width);
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
        sumRe += re[i]! * cosine - im[i]! * sine;
        sumIm += re[i]! * sine + im[i]! * cosine;
      }
      powers.push(sumRe ** 2 + sumIm ** 2);
    }
  }
  return powers.sort((a, b) => a - b);
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, error: number): void {
  expect(found).to.have.length(expected.length);
  // NaN is no number below the error, so it is found too.
  const far = Array.from(expected).findIndex((value, i) => !(Math.abs(found[i]! - value) < error));
  if (far >= 0) throw new Error(`number ${far} is ${found[far]}, not ${expected[far]}.`);
}

describe('The transforms of a pair of planes', () => {
  it('are inverse to each other, for rows and columns of every length', () => {
    for (const { length } of transformLengths()) {
      for (const planes of [randomPlanes(4, length), randomPlanes(length, 4)]) {
        thereAndBack(planes).forEach((found, i) => expectNear(found, planes.values[i]!, 2e-6));
      }
    }
  });

  it('are those of Fourier, whose frequencies stand in an order of their own', () => {
    for (const length of [4, 8, 12, 20, 16, 36, 60, 100]) {
      for (const planes of [randomPlanes(4, length), randomPlanes(length, 4)]) {
        expectNear(powersOf(planes), powersByDefinition(planes), 1e-3);
      }
    }
  });
});
