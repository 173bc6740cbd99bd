import { expect } from 'chai';
import { checkLaws, convolutionLaws } from 'gradus/testing';
import { directConvolution } from '../src/directConvolution';
import { exhibits } from '../src/exhibits';
import { guide, labelOf, tableOf, visit } from '../src/guide';
import { lawExhibit } from '../src/exhibit';

/** The errors of computation that other libraries have had. */
const entries = [1, 2, 3, 4, 5, 6, 10, 13, 15, 16, 18];

describe('The museum of errors', function () {
  this.timeout(120_000);

  it('has every entry', () => {
    expect([...new Set(exhibits.map(({ entry }) => entry))]).to.deep.equal(entries);
  });

  for (const exhibit of exhibits) {
    const name = `${exhibit.entry}, "${exhibit.title}",`;

    it(`has exhibit ${name} caught by ${exhibit.caughtBy.join(', ')}`, () => {
      expect(exhibit.caughtBy).not.to.be.empty;
      const found = exhibit.examine('wrong', exhibit.caughtBy);
      const caught = found.filter(({ error }) => error !== undefined).map(({ law }) => law);
      expect(caught).to.have.members(exhibit.caughtBy);
    });

    it(`finds nothing in exhibit ${name} once it is mended`, () => {
      const found = exhibit.examine('mended', exhibit.caughtBy);
      expect(found.flatMap(({ error }) => error?.message ?? [])).to.deep.equal([]);
      expect(found.flatMap(({ excuse }) => excuse ?? [])).to.deep.equal([]);
      expect(found.map(({ law }) => law)).to.have.members(exhibit.caughtBy);
    });
  }

  it('has a convolution without any error to begin with', () => {
    checkLaws(convolutionLaws, directConvolution('direct'));
  });
});

describe('The guide of the museum', () => {
  const subject = { name: 'it' };
  const law = (name: string, error?: string) => ({
    name,
    statement: '1 = 1.',
    source: 'here',
    domain: 'everywhere',
    tolerance: { float64: 0, float32: 0 },
    excuse: () => undefined,
    check: () => {
      if (error !== undefined) throw new Error(error);
      return 1;
    },
  });
  const exhibit = lawExhibit({
    entry: 7,
    title: 'Nothing works',
    source: 'Somewhere',
    error: 'It does not work. It never did.',
    caughtBy: ['a/one', 'a/two'],
    laws: [law('a/one', 'One is wrong.'), law('a/two'), law('a/three', 'So is three.')],
    subject: () => subject,
  });

  it('tells what caught an exhibit, and what did not', () => {
    expect(tableOf([visit(exhibit)])).to.equal(
      [
        ' 7  Nothing works   a/one',
        '    Somewhere       NOT caught by a/two',
        '                    and 1 more',
      ].join('\n'),
    );
  });

  it('tells all about one', () => {
    expect(labelOf(visit(exhibit))).to.equal(
      [
        '7  Nothing works',
        'Somewhere',
        'It does not work. It never did.',
        'One is wrong.',
        'NOT caught by a/two.',
      ].join('\n\n'),
    );
  });

  it('shows all in a table, or some at length, and counts them', () => {
    const caught = { ...exhibit, entry: 8, caughtBy: ['a/one'] };
    expect(guide([caught], [])).to.deep.equal({
      text: `${tableOf([visit(caught)])}\n\n1 exhibit, all caught.`,
      exitCode: 0,
    });
    expect(guide([exhibit, caught], ['8'])).to.deep.equal({
      text: `${labelOf(visit(caught))}\n\n1 exhibit, all caught.`,
      exitCode: 0,
    });
    const { text, exitCode } = guide([exhibit, caught], []);
    expect(text).to.match(/\n\n2 exhibits, 1 not caught by a law that must catch it\.$/);
    expect(exitCode).to.equal(1);
  });

  it('knows which entries there are', () => {
    expect(guide([exhibit], ['7', '9'])).to.deep.equal({
      text: "museum: expected some of 7; received '9'.",
      exitCode: 2,
    });
  });
});
