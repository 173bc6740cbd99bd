import { DTypeError, ShapeError, Tensor, tensor, zeros } from '@gradus/tensor';
import { views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { add, inScope, slice, transpose, Variable, withBackend } from '../src/index';
import { engines } from '../testing/index';

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

  it('adopts a tensor without copying it, unless it is part of something larger', () => {
    const w = new Variable('w', tensor([1, 2]));
    const whole = tensor([3, 4]);
    const stale = w.value;
    w.adopt(whole);
    expect(w.value.data).to.equal(whole.data);
    expect(() => stale.data)
      .to.throw(Error)
      .with.property('message', message);
    const part = slice(tensor([5, 6, 7]), { begin: [1], size: [2] });
    w.adopt(part);
    expect(w.value.toArray()).to.deep.equal([6, 7]);
    expect(w.value.data).not.to.equal(part.data);
    expect(() => w.adopt(tensor([1])))
      .to.throw(ShapeError)
      .with.property('message', 'w.adopt: expected the shape [2]; received [1].');
  });

  it('moves to an engine with memory of its own, and nothing else changes', () => {
    const engine = engines.find(({ scopes }) => scopes !== undefined)!;
    const w = new Variable('w', tensor([1, 2]));
    const { value } = w;
    w.moveTo(engine);
    expect(value.data.buffer.byteLength, 'without a scope').to.equal(8);
    withBackend(engine, () => inScope(() => w.moveTo(engine)));
    expect(w.value).to.equal(value);
    expect(value.toArray()).to.deep.equal([1, 2]);
    expect(value.data.buffer.byteLength).to.be.above(8);
    w.assign(tensor([3, 4]));
    expect(() => value.data)
      .to.throw(Error)
      .with.property('message', message);
  });

  it('ends what it has adopted with the next assignment', () => {
    let ended = 0;
    const data = Float32Array.of(3, 4);
    const storage = { dtype: 'float32' as const, data, end: () => void (ended += 1) };
    const w = new Variable('w', tensor([1, 2]));
    w.adopt(new Tensor(storage, { shape: [2], strides: [1], offset: 0 }));
    expect(ended).to.equal(0);
    w.assign(tensor([5, 6]));
    expect(ended).to.equal(1);
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

  it('can be described without values, and be assigned some later', () => {
    const w = Variable.withoutValues('w', { shape: [2], dtype: 'float64' });
    const { value } = w;
    expect([w.name, value.shape, value.dtype, w.trainable]).to.deep.equal([
      'w',
      [2],
      'float64',
      true,
    ]);
    const message =
      'w: this weight is only described and has no values. Build the model to get some, or assign them.';
    for (const read of [() => value.data, () => w.snapshot(), () => value.toArray()]) {
      expect(read).to.throw(Error).with.property('message', message);
    }
    w.assign(tensor([1, 2], undefined, 'float64'));
    expect(w.value.toArray()).to.deep.equal([1, 2]);
    const fixed = Variable.withoutValues('v', { shape: [], dtype: 'float32' }, false);
    expect([fixed.trainable, fixed.value.size]).to.deep.equal([false, 1]);
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
