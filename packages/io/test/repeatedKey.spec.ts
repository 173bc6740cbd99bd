import { expect } from 'chai';
import fc from 'fast-check';
import { repeatedKey } from '../src/repeatedKey';

describe('repeatedKey', () => {
  it('finds nothing in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(repeatedKey(JSON.stringify(value, undefined, indent))).to.equal(undefined);
      }),
    );
  });

  it('finds a name that was written twice, at any depth, and where', () => {
    const depth = fc.nat({ max: 3 });
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), depth, (key, value, levels) => {
        const name = JSON.stringify(key);
        const inner = `{"${key.length}x" : 1, ${name}\n: ${JSON.stringify(value)}, ${name}:[]}`;
        const text = `${'[{"a":'.repeat(levels)}${inner}${'}]'.repeat(levels)}`;
        expect(repeatedKey(text)).to.deep.equal({ key, at: text.lastIndexOf(`, ${name}`) + 2 });
      }),
    );
  });

  it('takes neither values for names nor names of other objects', () => {
    expect(repeatedKey('{"a":"a","b":["a","a"],"c":{"a":1}}')).to.equal(undefined);
  });
});
