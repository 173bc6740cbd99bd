import { DTypeError, OptionError, scalar, ShapeError, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { grad, mul, pad, sum, type PadOptions } from '../../../src/index';

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const none = [0, 0] as const;

describe('pad', () => {
  it('puts zeros or another value before and after each axis', () => {
    const paddings = [
      [1, 0],
      [0, 2],
    ] as const;
    expect(pad(x, { paddings }).toArray()).to.deep.equal([
      [0, 0, 0, 0, 0],
      [1, 2, 3, 0, 0],
      [4, 5, 6, 0, 0],
    ]);
    expect(pad(tensor([1]), { paddings: [[1, 1]], value: -Infinity }).toArray()).to.deep.equal([
      -Infinity,
      1,
      -Infinity,
    ]);
    expect(pad(scalar(3), { paddings: [] }).item()).to.equal(3);
    expect(pad(zeros([0]), { paddings: [[1, 2]] }).toArray()).to.deep.equal([0, 0, 0]);
    const bytes = pad(tensor([7], undefined, 'uint8'), { paddings: [[0, 1]], value: 255 });
    expect([bytes.dtype, bytes.toArray()]).to.deep.equal(['uint8', [7, 255]]);
  });

  it('mirrors, with or without the border, again and again', () => {
    const row = tensor([1, 2, 3]);
    const mirrors: readonly [mode: 'reflect' | 'symmetric', number, number, number[]][] = [
      ['reflect', 2, 1, [3, 2, 1, 2, 3, 2]],
      ['symmetric', 2, 1, [2, 1, 1, 2, 3, 3]],
      ['reflect', 5, 0, [2, 1, 2, 3, 2, 1, 2, 3]],
      ['symmetric', 0, 7, [1, 2, 3, 3, 2, 1, 1, 2, 3, 3]],
    ];
    for (const [mode, before, after, expected] of mirrors) {
      const padded = pad(row, { paddings: [[before, after]], mode });
      expect(padded.toArray(), `${mode} ${before} ${after}`).to.deep.equal(expected);
    }
    expect(pad(tensor([7]), { paddings: [[1, 2]], mode: 'reflect' }).toArray()).to.deep.equal([
      7, 7, 7, 7,
    ]);
    expect(pad(x, { paddings: [[0, 1], none], mode: 'symmetric' }).toArray()).to.deep.equal([
      [1, 2, 3],
      [4, 5, 6],
      [4, 5, 6],
    ]);
  });

  it('has the gradient of what lies inside, and of its mirror images', () => {
    const weights = tensor([1, 2, 3, 4]);
    const slope = (options: PadOptions) =>
      grad((at: typeof x) => sum(mul(pad(at, options), weights)))(tensor([5, 6]))[0].toArray();
    expect(slope({ paddings: [[1, 1]] })).to.deep.equal([2, 3]);
    expect(slope({ paddings: [[1, 1]], mode: 'reflect' })).to.deep.equal([2 + 4, 1 + 3]);
  });

  const wrong: readonly (readonly [
    options: unknown,
    error: new (...args: never[]) => Error,
    string,
  ])[] = [
    [undefined, ShapeError, 'a pair [before, after] for each axis of [2, 3]; received undefined.'],
    [null, OptionError, 'options by name, such as { name: value }; received null.'],
    [
      { paddings: [[1, 1]] },
      ShapeError,
      'a pair [before, after] for each axis of [2, 3]; received [[1, 1]].',
    ],
    [
      { paddings: [[1], [1, 2]] },
      ShapeError,
      'a pair [before, after] for each axis of [2, 3]; received [[1], [1, 2]].',
    ],
    ...[-1, 0.5, NaN].map(
      (n) =>
        [
          { paddings: [none, [n, 0]] },
          OptionError,
          `whole numbers of at least 0; received [[0, 0], [${n}, 0]].`,
        ] as const,
    ),
    [
      { paddings: [none, [0, 1e12]] },
      OptionError,
      'a result of less than 2^31 elements; received options that make it [2, 1000000000003].',
    ],
    [
      { paddings: [none, none], mode: 'edge' },
      OptionError,
      "a mode 'constant' or 'reflect' or 'symmetric'; received 'edge'.",
    ],
    [
      { paddings: [none, none], mode: 'reflect', value: 1 },
      OptionError,
      "no value in mode 'reflect'; received 1.",
    ],
    [{ paddings: [none, none], value: '1' }, OptionError, "a number as value; received '1'."],
  ];
  for (const [options, error, message] of wrong) {
    it(`refuses ${JSON.stringify(options)}: ${message}`, () => {
      expect(() => pad(x, options as PadOptions))
        .to.throw(error)
        .with.property('message', `pad: expected ${message}`);
    });
  }

  it('refuses to mirror nothing, and a value that the element type cannot hold', () => {
    expect(() => pad(zeros([2, 0]), { paddings: [none, [1, 0]], mode: 'reflect' }))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'pad: expected an axis with elements to mirror; received [2, 0]. Axis 1 is empty.',
      );
    const paddings = [none, [0, 1e12]] as const;
    expect(() => pad(zeros([0, 1]), { paddings, mode: 'reflect' })).to.throw(
      OptionError,
      'pad: expected a result of less than 2^31 elements',
    );
    expect(() => pad(tensor(Uint8Array.of(1)), { paddings: [[0, 1]], value: 256 }))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'pad: expected a value that uint8 can hold, as x is uint8; received 256.',
      );
  });
});
