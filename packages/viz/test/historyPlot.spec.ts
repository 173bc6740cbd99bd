import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import { historyPlot, type HistoryPlotOptions, type PlottedHistory } from '../src/index';
import { elementsOf, parseXml, textOf } from './parseXml';

const plotted: PlottedHistory = {
  epoch: [4, 5, 6],
  history: {
    loss: [1, 0.5, 0.25],
    accuracy: [0.25, 0.5, 0.75],
    val_loss: [2, 1, 0.75],
    val_accuracy: [0.1, 0.2, 0.3],
  },
};
const read = (options?: HistoryPlotOptions, history = plotted) =>
  parseXml(historyPlot(history, options));
const texts = (svg: ReturnType<typeof read>) => elementsOf(svg, 'text').map(textOf);
const lines = (svg: ReturnType<typeof read>) =>
  elementsOf(svg, 'path').map(({ attributes }) => attributes);

describe('historyPlot', () => {
  it('has a chart for each number, with its validation dashed', () => {
    const svg = read();
    expect(texts(svg)).to.include.members(['loss', 'accuracy', 'training', 'validation']);
    expect(texts(svg)).not.to.include('val_loss');
    expect(lines(svg).map((line) => line['stroke-dasharray'] !== undefined)).to.deep.equal([
      false,
      true,
      false,
      true,
    ]);
    for (const { d } of lines(svg)) expect(d!.match(/[ML]/g)).to.have.length(3);
  });

  it('says that it wants all that fit returns', () => {
    for (const wrong of [plotted.history, undefined, null, {}]) {
      expect(() => Reflect.apply(historyPlot, undefined, [wrong]) as unknown).to.throw(
        OptionError,
        'historyPlot: expected what fit returns, with its epoch and history; received something ' +
          'else. Give it all: historyPlot(await model.fit(x, y)).',
      );
    }
  });

  it('counts epochs from 1, under the last chart only', () => {
    const svg = read();
    expect(texts(svg)).to.include.members(['5', '6', '7']);
    expect(texts(svg)).not.to.include('4');
    expect(texts(svg).filter((text) => text === 'epoch')).to.have.length(1);
  });

  it('shows the numbers it is told to, in that order', () => {
    const svg = read({ metrics: ['accuracy', 'val_loss'] });
    const labels = texts(svg).filter((text) => /loss|accuracy/.test(text));
    expect(labels).to.deep.equal(['accuracy', 'val_loss']);
    expect(lines(svg)).to.have.length(3);
  });

  it('puts charts below one another, the title above all', () => {
    const svg = read({ title: 'Run 1', height: 200, width: 500 });
    const places = elementsOf(svg, 'g').flatMap(({ attributes }) => {
      const place = /^translate\(0 (\S+)\)$/.exec(attributes['transform'] ?? '');
      return place === null ? [] : [Number(place[1])];
    });
    expect(places).to.deep.equal([0, 228]);
    expect(svg.attributes['height']).to.equal('428');
    expect(svg.attributes['width']).to.equal('500');
    expect(texts(svg)[0]).to.equal('Run 1');
    expect(elementsOf(svg, 'title').map(textOf)).to.deep.equal(['Run 1']);
    expect(elementsOf(read(), 'title').map(textOf)).to.deep.equal(['Training history']);
  });

  it('makes equal factors of the loss equal distances, if it is told to', () => {
    const [loss] = lines(read({ logLoss: true, metrics: ['loss'] }));
    const [a, b, c] = loss!
      ['d']!.match(/[\d.]+ [\d.]+/g)!
      .map((place) => Number(place.split(' ')[1]));
    expect(b! - a!).to.be.closeTo(c! - b!, 0.02);
  });

  it('has a gap where a number is not finite', () => {
    const history = { epoch: [0, 1, 2], history: { loss: [1, NaN, 2] } };
    expect(elementsOf(read({}, history), 'circle')).to.have.length(2);
  });

  const wrong: readonly [PlottedHistory, HistoryPlotOptions, string][] = [
    [
      plotted,
      { metrics: ['mse'] },
      "metrics among loss, accuracy, val_loss, val_accuracy; received 'mse'.",
    ],
    [
      plotted,
      { metrics: [] },
      'metrics among loss, accuracy, val_loss, val_accuracy; received none.',
    ],
    [{ epoch: [], history: {} }, {}, 'a history of at least one epoch; received none.'],
    [plotted, { width: 100 }, 'width: at least 200 pixels; received 100.'],
    [plotted, { height: NaN }, 'height: at least 150 pixels; received NaN.'],
  ];
  for (const [history, options, text] of wrong) {
    it(`says what is wrong: ${text}`, () => {
      expect(() => historyPlot(history, options))
        .to.throw(OptionError)
        .with.property('message', `historyPlot: expected ${text}`);
    });
  }
});
