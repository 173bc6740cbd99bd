import { ArgumentError } from '@gradus/tensor';
import { expect } from 'chai';
import { histogramChart, type HistogramChartOptions } from '../src/index';
import { elementsOf, parseXml, textOf } from './parseXml';

const read = (options: HistogramChartOptions) => parseXml(histogramChart(options));
const texts = (svg: ReturnType<typeof read>) => elementsOf(svg, 'text').map(textOf);

/** The corners of each outline. */
const corners = (svg: ReturnType<typeof read>) =>
  elementsOf(svg, 'path').map(({ attributes }) =>
    attributes['d']!.slice(1)
      .split('L')
      .map((place) => place.split(' ').map(Number) as [number, number]),
  );

const one = { label: 'epoch 1', counts: [1, 3], edges: [0, 1, 2] };

describe('histogramChart', () => {
  it('draws a step for each bin, as high as it holds, over its base line', () => {
    const [outline] = corners(read({ histograms: [one] }));
    const [start, a, b, c, d, end] = outline!;
    expect([a![1], c![1]]).to.deep.equal([b![1], d![1]]);
    expect([b![0], start![1]]).to.deep.equal([c![0], end![1]]);
    expect((start![1] - c![1]) / (start![1] - a![1])).to.be.closeTo(3, 0.01);
    expect(b![0] - a![0]).to.be.closeTo(d![0] - c![0], 0.02);
  });

  it('gives equal areas to all histograms, whatever they hold and however wide they are', () => {
    const wide = { label: 'epoch 2', counts: [30, 10], edges: [-1, 1, 3] };
    const areas = corners(read({ histograms: [one, wide] })).map((outline) => {
      const base = outline[0]![1];
      return outline.slice(1, -1).reduce((sum, [x, y], i, steps) => {
        return i % 2 === 0 ? sum + (steps[i + 1]![0] - x) * (base - y) : sum;
      }, 0);
    });
    expect(areas[0]! / areas[1]!).to.be.closeTo(1, 0.01);
  });

  it('has the first at the top, and their names at their left', () => {
    const svg = read({
      histograms: [one, { ...one, label: 'epoch 2' }],
      title: 'kernel',
      xLabel: 'weight',
    });
    const [first, second] = corners(svg);
    expect(first![0]![1]).to.be.below(second![0]![1]);
    expect(texts(svg)).to.include.members(['kernel', 'weight', 'epoch 1', 'epoch 2']);
  });

  it('stays in the picture', () => {
    const svg = read({ histograms: [{ ...one, edges: [-1e300, 0, 1e300] }, one], height: 150 });
    for (const [x, y] of corners(svg).flat()) {
      expect(x).to.be.within(0, 640);
      expect(y).to.be.within(0, 150);
    }
  });

  it('leaves names out that would overlap', () => {
    const histograms = Array.from({ length: 60 }, (_, i) => ({ ...one, label: `epoch ${i}` }));
    const named = texts(read({ histograms })).filter((text) => text.startsWith('epoch'));
    expect(named.slice(0, 3)).to.deep.equal(['epoch 0', 'epoch 3', 'epoch 6']);
  });

  it('draws a flat line where nothing was counted', () => {
    const [outline] = corners(read({ histograms: [{ ...one, counts: [0, 0] }] }));
    expect(new Set(outline!.map(([, y]) => y)).size).to.equal(1);
  });

  const wrong: readonly [HistogramChartOptions, string][] = [
    [{ histograms: [] }, 'at least one histogram; received none.'],
    [
      { histograms: [{ ...one, edges: [0, 1] }] },
      "one edge more than counts in 'epoch 1'; received 2 edges and 2 counts.",
    ],
    [
      { histograms: [{ ...one, edges: [0, 0, 1] }] },
      "finite edges that rise, and counts of at least 0, in 'epoch 1'; " +
        'received edges [0, 0, 1] and counts [1, 3].',
    ],
    [
      { histograms: [{ ...one, counts: [1, -1] }] },
      "finite edges that rise, and counts of at least 0, in 'epoch 1'; " +
        'received edges [0, 1, 2] and counts [1, -1].',
    ],
    [{ histograms: [one], width: 10 }, 'width: at least 200 pixels; received 10.'],
  ];
  const hint = "Name it: histogramChart({ histograms: [{ label: 'kernel', counts, edges }] }).";
  for (const [options, received] of [
    [undefined, 'undefined'],
    [{}, 'undefined'],
    [[one], 'a list'],
    [{ histograms: 3 }, 'number'],
  ] as const) {
    it(`wants its histograms by name: ${JSON.stringify(options)}`, () => {
      expect(() => Reflect.apply(histogramChart, undefined, [options]) as unknown)
        .to.throw(ArgumentError)
        .with.property(
          'message',
          `histogramChart: expected options with histograms, a list; received ${received}. ${hint}`,
        );
    });
  }
  for (const [options, text] of wrong) {
    it(`says what is wrong: ${text}`, () => {
      expect(() => histogramChart(options))
        .to.throw(ArgumentError)
        .with.property('message', `histogramChart: expected ${text}`);
    });
  }
});
