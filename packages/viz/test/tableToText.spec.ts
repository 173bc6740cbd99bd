import { expect } from 'chai';
import { tableToText } from '../src/index';

describe('tableToText', () => {
  it('aligns columns, numbers on the right, below a line', () => {
    const rows = [
      ['kernel', 'largest error', 'cosine'],
      ['trained', '3.1e-3', 0.9998],
      ['least squares', '1.2e-7', 1],
    ];
    expect(tableToText(rows).split('\n')).to.deep.equal([
      'kernel         largest error  cosine',
      '─────────────  ─────────────  ──────',
      'trained               3.1e-3  0.9998',
      'least squares         1.2e-7       1',
    ]);
  });

  it('aligns a column of texts on the left, also when one of them is a number', () => {
    expect(tableToText([['a'], [1], ['one']])).to.equal('a\n───\n1\none');
  });

  it('takes not-a-number and infinities for numbers', () => {
    expect(tableToText([['loss'], [NaN], [-Infinity]])).to.equal(
      '     loss\n─────────\n      NaN\n-Infinity',
    );
  });

  it('lets cells of a column of numbers be empty or a dash', () => {
    expect(tableToText([['loss'], ['0.25'], ['-'], ['']])).to.equal('loss\n────\n0.25\n   -\n');
    expect(tableToText([['loss'], ['-']])).to.equal('loss\n────\n-');
  });

  it('writes headings without rows', () => {
    expect(tableToText([['a', 'bc']])).to.equal('a  bc\n─  ──');
  });
});
