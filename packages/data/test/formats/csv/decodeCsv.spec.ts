import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '@gradus/io';
import { OptionError } from '@gradus/tensor';
import { decodeCsv, type CsvOptions, type LabelledCsvOptions } from '../../../src/index';

type Options = CsvOptions & Partial<LabelledCsvOptions>;

const flowers = 'length,width,kind\n5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,setosa\n';

describe('decodeCsv', () => {
  it('reads numbers, and the classes in one column', () => {
    const table = decodeCsv(flowers, { labels: 'kind' });
    expect(table.columnNames).to.deep.equal(['length', 'width']);
    expect(table.values.dtype).to.equal('float32');
    expect(table.values.shape).to.deep.equal([3, 2]);
    const floats = [5.1, 3.5, 7, 3.2, 6.3, 3.3].map(Math.fround);
    expect(Array.from(table.values.toTypedArray())).to.deep.equal(floats);
    expect(table.classNames).to.deep.equal(['setosa', 'versicolor']);
    expect(table.labels.dtype).to.equal('int32');
    expect(table.labels.toArray()).to.deep.equal([0, 1, 0]);
  });

  it('reads rows of pixels behind a label, as digits are often passed on', () => {
    const table = decodeCsv('5,0,255\n0,7,8', { header: false, labels: 0 });
    expect(table.values.toArray()).to.deep.equal([
      [0, 255],
      [7, 8],
    ]);
    expect(table.classNames).to.deep.equal(['0', '5']);
    expect(table.labels.toArray()).to.deep.equal([1, 0]);
    expect(table.columnNames).to.deep.equal(['1', '2']);
  });

  it('numbers classes by value if all are numbers, otherwise by the codes of their letters', () => {
    const namesOf = (cells: string): readonly string[] =>
      decodeCsv(cells.replaceAll(' ', ',1\n'), { header: false, labels: 0 }).classNames;
    expect(namesOf('10 9 1.0 1 ')).to.deep.equal(['1', '9', '10']);
    expect(namesOf('10 9 x ')).to.deep.equal(['10', '9', 'x']);
    expect(namesOf('b B a ')).to.deep.equal(['B', 'a', 'b']);
  });

  it('numbers the classes of a second file as those of the first', () => {
    const { classNames } = decodeCsv(flowers, { labels: 'kind' });
    const second = decodeCsv('length,kind\n1,versicolor', { labels: 'kind', classNames });
    expect(second.labels.toArray()).to.deep.equal([1]);
    const numbers = decodeCsv('x,y\n1,07', { labels: 'y', classNames: ['7', '8'] });
    expect(numbers.labels.toArray()).to.deep.equal([0]);
    const texts = decodeCsv('x,y\n1,07', { labels: 'y', classNames: ['06', '07'] });
    expect(texts.labels.toArray()).to.deep.equal([1]);
  });

  it('reads chosen columns, in the order in which they are named', () => {
    const table = decodeCsv(flowers, { columns: ['width', 0] });
    expect(table.columnNames).to.deep.equal(['width', 'length']);
    expect(table.values.at(1, 1)).to.equal(7);
    expect(table).not.to.have.property('labels');
  });

  it('puts a number in place of an empty cell or NaN, if one is given', () => {
    const table = decodeCsv('a,b\n,nan\n NaN ,2', { missing: -1 });
    expect(table.values.toArray()).to.deep.equal([
      [-1, -1],
      [-1, 2],
    ]);
    const { values } = decodeCsv('a,b\n,3', { missing: NaN });
    expect(values.toArray()).to.deep.equal([[NaN, 3]]);
  });

  it('reads numbers as people and programs write them', () => {
    const cells = ['1', ' -2.5 ', '+3', '.5', '4.', '1e-3', '1E+2', '-0'];
    const { values } = decodeCsv(cells.join('\n'), { header: false });
    const numbers = [1, -2.5, 3, 0.5, 4, Math.fround(1e-3), 100, -0];
    expect(Array.from(values.toTypedArray())).to.deep.equal(numbers);
  });

  it('reads many rows', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},${2 * i}`);
    const { values } = decodeCsv(rows.join('\n'), { header: false });
    expect(values.shape).to.deep.equal([3000, 2]);
    expect(Array.from(values.toTypedArray())).to.deep.equal(
      Array.from({ length: 6000 }, (_, i) => (i % 2 === 0 ? i / 2 : i - 1)),
    );
  });

  it('reads quoted cells, CR LF, a byte order mark, blank lines and another separator', () => {
    const text = '\ufeff"a;b";"c ""d"""\r\n\r\n"1";2\r\n"3\n";4\r\n  \r\n';
    const table = decodeCsv(text, { separator: ';' });
    expect(table.columnNames).to.deep.equal(['a;b', 'c "d"']);
    expect(table.values.toArray()).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
  });

  it('takes numbers for names where it is told so', () => {
    const { columnNames, values } = decodeCsv('0,1\n5,6', { header: true });
    expect(columnNames).to.deep.equal(['0', '1']);
    expect(values.toArray()).to.deep.equal([[5, 6]]);
  });

  const wrong: readonly [title: string, text: string, options: Options, message: string][] = [
    ['no text', '', {}, 'expected at least one row of numbers; received a text without any.'],
    [
      'a header alone',
      'a,b\n',
      {},
      'expected at least one row of numbers; received a text without any.',
    ],
    [
      'a first row of numbers, which would be lost as a header',
      'a,5.1\n',
      {},
      'expected the names of the columns in line 1; received "5.1". Give header: false if the first row is data, or header: true if numbers are names.',
    ],
    [
      'words among the numbers',
      flowers,
      {},
      'expected a number in line 2, column "kind"; received "setosa". Name the column as labels if it holds classes, or leave it out of columns.',
    ],
    [
      'an empty cell',
      'a,b\n\n1,\n',
      {},
      'expected a number in line 3, column "b"; received an empty cell. Give as missing what is to stand for it.',
    ],
    [
      'NaN',
      'a\nnan',
      {},
      'expected a number in line 2, column "a"; received "nan". Give as missing what is to stand for it.',
    ],
    [
      'a number beyond float32',
      'a\n1e39',
      {},
      'expected a number in line 2, column "a"; received "1e39". The largest number of float32 is 3.4e38.',
    ],
    [
      'another separator',
      'a;b\n1;2',
      {},
      'expected a number in line 2, column "a;b"; received "1;2". Perhaps separator: ";" is meant.',
    ],
    [
      'a very long cell',
      `a\n${'x'.repeat(99)}`,
      {},
      `expected a number in line 2, column "a"; received "${'x'.repeat(40)}...". Name the column as labels if it holds classes, or leave it out of columns.`,
    ],
    [
      'a row that is too long',
      'a,b\n1,2\n1,2,3',
      {},
      'expected 2 cells in line 3, as in line 1; received 3.',
    ],
    [
      'a row that is too short',
      '1,2\n1',
      { header: false },
      'expected 2 cells in line 2, as in line 1; received 1.',
    ],
    [
      'a row after a cell of several lines that is too short',
      'a,b\n"1\n",2\n1',
      {},
      'expected 2 cells in line 4, as in line 1; received 1.',
    ],
    [
      'a quotation mark that is not closed',
      'a,b\n1,"2\n3,4',
      {},
      'expected a closing quotation mark for the one in line 2; received the end of the text.',
    ],
    [
      'something after a closing quotation mark',
      'a,b\n1,"2"3',
      {},
      'expected a separator or the end of the line after a quotation mark in line 2; received "3". A quotation mark within quotation marks is written twice.',
    ],
    [
      'a column that does not exist',
      'a,b\n1,2',
      { labels: 'c' },
      'expected one column "c"; received "a", "b".',
    ],
    [
      'a column number that does not exist',
      '1,2\n1,2',
      { header: false, columns: [2] },
      'expected a column 2; received "0", "1".',
    ],
    [
      'a name that two columns have',
      'a,a\n1,2',
      { labels: 'a' },
      'expected one column "a"; received "a", "a". Name it by its number, from 0 on.',
    ],
    [
      'one column of many that does not exist',
      Array.from({ length: 22 }, () => 'p').join(),
      { labels: 22 },
      `expected a column 22; received ${Array.from({ length: 20 }, () => '"p"').join(', ')} and 2 more.`,
    ],
    [
      'labels without numbers',
      'a\n1',
      { labels: 'a' },
      'expected a column besides that of the labels; received only "a".',
    ],
    [
      'an empty label',
      'a,b\n1,x\n2, ',
      { labels: 'b' },
      'expected a class in line 3, column "b"; received an empty cell.',
    ],
    [
      'a label that is none of the classes',
      'a,b\n1,x\n2,y',
      { labels: 'b', classNames: ['x', 'z'] },
      'expected one of the classNames in line 3, column "b"; received "y".',
    ],
  ];
  for (const [title, text, options, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => decodeCsv(text, options))
        .to.throw(FormatError)
        .with.property('message', `decodeCsv: ${message}`);
    });
  }

  it('refuses what is no text', () => {
    const decode = (text: unknown) => () => decodeCsv(text as string);
    expect(decode(Uint8Array.of(1))).to.throw(
      FormatError,
      'decodeCsv: expected the text of a CSV file, a string; received a Uint8Array. Give new TextDecoder().decode(bytes).',
    );
    expect(decode(null)).to.throw(
      FormatError,
      'decodeCsv: expected the text of a CSV file, a string; received a value of type object.',
    );
  });

  const refusedOptions: readonly [options: unknown, message: string][] = [
    [null, 'options by name, such as { name: value }; received null.'],
    [{ header: 'yes' }, "header to be true or false; received 'yes'."],
    [
      { separator: '' },
      "a separator of one character, no quotation mark or line end; received ''.",
    ],
    [
      { separator: '\n' },
      "a separator of one character, no quotation mark or line end; received '\n'.",
    ],
    [
      { separator: '"' },
      `a separator of one character, no quotation mark or line end; received '"'.`,
    ],
    [{ columns: 'a' }, "columns in an array, by name or from 0 on; received 'a'."],
    [{ columns: [] }, 'columns in an array, by name or from 0 on; received [].'],
    [{ columns: [1.5] }, 'columns in an array, by name or from 0 on; received [1.5].'],
    [{ missing: '' }, "a missing that is a number; received ''."],
    [{ labels: {} }, 'labels to be a column, by name or from 0 on; received an object.'],
    [{ labels: 0, classNames: [1] }, 'classNames in an array of texts; received [1].'],
  ];
  for (const [options, message] of refusedOptions) {
    it(`refuses the options ${JSON.stringify(options)}`, () => {
      expect(() => decodeCsv('a,b\n1,2', options as Options))
        .to.throw(OptionError)
        .with.property('message', `decodeCsv: expected ${message}`);
    });
  }

  it('never fails otherwise than with a FormatError', () => {
    const text = fc.string({ unit: fc.constantFrom(...'",\r\n1.ea ') });
    const options = fc.constantFrom<Options>({}, { header: false }, { labels: 0 }, { missing: 0 });
    fc.assert(
      fc.property(text, options, (table, chosen) => {
        try {
          decodeCsv(table, chosen);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
