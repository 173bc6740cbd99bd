import { add as sum, mul, sum as total, tanh } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { inCode, withCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import * as layers from '../../src/index';
import { samples } from './inputShapes';
import { layerCase, type LayerCase } from './layerCase';

/** Functions for `lambda`, and the code that each is written as. */
const functions = [
  withCode(
    (x: Tensor) => mul(x, x),
    () => '(x) => mul(x, x)',
  ),
  withCode(
    (x: Tensor) => sum(tanh(x), 1),
    () => '(x) => add(tanh(x), 1)',
  ),
  withCode(
    (x: Tensor) => total(x, { axis: -1, keepDims: true }),
    () => '(x) => sum(x, { axis: -1, keepDims: true })',
  ),
] as const;

const lambdas: fc.Arbitrary<LayerCase> = fc
  .record({ f: fc.constantFrom(...functions), input: samples })
  .map(({ f, input }) =>
    layerCase(layers.lambda(f), input, `layers.lambda(${inCode(f)})`, { functions: { f } }),
  );

/** A layer that keeps the shape of its samples, whatever that is. */
interface Link {
  readonly layer: (input: Shape) => layers.Layer;
  readonly code: (input: Shape) => string;
}

const link = (
  make: (config: never) => layers.Layer,
  configOf: (input: Shape) => object = () => ({}),
): Link => ({
  layer: (input) => make(configOf(input) as never),
  code: (input) => {
    const config = configOf(input);
    const options = Object.keys(config).length === 0 ? '' : inCode(config);
    return `layers.${make.name}(${options})`;
  },
});

/** Links that meet each other in fused passes, and some that do not. */
const links: fc.Arbitrary<Link> = fc.constantFrom(
  link(layers.relu),
  link(layers.dense, (input) => ({ units: input.at(-1)! })),
  link(layers.dense, (input) => ({ units: input.at(-1)!, activation: 'tanh' })),
  link(layers.batchNormalization),
  link(layers.dropout, () => ({ rate: 0.5 })),
  link(layers.gelu),
);

const sequences: fc.Arbitrary<LayerCase> = fc
  .record({ chain: fc.array(links, { maxLength: 4 }), input: samples })
  .map(({ chain, input }) => {
    const code = `layers.sequence([${chain.map((one) => one.code(input)).join(', ')}])`;
    return layerCase(layers.sequence(chain.map((one) => one.layer(input))), input, code);
  });

/** x -> x + f(g(x)), or with a second result, or with f called twice. */
const graphs: fc.Arbitrary<LayerCase> = fc
  .record({
    first: links,
    second: links,
    input: samples,
    isTwice: fc.boolean(),
    hasTwo: fc.boolean(),
  })
  .map(({ first, second, input, isTwice, hasTwo }) => {
    const x = layers.input(input);
    const [g, f] = [first.layer(input), second.layer(input)];
    const inner = g.apply(x);
    const branch = isTwice ? f.apply(f.apply(inner)) : f.apply(inner);
    const y = layers.add().apply([x, branch]);
    const code = [
      `const x = input(${inCode(input)})`,
      `const [g, f] = [${first.code(input)}, ${second.code(input)}]`,
      'const inner = g.apply(x)',
      `const y = layers.add().apply([x, ${isTwice ? 'f.apply(f.apply(inner))' : 'f.apply(inner)'}])`,
      `return layers.graph({ inputs: x, outputs: ${hasTwo ? '{ y, inner }' : 'y'} })`,
    ];
    const text = `(() => { ${code.join('; ')}; })()`;
    return hasTwo
      ? layerCase(layers.graph({ inputs: x, outputs: { y, inner } }), input, text)
      : layerCase(layers.graph({ inputs: x, outputs: y }), input, text);
  });

/** Layers of layers, and of functions. */
export const compositeLayers = {
  lambda: lambdas,
  sequence: sequences,
  graph: graphs,
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
