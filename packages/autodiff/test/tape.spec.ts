import { scalar, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { add, exp, mul, neg, recording, sum, withoutRecording } from '../src/index';

describe('A tape', () => {
  const x = tensor([1, 2, 3]);
  const w = tensor([4, 5, 6]);

  it('lists the operations that depend on its leaves, in the order in which they ran', () => {
    const { tape, value } = recording([w], () => {
      const constant = exp(x);
      return sum(mul(add(w, 1), constant));
    });
    expect(tape.entries.map(({ op }) => op)).to.deep.equal(['add', 'mul', 'sum']);
    expect(tape.entries.at(-1)!.output).to.equal(value);
  });

  it('tracks its leaves and what was computed from them, nothing else', () => {
    const { tape, value } = recording([w], () => ({ near: neg(w), far: neg(x) }));
    expect([w, value.near].every((t) => tape.tracks(t))).to.be.true;
    expect([x, value.far].some((t) => tape.tracks(t))).to.be.false;
  });

  it('lists nothing that ran before or after it', () => {
    neg(w);
    const { tape } = recording([w], () => w);
    neg(w);
    expect(tape.entries).to.deep.equal([]);
  });

  it('prints a computation, constants by their value or shape', () => {
    const { tape } = recording([w], () => sum(mul(add(w, 0.1), add(x, x))));
    expect(String(tape)).to.equal(
      [
        '%0 = leaf: float32 [3]',
        '%1 = add(%0, 0.1): float32 [3]',
        '%2 = mul(%1, constant [3]): float32 [3]',
        '%3 = sum(%2): float32 []',
      ].join('\n'),
    );
  });
});

describe('Recording', () => {
  const x = scalar(2);

  it('nests: what an inner tape lists is on the outer one too', () => {
    let inner: string[] = [];
    const { tape } = recording([x], () => {
      const y = neg(x);
      const { tape: within } = recording([y], () => exp(y));
      inner = within.entries.map(({ op }) => op);
      return add(y, 1);
    });
    expect(inner).to.deep.equal(['exp']);
    expect(tape.entries.map(({ op }) => op)).to.deep.equal(['neg', 'exp', 'add']);
  });

  it('pauses within withoutRecording, on all tapes, and goes on afterwards', () => {
    const { tape, value } = recording([x], () => {
      const hidden = withoutRecording(() => neg(x));
      return { hidden, shown: exp(x) };
    });
    expect(tape.entries.map(({ op }) => op)).to.deep.equal(['exp']);
    expect(tape.tracks(value.hidden)).to.be.false;
  });

  it('goes on after an exception within withoutRecording', () => {
    const { tape } = recording([x], () => {
      expect(() =>
        withoutRecording(() => {
          throw new Error('no');
        }),
      ).to.throw('no');
      return neg(x);
    });
    expect(tape.entries).to.have.length(1);
  });

  it('ends with an exception', () => {
    const { tape } = recording([x], () => {
      expect(() =>
        recording([x], () => {
          throw new Error('no');
        }),
      ).to.throw('no');
      return neg(x);
    });
    expect(tape.entries).to.have.length(1);
  });
});

describe('A second copy of the package', () => {
  const mark = Symbol.for('gradus.autodiff');
  const registry = globalThis as { [mark]?: object };

  it('is refused at the first recording, since its operations would be missing', () => {
    recording([], () => undefined);
    const first = registry[mark]!;
    expect(first).to.be.an('object');
    registry[mark] = {};
    try {
      expect(() => recording([], () => undefined))
        .to.throw(Error)
        .with.property(
          'message',
          'Two copies of @gradus/autodiff are loaded, so gradients would be incomplete. ' +
            'Install one version only: `npm ls @gradus/autodiff` shows who brings the second.',
        );
    } finally {
      registry[mark] = first;
    }
    recording([], () => undefined);
  });
});
