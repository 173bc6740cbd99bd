import { DTypeError, OptionError, ShapeError, tensor, zeros } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { cast, log, mul, square, sum, Variable } from '../../../src/index';
import { checkGradients, type ScalarFunction } from '../../../testing';

const x = tensor(Float64Array.of(0.5, -1.25, 2, 0.125, 3, -0.5), [2, 3]);
const weights = tensor(Float64Array.of(1, -2, 3));

describe('What checkGradients refuses', () => {
  let calls = 0;
  const squares: ScalarFunction = (at) => sum(square(at));
  const refused: readonly [string, () => unknown, new (...a: never[]) => Error, RegExp][] = [
    [
      'a function that gives no scalar',
      () => checkGradients((at) => square(at), x),
      ShapeError,
      /expected f to return a scalar \[\] of float32 or float64; received \[2, 3\]\. Make one number/,
    ],
    [
      'a function that gives whole numbers',
      () => checkGradients((at) => cast(sum(at), 'int32'), x),
      DTypeError,
      /expected f to return a scalar \[\] of float32 or float64; received int32\.$/,
    ],
    [
      'a promise',
      () => checkGradients((() => Promise.reject(new Error('late'))) as never, x),
      ShapeError,
      /received a promise\. f must be synchronous and return its result\.$/,
    ],
    ['nothing', () => checkGradients((() => null) as never, x), ShapeError, /received null\.$/],
    [
      'a plain number, unless the gradient is given',
      () => checkGradients(() => 1, x),
      OptionError,
      /expected f to return a tensor, as Gradus is to find its gradient; received number\./,
    ],
    [
      'a function that throws',
      () =>
        checkGradients(() => {
          throw new Error('mine');
        }, x),
      Error,
      /^checkGradients: f threw at the given point: mine$/,
    ],
    [
      'a function that does not take float64',
      () => checkGradients((at) => sum(mul(at, tensor([1, 2, 3]))), cast(x, 'float32')),
      Error,
      /^checkGradients: f threw in float64, near the given point: mul: expected one dtype/,
    ],
    [
      'a function that changes its input',
      () =>
        checkGradients(
          (at) => {
            at.data[0]! += 1;
            return sum(at);
          },
          tensor(Float64Array.of(1, 2)),
        ),
      OptionError,
      /expected f to leave its inputs alone; received one that changes x from 1 to \d+\./,
    ],
    [
      'a function that is random from call to call',
      () => checkGradients((at) => mul(sum(at), 1 + 1e-12 * calls++), x),
      OptionError,
      /expected f to give the same value each time; received .*, and then .*\. Draw random numbers/,
    ],
    [
      'a function that gives NaN',
      () => checkGradients((at) => sum(log(at)), x),
      OptionError,
      /expected f to be finite there; received NaN\. Choose inputs in its domain\.$/,
    ],
    [
      'a function that does not use its argument',
      () => checkGradients(() => sum(square(x)), x),
      OptionError,
      /expected f to depend on its inputs; received one that gives the same value everywhere\./,
    ],
    [
      'a tolerance that no float64 could meet',
      () => checkGradients(squares, x, { tolerance: 1e-13 }),
      OptionError,
      /expected a tolerance of at least 1e-10 for float64; received 1e-13\. Rounding alone/,
    ],
    [
      'a tolerance that no float32 could meet',
      () => checkGradients(squares, cast(x, 'float32'), { tolerance: 1e-9 }),
      OptionError,
      /expected a tolerance of at least 1e-7 for float32; received 1e-9\./,
    ],
    [
      'a tolerance that all gradients meet',
      () => checkGradients(squares, x, { tolerance: 1 }),
      OptionError,
      /expected tolerance to be a number from 0 to 0\.1; received 1\.$/,
    ],
    [
      'whole numbers',
      () => checkGradients(squares, [x, tensor(Int32Array.of(1))]),
      DTypeError,
      /expected x1 to be a tensor of float32 or float64; received int32\. Whole numbers have no slope/,
    ],
    [
      'what is no tensor',
      () => checkGradients(squares, 'x' as never),
      DTypeError,
      /expected x to be a tensor of float32 or float64; received string\./,
    ],
    [
      'inputs without elements',
      () => checkGradients(squares, zeros([0, 3], 'float64')),
      ShapeError,
      /expected x to have elements; received \[0, 3\]\. A gradient without elements says nothing\./,
    ],
    [
      'no inputs at all',
      () => checkGradients(squares, []),
      OptionError,
      /expected inputs to differentiate with respect to; received none\.$/,
    ],
    [
      'an engine by its name',
      () => checkGradients(squares, x, { engine: 'simd' as never }),
      OptionError,
      /expected engine to be an object; received 'simd'\.$/,
    ],
    [
      'inputs that are not finite',
      () => checkGradients(squares, tensor(Float64Array.of(1, Infinity))),
      OptionError,
      /expected finite numbers in x; received Infinity\.$/,
    ],
    [
      'variables of float32, which cannot be cast',
      () => checkGradients(squares, new Variable('w', tensor([1, 2]))),
      DTypeError,
      /expected the variable w to be float64; received float32\. Differences need float64: build/,
    ],
    [
      'a gradient of another shape, and says why it may be so',
      () =>
        checkGradients((at) => sum(mul(at, x)), weights, {
          gradient: () => x,
        }),
      ShapeError,
      /expected a gradient of x shaped as it is, \[3\]; received \[2, 3\]\. Likely cause: the sum over the broadcast axis 0 is missing\.$/,
    ],
    [
      'too few gradients',
      () => checkGradients(squares, [x, weights], { gradient: () => [x] }),
      ShapeError,
      /expected a gradient for each of 2 inputs; received 1\.$/,
    ],
    [
      'a gradient that is no tensor',
      () => checkGradients(squares, x, { gradient: (() => 3) as never }),
      ShapeError,
      /expected a gradient of x shaped as it is, \[2, 3\]; received number\.$/,
    ],
    [
      'too few names',
      () => checkGradients(squares, x, { names: [] }),
      OptionError,
      /expected a name for each of 1 inputs; received 0\.$/,
    ],
    [
      'steps that do not fall',
      () => checkGradients(squares, x, { steps: [0.1, 0.2, 0.3] }),
      OptionError,
      /expected three or more steps above 0, the largest first; received \[0\.1, 0\.2, 0\.3\]\.$/,
    ],
    [
      'options that it does not know',
      () => checkGradients(squares, x, { tolerence: 1e-6 } as never),
      OptionError,
      /^checkGradients: expected the options tolerance, .*; received 'tolerence'\.$/,
    ],
    [
      'no directions',
      () => checkGradients(squares, x, { directions: 0 }),
      OptionError,
      /expected directions to be a whole number of at least 1; received 0\.$/,
    ],
    [
      'half a kink',
      () => checkGradients(squares, x, { kinks: 0.5 }),
      OptionError,
      /expected kinks to be a whole number of at least 0; received 0\.5\.$/,
    ],
    [
      'null as options',
      () => checkGradients(squares, x, null as never),
      OptionError,
      /received null/,
    ],
  ];
  for (const [what, check, type, message] of refused) {
    it(`is ${what}`, () => {
      expect(check).to.throw(type, message);
    });
  }

  it('says at which drawn case a function threw', () => {
    const f: ScalarFunction = (at) => {
      if (at.at(0) > 1) throw new Error('too large');
      return sum(at);
    };
    expect(() => checkGradients(f, tensors([1], { dtype: 'float64' }))).to.throw(
      /f threw in float64, near the given point: too large\nThe smallest case found:\n\nconst x = tensor\(Float64Array\.of\(1\), \[1\]\);/,
    );
  });
});
