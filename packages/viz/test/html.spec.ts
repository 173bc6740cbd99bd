import { expect } from 'chai';
import fc from 'fast-check';
import { tensor } from '@gradus/tensor';
import {
  dataUri,
  element,
  encodePng,
  figure,
  htmlPage,
  htmlTable,
  numbersTable,
  paragraph,
  sideBySide,
  type HtmlPageOptions,
} from '../src/index';
import { elementsOf, parseXml, textOf } from './parseXml';

const read = (page: HtmlPageOptions) => parseXml(htmlPage(page));
const kernel = tensor([
  [-1.00342, 0.5],
  [0, NaN],
]);
const picture = tensor(new Uint8Array([1, 2, 3]), [1, 1, 3]);

describe('htmlPage', () => {
  it('has a title, an introduction and sections in their order', () => {
    const page = read({
      title: 'Learning sobel-x',
      introduction: 'From photographs.',
      sections: [
        { heading: 'One', content: ['first', element('p', {}, 'second')] },
        { heading: 'Two', content: [] },
      ],
    });
    expect(elementsOf(page, 'title').map(textOf)).to.deep.equal(['Learning sobel-x']);
    expect(elementsOf(page, 'h1').map(textOf)).to.deep.equal(['Learning sobel-x']);
    expect(elementsOf(page, 'h2').map(textOf)).to.deep.equal(['One', 'Two']);
    expect(elementsOf(page, 'p').map(textOf)).to.deep.equal([
      'From photographs.',
      'first',
      'second',
    ]);
    expect(page.attributes['lang']).to.equal('en-GB');
  });

  it('loads nothing from elsewhere, and forbids the browser to', () => {
    const html = htmlPage({
      title: 'a',
      sections: [
        {
          heading: 'b',
          content: [figure({ src: dataUri(encodePng(picture), 'image/png'), alt: 'c' })],
        },
      ],
    });
    expect(html).to.include('default-src &#39;none&#39;; img-src data:');
    expect(html).to.not.match(/https?:|<script|<link|@import|url\(/);
    for (const { attributes } of elementsOf(parseXml(html), 'img')) {
      expect(attributes['src']).to.match(/^data:/);
    }
  });

  it('lets pictures side by side shrink before they wrap, but never grow', () => {
    const html = htmlPage({ title: 'a', sections: [] });
    expect(html).to.include('.side-by-side > figure { flex: 1 1 15rem; max-width: max-content; }');
  });

  it('follows the choice of light or dark', () => {
    const html = htmlPage({ title: 'a', sections: [] });
    expect(html).to.include('prefers-color-scheme: dark').and.include('color-scheme: light dark');
  });

  it('escapes all text and stays well-formed', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('</title>', '<script>alert(1)</script>', '"><img src=x onerror=y>', '&amp;'),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const page = read({
          title: a,
          introduction: b,
          language: a,
          sections: [
            {
              heading: b,
              content: [
                paragraph(a, element('b', { title: b }, a)),
                figure({ src: 'data:,', alt: a, caption: b }),
                htmlTable([[a], [b]], { caption: a }),
                sideBySide(numbersTable(kernel, { caption: b }), paragraph(b)),
              ],
            },
          ],
        });
        expect(elementsOf(page, 'script')).to.deep.equal([]);
        expect(elementsOf(page, 'img')).to.have.length(1);
        expect(elementsOf(page, 'title').map(textOf)).to.deep.equal([a]);
      }),
    );
  });
});

describe('htmlTable', () => {
  it('has headings, and aligns columns of numbers on the right', () => {
    const table = parseXml(
      htmlTable(
        [
          ['kernel', 'cosine'],
          ['trained', 0.9998],
        ],
        { caption: 'Result' },
      ).text,
    );
    expect(elementsOf(table, 'caption').map(textOf)).to.deep.equal(['Result']);
    expect(elementsOf(table, 'th').map(textOf)).to.deep.equal(['kernel', 'cosine']);
    expect(elementsOf(table, 'td').map(textOf)).to.deep.equal(['trained', '0.9998']);
    expect(elementsOf(table, 'td').map(({ attributes }) => attributes['class'])).to.deep.equal([
      undefined,
      'number',
    ]);
  });
});

describe('numbersTable', () => {
  it('shows every coefficient to four decimals on its colour', () => {
    const cells = elementsOf(parseXml(numbersTable(kernel, { range: [-1, 1] }).text), 'td');
    expect(cells.map(textOf)).to.deep.equal(['-1.0034', '0.5000', '0.0000', 'NaN']);
    expect(cells.map(({ attributes }) => attributes['style'])).to.deep.equal([
      'background:#3b4cc0;color:#ffffff',
      'background:#f49a7b;color:#000000',
      'background:#dddddd;color:#000000',
      'background:#ff00ff;color:#000000',
    ]);
  });

  it('has a row for each row of the kernel', () => {
    const rows = elementsOf(parseXml(numbersTable(tensor([[1, 2, 3]])).text), 'tr');
    expect(rows.map((row) => elementsOf(row, 'td').map(textOf))).to.deep.equal([['1', '2', '3']]);
  });
});

describe('dataUri', () => {
  it('holds the bytes in base 64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const expected = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
        expect(dataUri(bytes, 'image/png')).to.equal(expected);
      }),
    );
  });

  it('holds large files', () => {
    const bytes = Uint8Array.from({ length: 300_001 }, (_, i) => i % 251);
    const [, text] = dataUri(bytes, 'image/gif').split(',');
    expect(Buffer.from(text!, 'base64').equals(Buffer.from(bytes))).to.be.true;
  });

  it('holds text as UTF-8', () => {
    expect(dataUri('größer', 'text/plain')).to.equal('data:text/plain;base64,Z3LDtsOfZXI=');
  });
});
