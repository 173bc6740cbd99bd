import { expect } from 'chai';
import fc from 'fast-check';
import { lineChart, type LineChartOptions, type Series } from '../src/index';
import { elementsOf, parseXml, textOf } from './parseXml';

const read = (options: LineChartOptions) => parseXml(lineChart(options));
const chartOf = (...points: Series['points'][]) =>
  read({ series: points.map((line, i) => ({ name: `line ${i}`, points: line })) });
const texts = (svg: ReturnType<typeof read>) => elementsOf(svg, 'text').map(textOf);

/** The places of the points of every line, those in a gap left out. */
const pathsOf = (svg: ReturnType<typeof read>) =>
  elementsOf(svg, 'path').map(({ attributes }) =>
    attributes['d']!.split('M')
      .slice(1)
      .map((part) => part.split('L').map((place) => place.split(' ').map(Number))),
  );

/** The same without the gaps. */
const placesOf = (svg: ReturnType<typeof read>) => pathsOf(svg).flat(2);

describe('lineChart', () => {
  it('draws every point of every line', () => {
    const [one, two] = pathsOf(chartOf([1, 2, 3, 5], [0.5, 4]));
    expect(one!.map((part) => part.length)).to.deep.equal([4]);
    expect(two!.map((part) => part.length)).to.deep.equal([2]);
  });

  it('places points in proportion to their values', () => {
    const line = placesOf(
      chartOf([
        [10, 0],
        [11, 1],
        [14, 4],
      ]),
    );
    const [a, b, c] = line as [number[], number[], number[]];
    expect((c[0]! - a[0]!) / (b[0]! - a[0]!)).to.be.closeTo(4, 0.01);
    expect((c[1]! - a[1]!) / (b[1]! - a[1]!)).to.be.closeTo(4, 0.01);
    expect(c[0]).to.be.above(a[0]!);
    expect(c[1]).to.be.below(a[1]!);
  });

  it('places equal factors at equal distances on a logarithmic axis', () => {
    const line = placesOf(
      read({ logY: true, series: [{ name: 'a', points: [1, 0.1, 0.01, 0.001] }] }),
    );
    const heights = line.map(([, y]) => y!);
    for (const i of [2, 3]) {
      expect(heights[i]! - heights[i - 1]!).to.be.closeTo(heights[1]! - heights[0]!, 0.02);
    }
  });

  const gaps: [string, Series['points'], boolean, number[], number][] = [
    ['not-a-number', [1, 2, NaN, 3, 4, 5], false, [2, 3], 0],
    ['infinities', [1, 2, Infinity, 3, 4, -Infinity], false, [2, 2], 0],
    [
      'a place that is not finite',
      [
        [0, 1],
        [1, 2],
        [NaN, 2],
        [3, 4],
        [4, 5],
      ],
      false,
      [2, 2],
      0,
    ],
    ['values without a logarithm', [1, 2, 0, 3, 4, -1, 5, 6], true, [2, 2, 2], 0],
    ['gaps on both sides of a point, which is a dot', [1, NaN, 2, NaN, 3, 4], false, [2], 2],
  ];
  for (const [title, points, logY, lengths, dots] of gaps) {
    it(`leaves a gap for ${title}`, () => {
      const svg = read({ logY, series: [{ name: 'a', points }] });
      expect(
        pathsOf(svg)
          .flat()
          .map((part) => part.length),
      ).to.deep.equal(lengths);
      expect(elementsOf(svg, 'circle')).to.have.length(dots);
    });
  }

  it('draws one point as a dot, a constant as a level line, and no point as nothing', () => {
    expect(elementsOf(chartOf([5]), 'circle')).to.have.length(1);
    const level = placesOf(chartOf([7, 7, 7]));
    expect(new Set(level.map(([, y]) => y)).size).to.equal(1);
    for (const nothing of [[], [NaN, NaN]]) {
      expect(elementsOf(chartOf(nothing), 'circle')).to.deep.equal([]);
      expect(pathsOf(chartOf(nothing))).to.deep.equal([]);
    }
  });

  it('marks whole numbers only where all places are whole', () => {
    const places = (points: Series['points']) => texts(chartOf(points)).slice(-4);
    expect(places([5, 5, 5]).slice(-3)).to.deep.equal(['0', '1', '2']);
    expect(
      texts(
        chartOf([
          [0, 0],
          [0.5, 1],
        ]),
      ).at(-1),
    ).to.equal('0.5');
  });

  it('writes the title, the labels and the names, and escapes them', () => {
    const svg = read({
      title: 'a < b & "c"',
      xLabel: 'epoch <1>',
      yLabel: "it's",
      series: [{ name: '</svg>', points: [1, 2] }],
    });
    expect(texts(svg)).to.include.members(['a < b & "c"', 'epoch <1>', "it's", '</svg>']);
    expect(textOf(elementsOf(svg, 'title')[0]!)).to.equal('a < b & "c"');
  });

  it('tells lines apart by colour, by dashes if asked, and by dots beyond the last colour', () => {
    const series = Array.from({ length: 10 }, (_, i) => ({
      name: `${i}`,
      points: [i, i + 1],
      dashed: i === 1,
    }));
    const looks = elementsOf(read({ series }), 'path').map(
      ({ attributes }) => `${attributes['stroke']} ${attributes['stroke-dasharray'] ?? ''}`,
    );
    expect(new Set(looks).size).to.equal(10);
    expect(looks[1]).to.match(/7 5$/);
  });

  it('keeps the legend, the axes and the lines apart and inside the picture', () => {
    const names = fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 12 });
    const value = fc.integer({ min: -640, max: 640 }).map((n) => n / 64);
    const points = fc.array(value, { maxLength: 5 });
    const sizes = {
      width: fc.integer({ min: 300, max: 900 }),
      height: fc.integer({ min: 150, max: 600 }),
    };
    fc.assert(
      fc.property(names, points, fc.record(sizes), (all, line, size) => {
        const svg = read({ ...size, series: all.map((name) => ({ name, points: line })) });
        const [, , width, height] = svg.attributes['viewBox']!.split(' ').map(Number);
        expect(width).to.equal(size.width);
        expect(height).to.be.at.least(size.height - 0.01);
        const legend = elementsOf(svg, 'line').slice(0, all.length);
        const lowest = Math.max(...legend.map(({ attributes }) => Number(attributes['y1'])));
        for (const [x, y] of placesOf(svg) as [number, number][]) {
          expect(x).to.be.within(0, width!);
          expect(y).to.be.within(lowest + 10, height!);
        }
      }),
    );
  });

  it('is well-formed whatever the values and texts', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, 0, -0, 5e-324, 1.7e308));
    const points = fc.array(fc.oneof(number, fc.tuple(number, number)), { maxLength: 8 });
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const series = fc.array(fc.record({ name: text, points }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(series, fc.boolean(), text, (all, logY, title) => {
        const svg = read({ series: all, logY, title });
        for (const name of ['path', 'line', 'circle', 'rect']) {
          for (const { attributes } of elementsOf(svg, name)) {
            expect(Object.values(attributes).join()).to.not.match(/NaN|Infinity|undefined/);
          }
        }
      }),
    );
  });
});
