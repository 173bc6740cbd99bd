import { expect } from 'chai';
import { f32, f32x4, v128 } from '../../../src/simd/wasm';
import { runBody } from './run';

describe('The vector loads and stores', () => {
  const numbers = Float32Array.of(1, 2, 3, 4, 5);
  const bytes = new Uint8Array(numbers.buffer);
  const loads: Readonly<
    Record<'load' | 'load32Splat' | 'load32Zero' | 'load64Zero', readonly number[]>
  > = {
    load: [2, 3, 4, 5],
    load32Splat: [2, 2, 2, 2],
    load32Zero: [2, 0, 0, 0],
    load64Zero: [2, 3, 0, 0],
  };
  for (const [name, lanes] of Object.entries(loads)) {
    it(`include v128.${name}, from any address`, () => {
      const load = v128[name as keyof typeof loads];
      for (const [address, offset] of [
        [4, 0],
        [1, 3],
      ]) {
        const { floats } = runBody(v128.store(64, load(address!, offset)), bytes);
        expect([...floats.subarray(16, 20)]).to.deep.equal(lanes);
      }
    });
  }

  const four = f32x4.const(1, 2, 3, 4);
  const stored = (body: Parameters<typeof runBody>[0]): number[] => [
    ...runBody(body, new Uint8Array(Float32Array.of(9, 9, 9, 9, 9, 9).buffer)).floats.subarray(
      0,
      6,
    ),
  ];

  it('include v128.store, with an offset', () => {
    expect(stored(v128.store(1, four, 3))).to.deep.equal([9, 1, 2, 3, 4, 9]);
  });

  it('include v128.store32Lane and v128.store64Lane', () => {
    for (let lane = 0; lane < 4; lane++) {
      expect(stored(v128.store32Lane(4, four, lane, 4))).to.deep.equal([9, 9, lane + 1, 9, 9, 9]);
    }
    expect(stored(v128.store64Lane(4, four, 0))).to.deep.equal([9, 1, 2, 9, 9, 9]);
    expect(stored(v128.store64Lane(4, four, 1, 4))).to.deep.equal([9, 9, 3, 4, 9, 9]);
  });

  it('include v128.storeLanes, which leaves what lies behind alone', () => {
    expect(stored(v128.storeLanes(0, four, 1, 4))).to.deep.equal([9, 1, 9, 9, 9, 9]);
    expect(stored(v128.storeLanes(0, four, 2, 4))).to.deep.equal([9, 1, 2, 9, 9, 9]);
    expect(stored(v128.storeLanes(0, four, 3, 4))).to.deep.equal([9, 1, 2, 3, 9, 9]);
    expect(stored(v128.storeLanes(0, four, 4, 4))).to.deep.equal([9, 1, 2, 3, 4, 9]);
  });

  it('include single numbers beside them', () => {
    expect(stored(f32.store(4, f32x4.extractLane(four, 2)))).to.deep.equal([9, 3, 9, 9, 9, 9]);
  });
});
