import { DTypeError, ShapeError, tensor, zeros } from '@gradus/tensor';
import { views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { add, slice, transpose, Variable } from '../src/index';

const message =
  'w: this value is from before an update of the variable. ' +
  'Read .value again after each update, or keep a copy with snapshot().';

describe('A variable', () => {
  it('holds a copy of its first value', () => {
    const first = tensor([1, 2]);
    const w = new Variable('w', first);
    expect(w.value.toArray()).to.deep.equal([1, 2]);
    expect(w.value.data).not.to.equal(first.data);
    expect(w.trainable).to.be.true;
    expect(new Variable('v', first, false).trainable).to.be.false;
  });

  it('has one and the same value between two assignments', () => {
    const w = new Variable('w', tensor([1, 2]));
    const before = w.value;
    expect(w.value).to.equal(before);
    w.assign(tensor([3, 4]));
    expect(w.value).not.to.equal(before);
    expect(w.value.toArray()).to.deep.equal([3, 4]);
  });

  it('copies what is assigned, whatever its layout', () => {
    fc.assert(
      fc.property(views([2, 3]), (next) => {
        const w = new Variable('w', tensor([0, 0, 0, 0, 0, 0], [2, 3]));
        w.assign(next);
        expect(w.value.toArray()).to.deep.equal(next.toArray());
        expect(w.value.data).not.to.equal(next.data);
      }),
    );
  });

  it('can be assigned a transposed view of itself', () => {
    const w = new Variable('w', tensor([1, 2, 3, 4], [2, 2]));
    w.assign(transpose(w.value));
    expect(w.value.toArray()).to.deep.equal([
      [1, 3],
      [2, 4],
    ]);
  });

  it('can be assigned its own value reversed', () => {
    const w = new Variable('w', tensor([1, 2, 3]));
    w.assign(slice(w.value, { begin: [-1], size: [3], step: [-1] }));
    expect(w.value.toArray()).to.deep.equal([3, 2, 1]);
  });

  it('does not let a value from before an assignment be read', () => {
    const w = new Variable('w', tensor([1, 2]));
    const stale = w.value;
    const view = slice(stale, { begin: [0], size: [1] });
    w.assign(tensor([3, 4]));
    const uses = [() => stale.toArray(), () => stale.data, () => add(stale, 1), () => view.item()];
    for (const use of uses) expect(use).to.throw(Error).with.property('message', message);
  });

  it('keeps its element type, and is read only', () => {
    const w = new Variable('w', tensor([1, 2], undefined, 'float64'));
    expect([w.value.dtype, w.snapshot().dtype]).to.deep.equal(['float64', 'float64']);
    // @ts-expect-error: a value is assigned with assign.
    expect(() => (w.value = tensor([3, 4]))).to.throw(TypeError);
  });

  it('can be empty, a scalar, or not-a-number', () => {
    const none = new Variable('none', zeros([0, 3]));
    none.assign(zeros([0, 3]));
    expect(none.value.shape).to.deep.equal([0, 3]);
    const one = new Variable('one', tensor(1));
    one.assign(tensor(NaN));
    expect(one.value.item()).to.be.NaN;
  });

  it('gives snapshots, which stay as they are', () => {
    const w = new Variable('w', tensor([1, 2]));
    const snapshot = w.snapshot();
    w.assign(tensor([3, 4]));
    expect(snapshot.toArray()).to.deep.equal([1, 2]);
  });

  it('keeps its value, and the tensor that holds it, when an assignment fails', () => {
    const w = new Variable('w', tensor([1, 2]));
    const { value } = w;
    expect(() => w.assign(tensor([1, 2, 3])))
      .to.throw(ShapeError)
      .with.property('message', 'w.assign: expected the shape [2]; received [3].');
    expect(() => w.assign(tensor([1, 2], undefined, 'float64')))
      .to.throw(DTypeError)
      .with.property(
        'message',
        "w.assign: expected float32; received float64. Convert it: cast(x, 'float32').",
      );
    expect(w.value).to.equal(value);
    expect(value.toArray()).to.deep.equal([1, 2]);
  });

  it('does not hold integers', () => {
    expect(() => new Variable('w', tensor([1], undefined, 'uint8')))
      .to.throw(DTypeError)
      .with.property(
        'message',
        "w: expected float32 or float64; received uint8. Convert it: cast(x, 'float32').",
      );
  });
});
