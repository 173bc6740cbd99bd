import { cast, matMul, mul, reshape, square, sum, transpose } from '@gradus/autodiff';
import { Random, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { lambda, rootScope, sequence } from '../src/index';
import { checkLayer } from '../testing';

const context = { training: false, random: new Random(0) };
const scope = () => rootScope('model', { random: new Random(0) });
const nothing = { weights: {}, parameters: { trainable: 0, nonTrainable: 0 } };

describe('lambda', () => {
  it('finds its shape by trying the function on zeros', () => {
    const flat = lambda((x) => reshape(x, [x.shape[0]!, -1]));
    expect(flat.outputShape([3, 4, 2])).to.deep.equal([24]);
    expect(lambda((x) => sum(x, { axis: [1, 2] })).outputShape([3, 4])).to.deep.equal([]);
  });

  it('takes the shape it is given, without trying', () => {
    const never = (): Tensor => {
      throw new Error('tried');
    };
    expect(lambda(never, { outputShape: [7] }).outputShape([3])).to.deep.equal([7]);
    const doubled = lambda(never, { outputShape: ([n]) => [2 * n!] });
    expect(doubled.outputShape([3])).to.deep.equal([6]);
  });

  it('is called with the batch and the context of the call', () => {
    const seen: unknown[] = [];
    const layer = lambda((x, given) => {
      seen.push(x, given);
      return x;
    });
    const x = zeros([2, 3]);
    layer.build([3], scope())(x, context);
    expect(seen).to.deep.equal([x, context]);
  });

  it('tries its function outside training and outside every gradient', () => {
    const modes: boolean[] = [];
    lambda((x, { training }) => {
      modes.push(training);
      return x;
    }).outputShape([3]);
    expect(modes).to.deep.equal([false]);
  });

  it('keeps the contract of layers', () => {
    const squared = (x: Tensor): Tensor => square(x);
    const project = (x: Tensor): Tensor => matMul(x, cast(weights, x.dtype));
    const total = (x: Tensor): Tensor => sum(x, { axis: 1 });
    const reading = { functions: { squared, project, total } };
    checkLayer(lambda(squared), {
      ...nothing,
      reading,
      input: [3, 2],
      outputShape: (shape) => shape,
    });
    const weights = tensor([1, 2, 3, 4, 5, 6], [3, 2]);
    checkLayer(lambda(project, { name: 'project', outputShape: [2] }), {
      ...nothing,
      reading,
      input: [3],
      outputShape: () => [2],
    });
    checkLayer(lambda(total), { ...nothing, reading, input: [4], outputShape: () => [] });
  });

  it('is called lambda unless it has a name', () => {
    const f = (x: Tensor): Tensor => x;
    expect(lambda(f)).to.include({ kind: 'lambda', name: undefined });
    expect(lambda(f, { name: 'mine' })).to.include({ kind: 'lambda', name: 'mine' });
  });

  it('names its path when the function does not keep the batch', () => {
    const model = sequence([lambda((x) => sum(x), { name: 'total' })]);
    expect(() => model.build([3], scope()))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model/0_total: total: expected a function that keeps the batch as its first axis; ' +
          'received [] from [1, 3].',
      );
  });

  it('finds out at the call what a batch of one hides', () => {
    const call = lambda((x) => reshape(x, [1, -1])).build([3], scope());
    expect(call(zeros([1, 3]), context).shape).to.deep.equal([1, 3]);
    expect(() => call(zeros([2, 3]), context)).to.throw(
      'lambda: expected a function that keeps the batch as its first axis; ' +
        'received [1, 6] from [2, 3].',
    );
    const turned = lambda((x) => transpose(x)).build([1], scope());
    expect(() => turned(zeros([4, 1]), context)).to.throw('received [1, 4] from [4, 1].');
  });

  it('does not let a function return another shape than it was said to', () => {
    const call = lambda((x) => mul(x, 2), { outputShape: [4] }).build([3], scope());
    expect(() => call(zeros([2, 3]), context))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'lambda: expected a result [2, 4], as outputShape says; received [2, 3].',
      );
  });

  it('refuses what is no function', () => {
    expect(() => lambda(null as never)).to.throw('lambda: expected a function; received null.');
  });
});
