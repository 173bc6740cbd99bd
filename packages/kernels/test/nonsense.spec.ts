import fc from 'fast-check';
import { makeSimd, type Backend } from '../src/index';
import {
  anyCalls,
  callChains,
  checkChain,
  convKernels,
  convolutionCalls,
  engines,
  specialNumbers,
} from '../testing/index';
import { fftEngine } from './simd/convolution/fft/fftEngine';
import { winogradEngine } from './simd/convolution/winograd/winogradEngine';

const all: readonly [title: string, engine: Backend][] = [
  ...engines.map((engine): [string, Backend] => [engine.name, engine]),
  ['simd, exact', makeSimd({ exact: true })],
];

// Algorithms that the engine chooses for larger convolutions only. They are approximate: the errors
// of a tile are in proportion to the largest numbers in it, also where they meet only padding.
const options = {
  specials: specialNumbers.filter((x) => x === 0 || !Number.isFinite(x)),
  minBatch: 1,
  maxStep: 1,
} as const;
const three = { minKernel: 3, maxKernel: 3, maxGroups: 1, maxChannels: 10 } as const;
const algorithms = [
  ['Fourier transforms', fftEngine, { ...options, maxKernel: 9 }],
  ["Winograd's algorithm", winogradEngine, { ...options, ...three }],
] as const;

/** Transforms mix the pixels of a tile. */
const transformed = { relative: 1e-4, mixes: true };
const limits = { numRuns: 100, interruptAfterTimeLimit: 8000, includeErrorInReport: true };

describe('Chains of calls of every kernel, on whatever numbers and in whatever scopes,', () => {
  for (const [title, engine] of all) {
    it(`are computed as defined: ${title}`, () => {
      fc.assert(
        fc.property(callChains(anyCalls()), (chain) => checkChain(engine, chain)),
        limits,
      );
    });
  }
});

describe('Chains of convolutions, on whatever numbers and in whatever scopes,', () => {
  for (const [title, engine, options] of algorithms) {
    it(`are computed as defined: ${title}`, () => {
      const calls = convKernels.map((kernel) => convolutionCalls(kernel, 'float32', options));
      fc.assert(
        fc.property(callChains(fc.oneof(...calls)), (chain) =>
          checkChain(engine, chain, transformed),
        ),
        limits,
      );
    });
  }
});
