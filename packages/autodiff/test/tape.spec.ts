import { createRequire } from 'node:module';
import { scalar, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { add, exp, mul, neg, recording, sum, withoutRecording } from '../src/index';
import { unhandledRejections } from './unhandledRejections';

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

describe('A tape of one tensor as two leaves', () => {
  it('names it once', () => {
    const x = scalar(2);
    const { tape } = recording([x, x], () => mul(x, x));
    expect(String(tape)).to.equal('%0 = leaf: float32 []\n%1 = mul(%0, %0): float32 []');
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
    const outer = recording([x], () =>
      recording([x], () => {
        const hidden = withoutRecording(() => neg(x));
        return { hidden, shown: exp(x) };
      }),
    );
    for (const tape of [outer.tape, outer.value.tape]) {
      expect(tape.entries.map(({ op }) => op)).to.deep.equal(['exp']);
      expect(tape.tracks(outer.value.value.hidden)).to.be.false;
    }
  });

  it('begins anew within withoutRecording', () => {
    const { value } = recording([x], () => withoutRecording(() => recording([x], () => neg(x))));
    expect(value.tape.entries.map(({ op }) => op)).to.deep.equal(['neg']);
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

describe('An asynchronous function', () => {
  for (const [name, run] of Object.entries({
    recording: (f: () => unknown) => recording([], f),
    withoutRecording,
  })) {
    it(`is refused by ${name}, which cannot follow it, also when it fails`, async () => {
      const message =
        `${name}: expected a synchronous function; received one that returns a promise. ` +
        `Await outside, and call ${name} around each synchronous step.`;
      const unhandled = await unhandledRejections(() => {
        expect(() => run(() => Promise.reject(new Error('late'))))
          .to.throw(TypeError)
          .with.property('message', message);
      });
      expect(unhandled).to.deep.equal([]);
    });
  }
});

describe('A second copy of the package', () => {
  it('is refused at the first recording, since its operations would be missing', () => {
    recording([], () => undefined);
    const second = loadAgain();
    expect(second.recording).not.to.equal(recording);
    expect(() => second.recording([], () => undefined))
      .to.throw(Error)
      .with.property(
        'message',
        'Two copies of @gradus/autodiff are loaded, so gradients would be incomplete. ' +
          'Install one version only: `npm ls @gradus/autodiff` shows who brings the second.',
      );
    recording([], () => undefined);
  });

  interface Copy {
    readonly recording: typeof recording;
  }

  function loadAgain(): Copy {
    const load = createRequire(__filename);
    const path = load.resolve('../src/tape');
    const first = load.cache[path];
    delete load.cache[path];
    try {
      return load(path) as Copy;
    } finally {
      load.cache[path] = first;
    }
  }
});
