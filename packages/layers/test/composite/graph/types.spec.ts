import { add as plus } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  add,
  conv2d,
  defineLayer,
  flatten,
  graph,
  input,
  type GraphNode,
  type Layer,
} from '../../../src/index';

type Inputs = { readonly image: Tensor; readonly mask: Tensor };

/** A layer of one's own with two inputs by name. */
const masked = defineLayer<Inputs>({
  kind: 'masked',
  config: {},
  outputShape: ({ image }) => image,
  build:
    () =>
    ({ image, mask }) =>
      plus(image, mask),
});

describe('The compiler', () => {
  // What it refuses is never run.
  const never = (_: () => unknown): void => undefined;
  const [image, mask] = [input([2]), input([2])];

  it('knows what a layer with named inputs is applied to, and what it gives', () => {
    const node: GraphNode = masked.apply({ image, mask });
    expect(node.shape).to.deep.equal([2]);
    // @ts-expect-error one input is missing
    never(() => masked.apply({ image }));
    // @ts-expect-error one has another name
    never(() => masked.apply({ image, masc: mask }));
    // @ts-expect-error it takes two
    never(() => masked.apply(image));
    // @ts-expect-error it takes no list
    never(() => masked.apply([image, mask]));
    // @ts-expect-error a layer is no node
    never(() => masked.apply({ image, mask: flatten() }));
  });

  it('knows what the body of such a layer may use', () => {
    never(() =>
      defineLayer<Inputs>({
        kind: 'wrong',
        config: {},
        // @ts-expect-error there is no such input
        outputShape: ({ picture }) => (picture === undefined ? [] : [1]),
        build: () => (x) => x.image,
      }),
    );
    expect(masked.kind).to.equal('masked');
  });

  it('knows lists, and single nodes', () => {
    const sum: GraphNode = add().apply([image, mask]);
    expect(sum.shape).to.deep.equal([2]);
    // @ts-expect-error a merging layer takes a list
    never(() => add().apply(image));
    // @ts-expect-error most layers take one node
    never(() => flatten().apply([image]));
    // @ts-expect-error and give one
    never((): readonly GraphNode[] => flatten().apply(image));
  });

  it('knows what a graph takes and gives', () => {
    const one: Layer = graph({ inputs: image, outputs: flatten().apply(image) });
    const two: Layer<Inputs, readonly [Tensor, Tensor]> = graph({
      inputs: { image, mask },
      outputs: [masked.apply({ image, mask }), image],
    });
    expect([one.kind, two.kind]).to.deep.equal(['graph', 'graph']);
    // @ts-expect-error it takes two inputs by name
    never((): Layer => graph({ inputs: { image, mask }, outputs: masked.apply({ image, mask }) }));
    // @ts-expect-error it gives a list
    never((): Layer => graph({ inputs: image, outputs: [flatten().apply(image)] }));
    // @ts-expect-error a misspelt option
    never(() => graph({ inputs: image, output: image }));
  });

  it('knows options', () => {
    // @ts-expect-error a misspelt option
    never(() => conv2d({ filters: 1, kernelSize: 3, kernelRegulariser: 'l2' }));
    // @ts-expect-error an unknown regularizer
    never(() => conv2d({ filters: 1, kernelSize: 3, kernelRegularizer: 'l3' }));
    // @ts-expect-error an unknown activation
    never(() => conv2d({ filters: 1, kernelSize: 3, activation: 'rely' }));
    expect(conv2d({ filters: 1, kernelSize: 3, kernelRegularizer: 'l2' }).kind).to.equal('conv2d');
  });
});
