import { expect } from 'chai';
import { data, input, layers, sequential, tensor, viz, zeros } from 'gradus';
import { firstFilters } from '../../src/classification/firstFilters';

describe('firstFilters', () => {
  const modelOf = (channels: number, filters: number) =>
    sequential([input([5, 5, channels]), layers.conv2d({ filters, kernelSize: [2, 3] })]);

  it('shows each filter, in colour where it sees colours', () => {
    const grey = firstFilters(modelOf(1, 3))!.map(String).join('');
    expect(grey).to.match(/^All 3 filters of 2x3, in one scale up to \S+\. Red is positive/);
    expect(grey.match(/<img /g)).to.have.length(3);
    expect(String(firstFilters(modelOf(3, 2))![0])).to.match(/They see colours/);
    expect(String(firstFilters(modelOf(4, 2))![0])).to.match(/the mean over their 4 channels/);
  });

  it('shows the coefficients where they are, all in one scale', () => {
    const shownOf = (channels: number, values: readonly number[]): number[][][] => {
      const model = sequential([
        input([1, 2, channels]),
        layers.conv2d({ filters: 2, kernelSize: [1, 2] }),
      ]);
      model.setWeights([tensor(Float32Array.from(values), [1, 2, channels, 2]), zeros([2])]);
      const page = firstFilters(model)!.map(String).join('');
      return Array.from(page.matchAll(/base64,([^"]+)/g), ([, png]) => {
        const image = data.decodeImage(Uint8Array.from(Buffer.from(png!, 'base64')));
        return (image.toArray() as number[][][])[0]!;
      });
    };
    const [low, middle, high] = [0, 0.5, 1].map((place) => [...viz.diverging(place)]);
    // The last axis is that of the filters.
    expect(shownOf(1, [2, 0, -2, 2])).to.deep.equal([[high, low], [middle, high]]); // prettier-ignore
    const red = [1, 0, 0, 0, 0, 0];
    const blue = [0, 0, 0, 0, 0, -1];
    expect(shownOf(3, [...red, ...blue])).to.deep.equal([
      [[255, 128, 128], [128, 128, 128]],
      [[128, 128, 128], [128, 128, 0]],
    ]); // prettier-ignore
    // The mean over two channels of either sign.
    expect(shownOf(2, [4, 0, -4, 0, 4, 4, 4, 4])).to.deep.equal([[middle, high], [middle, high]]); // prettier-ignore
  });

  it('shows the first 64 of many, and nothing of a model without convolution', () => {
    const many = firstFilters(modelOf(1, 65))!.map(String).join('');
    expect(many).to.match(/^The first 64 of 65 filters/);
    expect(many.match(/<img /g)).to.have.length(64);
    expect(firstFilters(sequential([input([3]), layers.dense({ units: 2 })]))).to.equal(undefined);
  });
});
