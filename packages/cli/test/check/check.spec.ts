import { expect } from 'chai';
import { runCommand, type Run } from '../runCommand';
import { UserFolder } from './userFolder';

/** A report without how long things took. */
function withoutTimes(output: string): string[] {
  return output.replace(/\d+(\.\d+)? s\b/g, '0 s').split('\n');
}

/** What a file begins with that has a layer. */
const gain = [
  "import { defineLayer, mul } from 'gradus';",
  'const gain = (initial) => defineLayer({',
  "  kind: 'gain',",
  '  config: { initial },',
  '  outputShape: (input) => input,',
  '  build(input, scope) {',
  "    const factor = scope.variable('factor', [input.at(-1)], 'ones');",
  '    return (x) => mul(x, factor.value);',
  '  },',
  '});',
];

describe('gradus check', function () {
  this.timeout(60_000);
  const folder = new UserFolder();

  const check = (lines: readonly string[], ...options: string[]): Promise<Run> =>
    runCommand('check', folder.write('mine.ts', ...lines), ...options);

  it('says what a layer is, and that it is right', async () => {
    const { status, output, errors } = await check([
      ...gain,
      'export const mine = { layer: gain(2), input: [3, 2],',
      '  reading: { layers: { gain: ({ initial }) => gain(initial) } } };',
    ]);
    expect([status, errors]).to.deep.equal([0, '']);
    expect(withoutTimes(output)).to.deep.equal([
      'mine: layer [3, 2] to [3, 2]; weights factor [2]; 2 numbers to train',
      '  ✓ shapes (1 case, 0 s)',
      '  ✓ weights (1 case, 0 s)',
      '  ✓ on reference (1 case, 0 s)',
      '  ✓ on loops (1 case, 0 s)',
      '  ✓ on simd (1 case, 0 s)',
      '  ✓ saved and read again (1 case, 0 s)',
      '  ✓ inputs of other shapes (1 case, 0 s)',
      '',
      '7 of 7 checks hold, 7 cases, 0 s, seed 0.',
      '',
    ]);
  });

  it('tells what is not tried, and what is nothing to check', async () => {
    const { status, output } = await check([
      ...gain,
      'export const size = 3;',
      'export { gain };',
      'export default { layer: gain(2), input: [3, 2] };',
    ]);
    expect(status).to.equal(0);
    expect(output).to.contain(
      '  – saved and read again: not tried: it needs reading. layerFromJson: expected a known kind of layer; ' +
        "received 'gain' at layer. If it is your own, give a function that makes it of its config: " +
        '{ layers: { gain } }.\n',
    );
    expect(output).to.contain('\nNothing to check: size, gain.\n\n6 of 6 checks hold, 1 not tried');
  });

  /** A file of one export, and which check of it does not hold, and why. */
  const wrong: [what: string, lines: string[], check: RegExp][] = [
    [
      'a layer that says another shape',
      [
        ...gain,
        'export const mine = { layer: { ...gain(1), outputShape: ([n]) => [n] }, input: [3, 2] };',
      ],
      /✗ shapes\n\n {4}result of a batch of 2: expected \[2, 3\]; received \[2, 3, 2\]\./,
    ],
    [
      'a layer with other weights than expected',
      [...gain, 'export const mine = { layer: gain(1), input: [2], weights: { gain: [2] } };'],
      /✗ weights\n\n {4}weights: expected model\/layer\/gain \[2\]; received model\/layer\/factor \[2\]\./,
    ],
    [
      'a gradient',
      [
        "import { customGradient, scalar, sum, tensor, mul } from 'gradus';",
        "const double = customGradient('double', (x) => ({ value: mul(x, 2), gradient: (dy) => [dy] }));",
        'export const mine = { f: (x) => sum(double(x)), at: tensor(Float64Array.of(1, 2), [2]) };',
      ],
      /✗ on loops\n\n.*Likely cause: /s,
    ],
    [
      'an operation',
      [
        "import { defineOp, mul } from 'gradus';",
        'export const triple = defineOp({',
        "  name: 'triple', inputs: ['x'], shape: ({ x }) => x,",
        "  compute: (backend, { x }, _, out) => backend.zip('add', x, x, out),",
        '  gradient: (dy) => ({ x: () => mul(dy, 3) }),',
        "  samples: [{ inputs: { x: 'mn' } }],",
        '});',
      ],
      /✗ on reference\n\n {4}triple: sample 0 \(x mn\) on reference: gradient of /,
    ],
    [
      'an optimizer that goes uphill',
      [
        "import { add, mul, Optimizer } from 'gradus';",
        "const rule = { name: 'uphill', init: () => ({}),",
        '  update: ({ weight, gradient, state, learningRate }) => (',
        '    { weight: add(weight, mul(gradient, learningRate)), state }) };',
        'export const mine = { optimizer: () => new Optimizer(rule, 0.1) };',
      ],
      /mine: optimizer remembers nothing\n {2}✗ on reference\n\n {4}uphill: on reference: descent: /,
    ],
    [
      'a loss',
      [
        "import { sub, sum, tensor } from 'gradus';",
        'const [yTrue, yPred] = [tensor(Float64Array.of(1, 2), [2, 1]), tensor(Float64Array.of(3, 5), [2, 1])];',
        "export const mine = { loss: (t, p) => sum(sub(p, t)), yTrue, yPred, atTargets: 'minimum' };",
      ],
      /✗ on simd\n\n {4}loss on reference: expected a ShapeError /,
    ],
    [
      'a law of one’s own',
      [
        "import { defineLaw } from 'gradus/testing';",
        "import fc from 'fast-check';",
        "const law = defineLaw({ name: 'square/small', statement: 'f(n) < 50.', source: 'none',",
        "  domain: 'whole numbers', tolerance: { float64: 0, float32: 0 },",
        '  cases: () => fc.record({ n: fc.nat() }),',
        '  holds({ f }, { n }) { if (f(n) >= 50) throw new Error(`it is ${f(n)}.`); } });',
        "export const mine = { laws: [law], of: { name: 'n n', f: (n) => n * n } };",
      ],
      /✗ square\/small\n\n {4}square\/small does not hold for n n: f\(n\) < 50\.\n {4}it is 64\.\n {4}Seed 0, path '.*'\. The smallest case found:\n\n {6}const n = 8;/,
    ],
    [
      'a property',
      ["import fc from 'fast-check';", 'export const mine = fc.property(fc.nat(), (n) => n < 7);'],
      /mine: property\n {2}✗ holds\n\n {4}Property failed by returning false\n {4}Seed 0, path '.*'\. The smallest case found:\n\n {6}7\n/,
    ],
    [
      'a convolution',
      [
        "import { convolutionByDefinition } from 'gradus/testing';",
        'const conv2d = (x, filter, settings) =>',
        '  convolutionByDefinition(x, filter, { ...settings, dilations: [1, 1] });',
        "export const mine = { name: 'mine', dtype: 'float64', conv2d, limits: { paddings: ['same'] } };",
      ],
      /✗ convolution\/dilation-spreads\n\n {4}convolution\/dilation-spreads does not hold for mine: /,
    ],
  ];
  for (const [what, lines, message] of wrong) {
    it(`explains what is wrong with ${what}, and exits with 1`, async () => {
      const { status, output, errors } = await check(lines);
      expect([status, errors]).to.deep.equal([1, '']);
      expect(output).to.match(message);
      expect(output).to.match(/\n\d+ of \d+ checks hold, .* seed 0\.\n$/);
    });
  }
});
