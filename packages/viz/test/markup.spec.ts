import { expect } from 'chai';
import fc from 'fast-check';
import { element, Markup } from '../src/index';
import { parseXml, textOf } from './parseXml';

describe('element', () => {
  it('writes attributes and content', () => {
    const item = element('td', { class: 'number', id: undefined, colspan: 2 }, 'a', 1);
    expect(item.text).to.equal('<td class="number" colspan="2">a1</td>');
    expect(String(item)).to.equal(item.text);
  });

  it('writes elements that are always empty without an end tag, others with one', () => {
    expect(element('img', { src: 'x' }).text).to.equal('<img src="x"/>');
    expect(element('td', {}).text).to.equal('<td></td>');
  });

  it('escapes text, and leaves elements alone', () => {
    const text = element('p', { title: '"&<\'>' }, '<b>&amp;', element('b', {}, '"'));
    expect(text.text).to.equal(
      '<p title="&quot;&amp;&lt;&#39;&gt;">&lt;b&gt;&amp;amp;<b>&quot;</b></p>',
    );
  });

  it('takes finished markup as it is', () => {
    expect(element('p', {}, new Markup('<i>a</i>')).text).to.equal('<p><i>a</i></p>');
  });

  it('keeps every text, but for characters that no document may hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseXml(element('p', { title: text }, `(${text})`).text);
        const allowed = text.replace(
          /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu,
          '\ufffd',
        );
        expect(textOf(read)).to.equal(`(${allowed})`);
        expect(read.attributes['title']).to.equal(allowed);
      }),
    );
  });

  it('replaces half of a surrogate pair', () => {
    expect(element('p', {}, 'a\ud800b').text).to.equal('<p>a\ufffdb</p>');
  });
});
