import { expect } from 'chai';
import fc from 'fast-check';
import { csvRows } from '../../../src/formats/csv/csvRows';

describe('csvRows', () => {
  const cells = fc.string({ unit: fc.constantFrom(...'",;\r\n ab1') });

  it('finds the cells that were written, quoted where they have to be', () => {
    const tables = fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
    const ends = fc.constantFrom('\n', '\r\n');
    const separators = fc.constantFrom(',', ';');
    fc.assert(
      fc.property(tables, ends, separators, fc.boolean(), (table, end, separator, closed) => {
        const write = (cell: string): string =>
          /^[ab1]+$/.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`;
        const lines = table.map((row) => row.map(write).join(separator));
        const rows = [...csvRows(lines.join(end) + (closed ? end : ''), separator)];
        expect(rows.map((row) => row.cells)).to.deep.equal(table);
      }),
    );
  });

  it('counts lines, those in cells too', () => {
    const rows = [...csvRows('a\n\n"b\r\n\n",c\r\nd', ',')];
    expect(rows.map(({ line }) => line)).to.deep.equal([1, 3, 6]);
  });

  it('takes a quotation mark within a cell as it is', () => {
    expect([...csvRows('2" pipe,"1"', ',')][0]!.cells).to.deep.equal(['2" pipe', '1']);
  });
});
