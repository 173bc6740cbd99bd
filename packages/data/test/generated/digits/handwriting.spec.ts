import { expect } from 'chai';
import { Random } from '@gradus/tensor';
import { digitForms } from '../../../src/generated/digits/digitForms';
import { writeByHand } from '../../../src/generated/digits/handwriting';

describe('writeByHand', () => {
  it('writes the forms as they are without variation, as often as their weights say', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 1500; i++) {
      const lines = JSON.stringify(writeByHand(1, 0, new Random(i)));
      counts.set(lines, (counts.get(lines) ?? 0) + 1);
    }
    // Weights 5, 2 and 1.
    const shares = [...counts.values()].sort((a, b) => b - a).map((count) => count / 1500);
    expect(shares).to.have.length(3);
    [5 / 8, 2 / 8, 1 / 8].forEach((share, i) => expect(shares[i]).to.be.closeTo(share, 0.03));
    const upright = [...counts.keys()].map((text) => JSON.parse(text) as number[][][]);
    const plain = upright.find((lines) => lines.length === 1 && lines[0]!.length === 9)!;
    expect(plain[0]![0]).to.deep.equal([3, 0]);
    expect(plain[0]![4]).to.deep.equal([3, 5]);
    expect(plain[0]![8]).to.deep.equal([3, 10]);
  });

  it('joins the curves of a stroke at their corners', () => {
    // A seven: three points, then a corner and two more.
    const forms = new Set<string>();
    for (let i = 0; i < 40; i++) forms.add(JSON.stringify(writeByHand(7, 0, new Random(i))));
    const sevens = [...forms].map((text) => JSON.parse(text) as number[][][]);
    const plain = sevens.find((lines) => lines.length === 1 && lines[0]![0]![0] === 0.3)!;
    const points = digitForms[7]![0]!.strokes[0]!.flat();
    expect(plain[0]).to.have.length(4 * 4 + 1);
    expect(plain[0]!.filter((_, i) => i % 4 === 0)).to.deep.equal(points);
  });

  it('varies with the random stream, leaning to the right on the whole', () => {
    let lean = 0;
    for (let i = 0; i < 400; i++) {
      const [line] = writeByHand(1, 1, new Random(i));
      const [[top, high], [bottom, low]] = [line!.at(-9)!, line!.at(-1)!];
      expect(low - high).to.be.above(4);
      lean += (top - bottom) / (low - high) / 400;
    }
    expect(lean).to.be.within(0.06, 0.2);
  });
});
