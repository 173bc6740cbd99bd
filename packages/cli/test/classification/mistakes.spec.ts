import { expect } from 'chai';
import { fill, zeros } from 'gradus';
import type { Assessment } from '../../src/classification/assess';
import { mistakePictures, worstMistakes } from '../../src/classification/mistakes';

const assessment: Assessment = {
  loss: 4,
  accuracy: 0.25,
  labels: Int32Array.of(0, 1, 1, 0),
  predicted: Int32Array.of(1, 1, 0, 1),
  losses: Float64Array.of(2, 9, 3, 2),
  probability: Float64Array.of(0.8, 0.9, 0.95, 0.8),
  confusion: zeros([2, 2], 'int32'),
};

describe('mistakes', () => {
  it('come worst first, the earlier of equal ones first, and only so many', () => {
    expect(worstMistakes(assessment)).to.deep.equal([2, 0, 3]);
    expect(worstMistakes(assessment, 1)).to.deep.equal([2]);
  });

  it('are shown with what they are, what they were taken for, and how surely', () => {
    const x = fill([4, 2, 3, 1], (i) => i / 24);
    const page = mistakePictures(x, assessment, ['cat', '<dog>']).map(String).join('');
    expect(page.match(/<img /g)).to.have.length(3);
    expect(page)
      .to.contain('&lt;dog&gt; → cat, 95.0\u00a0%')
      .and.contain('cat → &lt;dog&gt;, 80.0\u00a0%');
    expect(page).to.match(/width:111px;image-rendering:pixelated/);
  });

  it('may be none', () => {
    const right = { ...assessment, predicted: assessment.labels };
    expect(
      mistakePictures(
        fill([4, 2, 2, 3], () => 0),
        right,
        ['a', 'b'],
      ),
    ).to.deep.equal(['There are none: every image was taken for what it is.']);
  });
});
