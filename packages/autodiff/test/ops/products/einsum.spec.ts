import {
  DTypeError,
  eye,
  OptionError,
  range,
  ShapeError,
  zeros,
  type Tensor,
} from '@gradus/tensor';
import { expectClose, indicesOf, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { einsum, matMul, mul, reshape, sum, transpose } from '../../../src/index';

/** The numbers 0, 1, 2, ... */
const counted = (...shape: number[]) =>
  reshape(
    range(
      0,
      shape.reduce((product, n) => product * n, 1),
      { dtype: 'float64' },
    ),
    shape,
  );
const a = counted(2, 3);

/** Sums that come to 0 in another order may come to -0. */
const positiveZero = (x: number) => x + 0;

describe('einsum', () => {
  const examples: readonly [equation: string, tensors: Tensor[], expected: unknown][] = [
    [
      'ij->ji',
      [a],
      [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
    ],
    ['ij->', [a], 15],
    ['ij->j', [a], [3, 5, 7]],
    ['ii->i', [counted(3, 3)], [0, 4, 8]],
    ['ii', [counted(3, 3)], 12],
    [
      'ba',
      [a],
      [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
    ],
    [
      'i,j->ij',
      [counted(2), counted(3)],
      [
        [0, 0, 0],
        [0, 1, 2],
      ],
    ],
    ['ij,ij->i', [a, a], [5, 50]],
    ['ij,jk->ik', [a, counted(3, 1)], [[5], [14]]],
    [' i j , j -> i ', [a, counted(3)], [5, 14]],
    ['ij,j', [a, counted(3)], [5, 14]],
    ['i,i,i->', [counted(3), counted(3), counted(3)], 9],
    ['i->i', [zeros([0])], []],
    ['ij,jk->ik', [zeros([1, 0]), zeros([0, 2])], [[0, 0]]],
    [
      '...->...',
      [a],
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    ['...j->...', [a], [3, 12]],
    [
      '...,...',
      [a, counted(3)],
      [
        [0, 1, 4],
        [0, 4, 10],
      ],
    ],
    [',i->i', [counted(), counted(2)], [0, 0]],
  ];
  for (const [equation, tensors, expected] of examples) {
    const shapes = tensors.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
    it(`sums products as the equation says: '${equation}' of ${shapes}`, () => {
      expect(einsum(equation, ...tensors).toArray()).to.deep.equal(expected);
    });
  }

  it('is attention over each head of each sample', () => {
    const [queries, keys] = [counted(2, 3, 4, 5), counted(2, 3, 6, 5)];
    const expected = matMul(queries, transpose(keys, [0, 1, 3, 2]));
    expectClose(einsum('bhqd,bhkd->bhqk', queries, keys), expected, { relative: 1e-15 });
    const moved = transpose(queries, [0, 2, 1, 3]);
    expectClose(einsum('bqhd,bhkd->bhqk', moved, keys), expected, { relative: 1e-15 });
  });

  it('broadcasts what ... stands for, and takes numbers', () => {
    const [left, right] = [counted(4, 2, 3), counted(3, 2)];
    const expected = matMul(left, right);
    expect(einsum('...ij,...jk->...ik', left, right).toArray()).to.deep.equal(expected.toArray());
    const single = reshape(right, [1, 3, 2]);
    expect(einsum('...ij,...jk', left, single).toArray()).to.deep.equal(expected.toArray());
    const exchanged = einsum('...jk,...ij->...ik', single, left);
    expect(exchanged.toArray()).to.deep.equal(expected.toArray());
    expect(einsum(',ij->', 2, a).item()).to.equal(30);
  });

  it('contracts three matrices, and traces of products', () => {
    const b = counted(3, 4);
    expect(einsum('ij,jk,lk->il', a, b, eye(4, 'float64')).toArray()).to.deep.equal(
      matMul(a, b).toArray(),
    );
    const trace = sum(mul(a, a)).item();
    expect(einsum('ij,jk,ki->', a, transpose(a), eye(2, 'float64')).item()).to.equal(trace);
  });

  it('is, for any equation, the sum over all values of the letters that are not on the right', () => {
    const letters = fc.array(fc.constantFrom(...'abcd'), { maxLength: 3 });
    const sizes = fc.tuple(...[1, 2, 3, 4].map(() => fc.nat({ max: 3 })));
    const problems = fc
      .record({ operands: fc.array(letters, { minLength: 1, maxLength: 3 }), sizes })
      .chain(({ operands, sizes }) => {
        const known = [...new Set(operands.flat())];
        const sizeOfLetter = (letter: string) => sizes['abcd'.indexOf(letter)]!;
        return fc.record({
          operands: fc.constant(operands),
          sizeOfLetter: fc.constant(sizeOfLetter),
          output: fc.shuffledSubarray(known),
          tensors: fc.tuple(
            ...operands.map((labels) => views(labels.map(sizeOfLetter), { dtype: 'float64' })),
          ),
        });
      });
    fc.assert(
      fc.property(problems, ({ operands, output, tensors, sizeOfLetter }) => {
        const equation = `${operands.map((labels) => labels.join('')).join()}->${output.join('')}`;
        const summed = [...new Set(operands.flat())].filter((letter) => !output.includes(letter));
        const values = indicesOf(output.map(sizeOfLetter)).map((kept) =>
          indicesOf(summed.map(sizeOfLetter))
            .map((inner) => {
              const valueOf = (letter: string) =>
                output.includes(letter)
                  ? kept[output.indexOf(letter)]!
                  : inner[summed.indexOf(letter)]!;
              return operands
                .map((labels, i) => tensors[i]!.at(...labels.map(valueOf)))
                .reduce((product, factor) => product * factor);
            })
            .reduce((total, product) => total + product, 0),
        );
        // Multiples of 1/64, up to 4: so few products of so few are exact, and so are their sums.
        const found = einsum(equation, ...tensors).toTypedArray();
        expect([...found].map(positiveZero), equation).to.deep.equal(values.map(positiveZero));
      }),
      { numRuns: 200, includeErrorInReport: true },
    );
  });

  const unreadable: readonly [equation: unknown, tensors: Tensor[], message: string][] = [
    ['i1->i', [a], "an equation of letters, such as 'ij,jk->ik'; received 'i1->i'."],
    ['i->j->k', [a], "an equation of letters, such as 'ij,jk->ik'; received 'i->j->k'."],
    ['..ij', [a], "an equation of letters, such as 'ij,jk->ik'; received '..ij'."],
    [null, [a], "an equation of letters, such as 'ij,jk->ik'; received null."],
    ['ij->i,j', [a], "an equation of letters, such as 'ij,jk->ik'; received 'ij->i,j'."],
    ['ij,jk->ik', [a], "2 tensors for 'ij,jk->ik'; received 1."],
    ['ij', [], "1 tensor for 'ij'; received 0."],
  ];
  for (const [equation, tensors, message] of unreadable) {
    it(`refuses what it cannot read: ${message}`, () => {
      expect(() => einsum(equation as string, ...tensors))
        .to.throw(OptionError)
        .with.property('message', `einsum: expected ${message}`);
    });
  }

  for (const [equation, hint] of [
    ['ij->k', "'k' does not occur on the left."],
    ['ij->ii', "'i' occurs twice on the right."],
    ['i...->i', "'...' is missing on the right."],
  ] as const) {
    it(`refuses a result that cannot be: ${equation}`, () => {
      expect(() => einsum(equation, a))
        .to.throw(OptionError)
        .with.property(
          'message',
          'einsum: expected a result of different letters that occur on the left, ' +
            `and of the axes of any ...; received '${equation}'. ${hint}`,
        );
    });
  }

  const unfit: readonly [equation: string, tensors: Tensor[], message: string][] = [
    [
      'ij,jk->ik',
      [a, zeros([4, 2], 'float64')],
      "axes of one size for each letter of 'ij,jk->ik'; received [2, 3] and [4, 2]. " +
        "'j' is 3 before, and 4 in operand 1.",
    ],
    [
      'ii',
      [a],
      "axes of one size for each letter of 'ii'; received [2, 3]. 'i' is 2 before, and 3 in operand 0.",
    ],
    [
      '...,...',
      [a, zeros([2], 'float64')],
      "axes of one size for each letter of '...,...'; received [2, 3] and [2]. " +
        "An axis of '...' is 3 before, and 2 in operand 1.",
    ],
    ['ijk->', [a], "operand 0 of 'ijk->' with 3 axes; received [2, 3]."],
    ['...ijk', [a], "operand 0 of '...ijk' with at least 3 axes; received [2, 3]."],
    ['i', [a], "operand 0 of 'i' with 1 axis; received [2, 3]."],
  ];
  for (const [equation, tensors, message] of unfit) {
    it(`refuses shapes that do not fit: ${message}`, () => {
      expect(() => einsum(equation, ...tensors))
        .to.throw(ShapeError)
        .with.property('message', `einsum: expected ${message}`);
    });
  }

  it('refuses element types that differ, and whole numbers', () => {
    expect(() => einsum('ij,jk->ik', a, zeros([3, 2])))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'einsum: expected one dtype for all inputs; received x0 float64 and x1 float32. ' +
          "Convert one of them: cast(x1, 'float64').",
      );
    expect(() => einsum('i', zeros([2], 'int32'))).to.throw(DTypeError);
    // @ts-expect-error: text is no tensor.
    expect(() => einsum('i', 'x')).to.throw(DTypeError);
  });
});
