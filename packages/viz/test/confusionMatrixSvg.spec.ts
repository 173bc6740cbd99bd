import { expect } from 'chai';
import { ArgumentError, tensor, zeros } from '@gradus/tensor';
import { confusionMatrixSvg, type ConfusionMatrixSvgOptions } from '../src/index';
import { elementsOf, parseXml, textOf } from './parseXml';

/** Two of three cats are seen as such; both dogs are; there was no fish. */
const animals = tensor(Int32Array.of(2, 1, 0, 0, 2, 0, 0, 0, 0), [3, 3]);
const classNames = ['cat', 'dog', 'fish'];

const read = (matrix = animals, options: ConfusionMatrixSvgOptions = {}) =>
  parseXml(confusionMatrixSvg(matrix, options));
const texts = (svg: ReturnType<typeof read>) => elementsOf(svg, 'text').map(textOf);
/** Of each cell that is not empty, its place in cells, and its colour. */
const cells = (svg: ReturnType<typeof read>, cell: number) =>
  elementsOf(svg, 'rect')
    .slice(2)
    .map(({ attributes: { x, y, fill } }) => [Number(y) / cell, Number(x) / cell, fill!] as const);
const fullBlue = '#0072b2';
const fullRed = '#d55e00';

describe('The picture of a confusion matrix', () => {
  it('has the true class from top to bottom, the predicted one from left to right', () => {
    const places = cells(read(), 40).map(([row, column]) => [row, column]);
    expect(places).to.deep.equal([
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it('tells counts, names, shares and the whole', () => {
    const shown = texts(read(animals, { classNames, title: 'Animals' }));
    expect(shown[0]).to.equal('Animals');
    expect(shown.slice(1, 4)).to.deep.equal(['2', '1', '2']);
    for (const name of classNames) {
      expect(shown.filter((text) => text === name)).to.have.length(2);
    }
    expect(shown.slice(-4)).to.deep.equal(['66.7 %', '100.0 %', '–', '4 of 5 right: 80.0 %']);
  });

  it('names classes by their numbers if nothing else is said', () => {
    expect(texts(read()).slice(3, 9)).to.deep.equal(['0', '0', '1', '1', '2', '2']);
  });

  it('shows what is right in blue and what is wrong in red, by its share of the row', () => {
    const [found, missed, all] = cells(read(), 40).map(([, , fill]) => fill);
    expect(all).to.equal(fullBlue);
    // 0.1 + 0.9 * 2 / 3 = 0.7 of the way from white: 255 - 0.7 * 255 = 76.5 of red.
    expect(found).to.equal('#4d9cc9');
    expect(missed).to.equal(fullRed);
  });

  it('shows rare confusions pale, though there be none that is more frequent', () => {
    const rare = tensor(Int32Array.of(99, 1, 0, 100), [2, 2]);
    const [, missed] = cells(read(rare), 40).map(([, , fill]) => fill);
    // 1 % is half of what counts as rare: 0.1 + 0.9 / 2 = 0.55 of the way.
    expect(missed).to.equal('#e8a673');
  });

  it('slants names that are wider than their columns', () => {
    const slanted = (names: string[]) =>
      confusionMatrixSvg(animals, { classNames: names }).includes('rotate(-45)');
    expect(slanted(classNames)).to.equal(false);
    expect(slanted(['cat', 'dog', 'goldfish'])).to.equal(true);
  });

  it('cuts very long names', () => {
    const long = 'n'.repeat(40);
    const shown = texts(read(animals, { classNames: [long, 'dog', 'fish'] }));
    expect(shown)
      .to.include(`${'n'.repeat(19)}…`)
      .and.not.to.include(long);
  });

  it('leaves out numbers and some names where there are many classes, and stays small', () => {
    const many = tensor(new Int32Array(100 * 100).fill(1), [100, 100]);
    const svg = read(many);
    const shown = texts(svg);
    expect(shown.slice(0, 4)).to.deep.equal(['0', '0', '3', '3']);
    expect(shown).not.to.include('1.0 %');
    expect(shown.at(-1)).to.equal('100 of 10000 right: 1.0 %');
    expect(Number(svg.attributes['width'])).to.be.below(580);
    expect(elementsOf(svg, 'rect')).to.have.length(100 * 100 + 2);
  });

  it('takes as many classes as there are', () => {
    // More cells than a call can have arguments.
    const svg = confusionMatrixSvg(zeros([400, 400], 'int32'));
    expect(svg).to.include('0 of 0 right');
  });

  it('has room for all that is written, even of one class without samples', () => {
    const svg = read(zeros([1, 1], 'int32'), { title: 'A title that is longer than all the rest' });
    expect(texts(svg).at(-1)).to.equal('0 of 0 right: –');
    expect(Number(svg.attributes['width'])).to.be.above(300);
  });

  it('escapes names and titles', () => {
    const svg = read(animals, { classNames: ['<b>', '&', '"'], title: '<script>' });
    expect(texts(svg)).to.include.members(['<script>', '<b>', '&', '"']);
  });

  const wrong: readonly [string, () => unknown, string][] = [
    [
      'a matrix that is not square',
      () => confusionMatrixSvg(zeros([2, 3])),
      'a square matrix [classes, classes]; received [2, 3].',
    ],
    [
      'a vector',
      () => confusionMatrixSvg(zeros([4])),
      'a matrix [height, width] of at least one number; received [4].',
    ],
    [
      'shares instead of counts',
      () => confusionMatrixSvg(tensor([[0.5]])),
      'counts, whole numbers of at least 0; received 0.5 in row 0, column 0.',
    ],
    [
      'a count below zero',
      () =>
        confusionMatrixSvg(
          tensor([
            [1, 2],
            [-1, 0],
          ]),
        ),
      'counts, whole numbers of at least 0; received -1 in row 1, column 0.',
    ],
    [
      'too few names',
      () => confusionMatrixSvg(animals, { classNames: ['cat'] }),
      'classNames: a list of 3, one for each class; received 1.',
    ],
    [
      'names that are none',
      () =>
        Reflect.apply(confusionMatrixSvg, undefined, [
          animals,
          { classNames: [1, 2, 3] },
        ]) as unknown,
      'classNames: texts; received number at 0.',
    ],
    [
      'a name instead of names',
      () =>
        Reflect.apply(confusionMatrixSvg, undefined, [animals, { classNames: 'cat' }]) as unknown,
      'classNames: a list of 3, one for each class; received string.',
    ],
  ];
  for (const [title, call, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(call)
        .to.throw(ArgumentError)
        .with.property('message', `confusionMatrixSvg: expected ${message}`);
    });
  }
});
