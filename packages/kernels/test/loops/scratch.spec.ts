import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { loops } from '../../src/index';
import { Scratch } from '../../src/loops/scratch';
import { convKernels, convolutionCalls, matMulCalls, runCall } from '../../testing/index';

describe('Scratch', () => {
  it('gives the same array again while it is large enough', () => {
    const scratch = new Scratch();
    const first = scratch.atLeast(10);
    expect(first.length).to.be.at.least(10);
    expect(scratch.atLeast(3)).to.equal(first);
    expect(scratch.atLeast(11).length).to.be.at.least(11);
  });

  it('clears what was there as far as asked', () => {
    const scratch = new Scratch();
    scratch.atLeast(5).fill(7);
    expect([...scratch.zeros(3)]).to.deep.equal([0, 0, 0, 7, 7]);
    expect([...scratch.zeros(6)]).to.deep.equal([0, 0, 0, 0, 0, 0]);
  });
});

describe('loops', () => {
  it('gives the bits of a process that has computed nothing yet', () => {
    const calls = fc.oneof(
      matMulCalls('float32'),
      ...convKernels.map((kernel) => convolutionCalls(kernel, 'float32', { maxKernel: 3 })),
    );
    fc.assert(
      fc.property(calls, calls, (before, call) => {
        runCall(loops, before);
        expectClose(runCall(loops, call), runCall(freshLoops(), call), { relative: 0 });
      }),
      { numRuns: 5, interruptAfterTimeLimit: 10_000 },
    );
  });
});

/** The engine loaded anew, with all the memory that it keeps. */
function freshLoops(): typeof loops {
  const load = createRequire(__filename);
  const folder = join(__dirname, '../../src/loops') + sep;
  const loaded = Object.entries(load.cache).filter(([path]) => path.startsWith(folder));
  for (const [path] of loaded) delete load.cache[path];
  try {
    return (load('../../src/loops/index') as { readonly loops: typeof loops }).loops;
  } finally {
    Object.assign(load.cache, Object.fromEntries(loaded));
  }
}
