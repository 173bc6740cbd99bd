import { fill, full, OptionError, Random, tensor, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { hasRelaxedSimd, loops, makeSimd, type Backend } from '../../src/index';
import {
  defineFunction,
  encodeModule,
  f32x4,
  functionToText,
  multiplyAdd,
  multiplySubtract,
  v128,
} from '../../src/simd/wasm';
import { convolutionCases, convolutions, convolve } from '../../testing/index';
import { evaluate, onePage } from './wasm/run';

/** Node 20 has relaxed SIMD only if it is told so; later ones do not know the flag any more. */
const needsFlag = !hasRelaxedSimd();

describe('makeSimd', () => {
  it('wants its options by name', () => {
    expect(() => Reflect.apply(makeSimd, undefined, [null]) as unknown)
      .to.throw(OptionError)
      .with.property(
        'message',
        'makeSimd: expected options by name, such as { relaxed: true }; received null.',
      );
  });
});

describe('multiplyAdd and multiplySubtract', () => {
  const operands = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [-1, 0, 1, 0.5],
  ].map((x) => Float32Array.from(x));
  const one = Float32Array.of(0);

  it('round twice by themselves', () => {
    const [x, y, z] = [1 + 2 ** -12, 1 + 2 ** -12, -1].map((value) => full4(value));
    expect(evaluate(([a, b, c]) => multiplyAdd(a!, b!, c!), operands, one)).to.deep.equal([
      4, 12, 22, 32.5,
    ]);
    expect(evaluate(([a, b, c]) => multiplySubtract(a!, b!, c!), operands, one)).to.deep.equal([
      -6, -12, -20, -31.5,
    ]);
    const twice = Math.fround(Math.fround((1 + 2 ** -12) ** 2) - 1);
    expect(evaluate(([a, b, c]) => multiplyAdd(a!, b!, c!), [x!, y!, z!], one)[0]).to.equal(twice);
  });

  function full4(value: number): Float32Array {
    return Float32Array.of(value, value, value, value);
  }
});

describe('makeSimd({ relaxed: true })', () => {
  if (needsFlag) {
    it('says what is missing where relaxed SIMD is', () => {
      expect(() => makeSimd({ relaxed: true })).to.throw(
        'makeSimd: this host has no relaxed SIMD. Leave out `relaxed`, or use Node 22 or later ' +
          '(Node 20 with --experimental-wasm-relaxed-simd).',
      );
    });
  }

  describe('where relaxed SIMD is', () => {
    let engine: Backend;
    const random = new Random(11);
    const numbers = (shape: Shape): Tensor => fill(shape, () => random.uniform(-1, 1));

    before(function () {
      if (needsFlag) setFlagsFromString('--experimental-wasm-relaxed-simd');
      if (!hasRelaxedSimd()) this.skip();
      engine = makeSimd({ relaxed: true });
    });
    after(() => {
      if (needsFlag) setFlagsFromString('--no-experimental-wasm-relaxed-simd');
    });

    it('multiplies and adds in one instruction', () => {
      const make = (relaxed: boolean) =>
        encodeModule(
          [
            defineFunction('f', {}, () => {
              const [x, y] = [f32x4.const(1 + 2 ** -12), f32x4.const(-1)];
              return [
                v128.store(0, multiplyAdd(x, x, y)),
                v128.store(16, multiplySubtract(x, x, y)),
              ];
            }),
          ],
          onePage,
          relaxed,
        );
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: false });
      const module = new WebAssembly.Module(make(true));
      const { exports } = new WebAssembly.Instance(module, { host: { memory } });
      (exports['f'] as () => void)();
      const found = new Float32Array(memory.buffer, 0, 8);
      const [once, twice] = [2 ** -11 + 2 ** -24, 2 ** -11];
      expect(found[0]).to.be.oneOf([once, twice]);
      expect(found[4]).to.be.oneOf([Math.fround(-2 - once), Math.fround(-2 - twice)]);
      expect(make(true)).not.to.deep.equal(make(false));
      expect([...make(true)].join())
        .to.contain('253,133,2')
        .and.to.contain('253,134,2');
    });

    it('has matrix products round as the instruction does on this host', () => {
      const x = 1 + 2 ** -12;
      const [a, b] = [
        tensor(Float32Array.of(-1, x), [1, 2]),
        tensor(Float32Array.of(1, x), [2, 1]),
      ];
      const out = full([1, 1], NaN);
      engine.matMul(a, b, out);
      const vectors = [x, x, -1].map((value) => new Float32Array(4).fill(value));
      const like = Float32Array.of(0);
      const [single] = evaluate(([p, q, r]) => f32x4.relaxedMadd(p!, q!, r!), vectors, like);
      expect(out.data[0]).to.equal(single);
    });

    it('convolves like the definition', () => {
      fc.assert(
        fc.property(convolutionCases(convolutions(), 'float32'), (drawn) => {
          for (const kernel of ['conv2d', 'conv2dInputGradient', 'conv2dFilterGradient'] as const) {
            expectClose(convolve(engine, kernel, drawn), convolve(loops, kernel, drawn), {
              relative: 1e-5,
            });
          }
        }),
        { numRuns: 60 },
      );
    });

    it('multiplies matrices, and convolves by transforms, nearly like an engine without it', () => {
      const exact = makeSimd();
      const [a, b] = [numbers([90, 300]), numbers([300, 200])];
      const [relaxed, plain] = [full([90, 200], NaN), full([90, 200], NaN)];
      engine.matMul(a, b, relaxed);
      exact.matMul(a, b, plain);
      expectClose(relaxed, plain, { relative: 1e-5 });
    });
  });
});

describe('functionToText', () => {
  it('prints a product that is added as two instructions', () => {
    const x = f32x4.const(1);
    const text = functionToText(defineFunction('f', {}, () => v128.store(0, multiplyAdd(x, x, x))));
    expect(text).to.contain('f32x4.add').and.to.contain('f32x4.mul');
  });
});
