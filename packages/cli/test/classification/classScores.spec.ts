import { expect } from 'chai';
import { tensor } from 'gradus';
import { classScores, scoreRows } from '../../src/classification/classScores';

describe('classScores', () => {
  // Two of three cats were found, one was taken for a dog; no dog; a bird that nobody saw.
  const confusion = tensor(Int32Array.from([2, 1, 0, 0, 0, 0, 1, 0, 0]), [3, 3]);
  const scores = classScores({ confusion }, ['cat', 'dog', 'bird']);

  it('finds precision, recall and their harmonic mean', () => {
    expect(scores[0]).to.deep.equal({
      ...{ name: 'cat', images: 3, precision: 2 / 3, recall: 2 / 3 },
      f1: 4 / 6,
    });
    expect(scores[1]).to.deep.equal({ name: 'dog', images: 0, precision: 0, recall: NaN, f1: 0 });
    expect(scores[2]).to.deep.equal({ name: 'bird', images: 1, precision: NaN, recall: 0, f1: 0 });
  });

  it('shows a dash for what there was nothing to measure of', () => {
    expect(scoreRows(scores)).to.deep.equal([
      ['class', 'images', 'precision', 'recall', 'F1'],
      ['cat', 3, '0.6667', '0.6667', '0.6667'],
      ['dog', 0, '0.0000', '-', '0.0000'],
      ['bird', 1, '-', '0.0000', '0.0000'],
    ]);
  });
});
