import { OptionError, Random, ShapeError, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { concatenate, conv2d, flatten, graph, input, rootScope } from '../../../src/index';

const context = { training: false, random: new Random(0) };
const scope = () => rootScope('model', { random: new Random(0) });

describe('An error of graph', () => {
  const x = input([3]);
  const mask = input([8], { name: 'mask' });
  const cases: readonly [what: string, f: () => unknown, message: string][] = [
    [
      'says which input is missing',
      () => graph({ inputs: x, outputs: concatenate().apply([x, flatten().apply(mask)]) }),
      "graph: expected all inputs that the outputs depend on; received none for input 'mask' [8], " +
        'which 0_flatten needs. Add it to the inputs.',
    ],
    [
      'says which output has no input',
      () => graph({ inputs: x, outputs: [x, mask] }),
      "graph: expected all inputs that the outputs depend on; received none for input 'mask' [8], " +
        'which the output needs. Add it to the inputs.',
    ],
    [
      'says which input nothing uses',
      () => graph({ inputs: [x, mask], outputs: flatten().apply(x) }),
      "graph: expected inputs that the outputs depend on; received input 'mask' [8], which nothing " +
        'uses.',
    ],
    [
      'says which input is there twice',
      () => graph({ inputs: [x, x], outputs: flatten().apply(x) }),
      'graph: expected each input once; received input [3] twice.',
    ],
    [
      'says what is no node',
      () => graph({ inputs: x, outputs: { a: flatten() as never } }),
      'graph: expected outputs made by input(shape) or layer.apply: one node, a list of some, or ' +
        'nodes by name; received an object.',
    ],
    [
      'wants some nodes',
      () => graph({ inputs: [], outputs: x }),
      'graph: expected inputs made by input(shape) or layer.apply: one node, a list of some, or ' +
        'nodes by name; received [].',
    ],
  ];
  for (const [what, f, message] of cases) {
    it(what, () => {
      expect(f).to.throw(OptionError).with.property('message', message);
    });
  }

  it('names the layer that a shape does not fit', () => {
    const begin = input([4, 4, 2]);
    const conv = conv2d({ filters: 2, kernelSize: 1 });
    const block = graph({ inputs: begin, outputs: conv.apply(begin) });
    const message =
      'model/block/0_conv2d: conv2d: expected samples [height, width, channels]; received [4]. ' +
      'A sample has 3 axes, not 1; the batch is not counted.';
    expect(() => scope().build('block', block, [4]))
      .to.throw(ShapeError)
      .with.property('message', message);
    expect(() => block.build([4], scope())).to.throw('model/0_conv2d: conv2d: expected samples');
  });

  it('says in which form inputs come', () => {
    const layer = graph({ inputs: { x, mask }, outputs: concatenate().apply([x, mask]) });
    expect(() => layer.outputShape([[3], [8]] as never))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'graph: expected inputs mask, x; received 0, 1. Their shapes: [8], [3].',
      );
    const call = layer.build({ x: [3], mask: [8] }, scope());
    expect(() => call(zeros([1, 3]) as never, context)).to.throw(
      'graph: expected inputs mask, x; received one tensor. Their shapes: [8], [3].',
    );
  });
});
