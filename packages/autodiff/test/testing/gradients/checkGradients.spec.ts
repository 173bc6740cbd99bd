import { loops } from '@gradus/kernels';
import { tensor, type Tensor } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  broadcastTo,
  cast,
  customGradient,
  div,
  exp,
  grad,
  log,
  matMul,
  mean,
  mul,
  neg,
  relu,
  reshape,
  square,
  stopGradient,
  sub,
  sum,
  transpose,
  Variable,
} from '../../../src/index';
import {
  checkGradients,
  engines,
  GradientError,
  type GradientCheck,
  type ScalarFunction,
} from '../../../testing';

const x = tensor(Float64Array.of(0.5, -1.25, 2, 0.125, 3, -0.5), [2, 3]);
const weights = tensor(Float64Array.of(1, -2, 3));

/** exp, with a gradient that may be wrong. */
const expWith = (gradient: (dy: Tensor, y: Tensor, x: Tensor) => Tensor): ((x: Tensor) => Tensor) =>
  customGradient('exp', (at: Tensor) => ({
    value: exp(at),
    gradient: (dy, y) => [gradient(dy, y, at)],
  }));

function errorOf(check: () => unknown): Error {
  try {
    check();
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected an error; there was none.');
}

describe('checkGradients', () => {
  it('accepts right gradients, and says what it compared', () => {
    const report = checkGradients((at) => sum(mul(exp(at), weights)), x);
    expect(report.checked).to.equal(6);
    expect(report.skipped).to.deep.equal([]);
    expect(report.worst!.input).to.equal('x');
    expect(report.worst!.relativeError).to.be.below(1e-9);
  });

  it('accepts them on every engine, in float32 too, with respect to several inputs', () => {
    for (const engine of engines) {
      for (const dtype of ['float64', 'float32'] as const) {
        const at = [cast(x, dtype), cast(weights, dtype)];
        const f = (a: Tensor, b: Tensor): Tensor => sum(square(mul(exp(a), b)));
        expect(checkGradients(f, at, { engine }).checked).to.equal(9);
      }
    }
  });

  it('accepts them wherever a generator draws inputs', () => {
    const at = fc.tuple(tensors([2, 3], { dtype: 'float64' }), tensors([3], { dtype: 'float64' }));
    const report = checkGradients((a, b) => sum(div(a, add(exp(b), 1))), at, { runs: 20 });
    expect(report.checked).to.equal(20 * 9);
  });

  it('accepts small gradients, and values that cancel', () => {
    checkGradients((at) => mul(sum(square(at)), 1e-30), x);
    checkGradients((at) => add(sum(square(at)), 1e4), x);
    checkGradients((at) => sum(sub(at, mean(at))), x);
  });

  it('moves variables, which f reads itself, and leaves them as they were', () => {
    const w = new Variable('model/w', tensor(Float64Array.of(1, 2)));
    expect(checkGradients(() => sum(square(w.value)), w).checked).to.equal(2);
    expect(w.value.toArray()).to.deep.equal([1, 2]);
    const wrong = (): Tensor => sum(mul(w.value, stopGradient(w.value)));
    expect(errorOf(() => checkGradients(wrong, [w])).message).to.match(
      /^checkGradients: gradient of model\/w: expected (4|3\.99).* at \[1\]; received 2\. /,
    );
    expect(w.value.toArray()).to.deep.equal([1, 2]);
  });

  it('judges the gradients of another implementation', () => {
    const norm: ScalarFunction = (at) =>
      Array.from(at.toTypedArray()).reduce((total, v) => total + v * v, 0);
    expect(checkGradients(norm, x, { gradient: (at) => mul(at, 2) }).checked).to.equal(6);
    expect(() => checkGradients(norm, x, { gradient: (at) => at })).to.throw(GradientError);
  });

  it('rejects a gradient of 0 for log and exp where it is small, which a minitorch test accepts', () => {
    // Entry 16 of the museum: there log is log(x + 100000) and exp is exp(x - 200), and 1e-2 is allowed.
    const cases: readonly ScalarFunction[] = [
      (at) => sum(log(add(at, 100_000))),
      (at) => sum(exp(add(at, -200))),
    ];
    for (const f of cases) {
      checkGradients(f, x);
      const error = errorOf(() => checkGradients(f, x, { gradient: (at) => mul(at, 0) }));
      expect(error).to.be.instanceOf(GradientError);
      expect((error as GradientError).likelyCause).to.match(/^the gradient is 0: /);
    }
  });
});

describe('A wrong gradient', () => {
  it('is reported at its worst element, with its cause and a smaller case', () => {
    const wrong = expWith((dy, y) => neg(mul(dy, y)));
    const error = errorOf(() => checkGradients((at) => sum(mul(wrong(at), weights)), x));
    expect(error).to.be.instanceOf(GradientError);
    const { input, index, expected, received, relativeError, likelyCause, code } =
      error as GradientError;
    expect({ input, index }).to.deep.equal({ input: 'x', index: [1, 1] });
    expect(expected).to.be.closeTo(-2 * Math.exp(3), 1e-8);
    expect(received).to.be.closeTo(2 * Math.exp(3), 1e-12);
    expect(relativeError).to.be.closeTo(2, 1e-9);
    expect(likelyCause).to.equal('its sign is wrong');
    expect(code).to.equal('const x = tensor(Float64Array.of(0), [1, 1]);');
    expect(error.message).to.equal(
      `checkGradients: gradient of x: expected ${expected} at [1, 1]; received ${received}. ` +
        'The difference is 2 of the largest slope. Likely cause: its sign is wrong.\n' +
        'The smallest case found, which fails, too:\n\n' +
        '  const x = tensor(Float64Array.of(0), [1, 1]);\n',
    );
  });

  it('is shrunk where a generator draws it, and drawn again by its seed and path', () => {
    const wrong = expWith((dy, y, at) => mul(dy, mul(y, add(1, relu(add(at, -1))))));
    const f: ScalarFunction = (at) => sum(wrong(at));
    const at = tensors([2], { dtype: 'float64' });
    const error = errorOf(() => checkGradients(f, at, { seed: 3 })) as GradientError;
    expect(error).to.be.instanceOf(GradientError);
    expect(error.code).to.match(
      /^const x = tensor\(Float64Array\.of\((0, [1-4](\.\d+)?|[1-4](\.\d+)?, 0)\), \[2\]\);$/,
    );
    expect(error.seed).to.equal(3);
    const { path } = error;
    const again = errorOf(() => checkGradients(f, at, { seed: 3, runs: 1, path: path! }));
    expect((again as GradientError).code).to.equal(error.code);
  });

  const causes: readonly [string, (at: Tensor) => Tensor, string][] = [
    ['twice too large', expWith((dy, y) => mul(2, mul(dy, y))), 'a factor of 2 too much'],
    ['0', expWith((dy) => mul(dy, 0)), 'the gradient is 0'],
    ['cut off', (at) => exp(stopGradient(at)), 'the gradient is 0'],
    ['three millionths too large', expWith((dy, y) => mul(1 + 3e-6, mul(dy, y))), 'it is 1.000003'],
    ['not finite', expWith((dy, y) => mul(dy, log(neg(y)))), 'it is not finite everywhere'],
    [
      'summed',
      expWith((dy, y) => broadcastTo(sum(mul(dy, y), { axis: 1, keepDims: true }), y.shape)),
      'it is summed over axis 1',
    ],
    [
      'transposed',
      expWith((dy, y) => reshape(transpose(mul(dy, y)), y.shape)),
      'it is transposed: axes 0 and 1',
    ],
  ];
  for (const [what, wrong, cause] of causes) {
    it(`that is ${what} is found, and why: ${cause}`, () => {
      const error = errorOf(() => checkGradients((at) => sum(mul(wrong(at), weights)), x));
      expect(error).to.be.instanceOf(GradientError);
      expect((error as GradientError).likelyCause).to.satisfy((said: string) =>
        said.startsWith(cause),
      );
    });
  }

  it('may be that of another input', () => {
    const f = (a: Tensor, b: Tensor): Tensor => sum(mul(exp(a), square(b)));
    const [a, b] = [x, tensor(Float64Array.of(3, 1, 2, -1, 1, 5), [2, 3])];
    const swapped: GradientCheck = {
      names: ['a', 'b'],
      gradient: (...at) => [...grad(f)(at[0]!, at[1]!)].reverse(),
    };
    const error = errorOf(() => checkGradients(f, [a, b], swapped));
    expect((error as GradientError).likelyCause).to.equal('it is the gradient of b');
  });

  it('may be that of a matrix transposed', () => {
    const f = (a: Tensor, b: Tensor): Tensor => sum(square(matMul(a, b)));
    const b = tensor(
      Float64Array.from({ length: 9 }, (_, n) => n / 4 - 1),
      [3, 3],
    );
    const gradient: GradientCheck['gradient'] = (...at) => {
      const [da, db] = grad(f)(at[0]!, at[1]!);
      return [da, transpose(db)];
    };
    const error = errorOf(() => checkGradients(f, [x, b], { gradient }));
    expect(error.message).to.match(
      /^checkGradients: gradient of x1: .* axes 0 and 1 are exchanged\./,
    );
  });

  it('is found along directions, and there in its elements', () => {
    const wrong = expWith((dy, y) => mul(1.001, mul(dy, y)));
    const f: ScalarFunction = (a, b) => sum(mul(exp(a), wrong(b)));
    const error = errorOf(() => checkGradients(f, [x, weights], { directions: 3 }));
    expect(error).to.be.instanceOf(GradientError);
    expect((error as GradientError).input).to.equal('x1');
    expect((error as GradientError).likelyCause).to.equal('it is 1.001 times what it should be');
  });
});

describe('Many numbers', () => {
  /** A dense layer of 2500 weights with relu, twice. */
  const size = 50;
  const at = [1, 2].map((seed) =>
    tensor(
      Float64Array.from({ length: size * size }, (_, n) => Math.sin(seed * n * n) / 5),
      [size, size],
    ),
  );
  const input = tensor(
    Float64Array.from({ length: size }, (_, n) => Math.cos(n)),
    [1, size],
  );
  const network = (w: Tensor, v: Tensor): Tensor => sum(square(matMul(relu(matMul(input, w)), v)));

  it('are compared along directions', () => {
    const report = checkGradients(network, at, { engine: loops });
    expect(report).to.deep.include({ checked: 10, skipped: [] });
    expect(report.worst!.index).to.equal(undefined);
    expect(report.worst!.relativeError).to.be.below(1e-7);
  });

  it('are compared along as many as are wanted, others with another seed', () => {
    const along = (seed: number): number =>
      checkGradients(network, at, { directions: 1, seed }).worst!.expected;
    expect(along(1)).to.equal(along(1));
    expect(along(1)).not.to.equal(along(2));
  });

  it('hide no wrong one', () => {
    const gradient: GradientCheck['gradient'] = (...inputs) => {
      const [dw, dv] = grad(network)(inputs[0]!, inputs[1]!);
      const values = Float64Array.from(dv.toTypedArray());
      const worst = values.reduce(
        (most, v, n) => (Math.abs(v) > Math.abs(values[most]!) ? n : most),
        0,
      );
      values[worst]! *= 1.01;
      return [dw, tensor(values, dv.shape)];
    };
    const names = ['w', 'v'];
    const error = errorOf(() => checkGradients(network, at, { gradient, names })) as GradientError;
    expect(error).to.be.instanceOf(GradientError);
    expect(error.input).to.equal('v');
    expect(error.relativeError).to.be.closeTo(0.01, 1e-6);
    expect(error.code).to.equal('');
  });
});
