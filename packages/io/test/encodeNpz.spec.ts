import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, Tensor, tensor, zeros } from '@gradus/tensor';
import { decodeNpz, encodeNpz } from '../src/index';
import { expectSameTensors, viewRecords } from './viewRecords';

describe('encodeNpz', () => {
  it('writes an archive that decodeNpz reads to the same bits, whatever names and views', () => {
    fc.assert(
      fc.property(viewRecords(), fc.boolean(), (pairs, compressed) => {
        const views = Object.fromEntries(pairs.map(([name, { view }]) => [name, view]));
        expectSameTensors(decodeNpz(encodeNpz(views, { compressed })), pairs);
      }),
    );
  });

  it('gives equal bytes for equal tensors, in whatever order and layout', () => {
    fc.assert(
      fc.property(viewRecords(), (pairs) => {
        const views = Object.fromEntries(pairs.map(([name, { view }]) => [name, view]));
        const others = Object.fromEntries(
          pairs.toReversed().map(([name, { contiguous }]) => [name, contiguous]),
        );
        expect(encodeNpz(others)).to.deep.equal(encodeNpz(views));
      }),
      { numRuns: 30 },
    );
  });

  it('writes the first time that there is, in any part of the world', () => {
    const bytes = encodeNpz({ x: tensor([1]) });
    // The time, 0, and the date: year 0 from 1980, month 1, day 1.
    expect([...bytes.subarray(10, 14)]).to.deep.equal([0, 0, 0b00100001, 0]);
  });

  it('makes an archive smaller where it is told to', () => {
    const x = zeros([1000]);
    expect(encodeNpz({ x }).length).to.be.above(4000);
    expect(encodeNpz({ x }, { compressed: true }).length).to.be.below(400);
  });

  it('writes an archive of nothing', () => {
    expect(encodeNpz({})).to.have.length(22);
    expect(decodeNpz(encodeNpz({}))).to.deep.equal({});
  });

  const long = 'x'.repeat(70_000);
  const huge = new Tensor(zeros([1]).storage, { shape: [2 ** 30], strides: [0], offset: 0 });
  const invalid: readonly [string, unknown, string][] = [
    ['null', null, 'an object of tensors by name; received null.'],
    ['an array', [zeros([1])], 'an object of tensors by name; received an array.'],
    ['a number', { x: 3 }, 'a tensor x; received a value of type number.'],
    ['null for a tensor', { x: null }, 'a tensor x; received null.'],
    ['what has no shape', { x: {} }, 'a tensor x; received a value of type object.'],
    [
      'a name that is too long',
      { [long]: zeros([1]) },
      'names of at most 65535 bytes; received one of 70004, "xxxxxxxxxxxxxxxxxxxx"....',
    ],
    [
      'more than an archive can hold',
      { huge },
      'tensors of less than 4 GiB; received 4294968336 bytes.',
    ],
  ];
  for (const [title, value, rest] of invalid) {
    it(`refuses ${title}`, () => {
      expect(() => encodeNpz(value as never))
        .to.throw(OptionError)
        .with.property('message', `encodeNpz: expected ${rest}`);
    });
  }
});
