import { expect } from 'chai';
import { tensor, zeros } from 'gradus';
import { confusionTable } from '../../src/classification/confusionTable';

describe('confusionTable', () => {
  it('has a row for each class, right in green and wrong in red', () => {
    const confusion = tensor(Int32Array.from([3, 1, 0, 0]), [2, 2]);
    const [table] = confusionTable(confusion, ['a&b', 'c']);
    const cells = Array.from(String(table).matchAll(/<td[^>]*>[^<]*<\/td>/g), ([cell]) => cell);
    expect(cells).to.deep.equal([
      '<td class="number" style="background:rgba(46,160,67,0.49)">3</td>',
      '<td class="number" style="background:rgba(218,54,51,0.65)">1</td>',
      '<td class="number"></td>',
      '<td class="number"></td>',
    ]);
    expect(String(table)).to.contain('<th>a&amp;b</th>').and.contain('<th class="number">c</th>');
  });

  it('becomes a picture with many classes', () => {
    const names = Array.from({ length: 21 }, (_, i) => `${i}`);
    const [picture] = confusionTable(zeros([21, 21], 'int32'), names);
    expect(String(picture)).to.match(/<img src="data:image\/png/);
  });
});
