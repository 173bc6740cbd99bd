import { rowMajor, Tensor, type View } from '@gradus/tensor';
import fc from 'fast-check';
import { makeSimd } from '../../../src/index';
import { anyCalls, callChains, checkChain, type ChainedCall } from '../../../testing/index';

const engine = makeSimd();

/** The same call on other numbers, which lie in the same way. */
function onOtherNumbers(chained: ChainedCall): ChainedCall {
  const inputs = chained.call.inputs.map((input): View => {
    if (input.dtype !== 'float32') return input;
    const data = Float32Array.from(input.data, (x) => 2 * x);
    return new Tensor({ dtype: 'float32', data }, input);
  });
  return { ...chained, call: { ...chained.call, inputs } };
}

describe('Chains of calls that are planned', () => {
  it('compute the same function of other numbers at other addresses', () => {
    fc.assert(
      fc.property(callChains(anyCalls([0])), fc.nat({ max: 5000 }), (chain, elsewhere) => {
        checkChain(engine, chain);
        engine.scopes!.enter();
        new Tensor(engine.allocate('float32', elsewhere), rowMajor([elsewhere]));
        try {
          checkChain(engine, chain.map(onOtherNumbers));
        } finally {
          engine.scopes!.leave([]);
        }
      }),
      { numRuns: 100, interruptAfterTimeLimit: 8000 },
    );
  });
});
