import { expect } from 'chai';
import { FormatError } from '../src/index';
import { parseNpyHeader } from '../src/npyHeader';

const start = 10;

describe('the header of an NPY file', () => {
  const read: readonly [string, string, readonly number[]][] = [
    [
      'as NumPy writes it',
      `{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }  \n`,
      [2, 3],
    ],
    ['in any order', `{'shape': (2, 3), 'fortran_order': True, 'descr': '<f4'}`, [2, 3]],
    ['in double quotes', `{"descr": "<f4", "fortran_order": True, "shape": (2,)}`, [2]],
    ['without spaces', `{'descr':'<f4','fortran_order':True,'shape':(2,3)}`, [2, 3]],
    [
      'with more spaces',
      ` {`.trim() + ` 'descr' : '<f4' , 'fortran_order' : True , 'shape' : ( 2 , ) } `,
      [2],
    ],
    [
      'with long numbers of Python 2',
      `{'descr': '<f4', 'fortran_order': True, 'shape': (2L, 3L)}`,
      [2, 3],
    ],
    ['of a scalar', `{'descr': '<f4', 'fortran_order': True, 'shape': ()}`, []],
  ];
  for (const [title, text, shape] of read) {
    it(`is read ${title}`, () => {
      expect(parseNpyHeader(text, start)).to.deep.equal({
        descr: '<f4',
        fortranOrder: true,
        shape,
      });
    });
  }

  const refused: readonly [string, string, number][] = [
    ['empty', '', 0],
    ['without an end', `{'descr': '<f4'`, 1],
    ['without a shape', `{'descr': '<f4', 'fortran_order': False, }`, 0],
    ['with an unknown key', `{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 'y'}`, 0],
    ['with a key twice', `{'descr': '<f4', 'descr': '<f4'}`, 16],
    ['without a comma', `{'descr': '<f4' 'fortran_order': False, 'shape': ()}`, 1],
    ['with text after it', `{'descr': '<f4', 'fortran_order': False, 'shape': ()} or so`, 52],
    ['with a number for a shape', `{'descr': '<f4', 'fortran_order': False, 'shape': (3)}`, 0],
    ['with a negative size', `{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)}`, 0],
    ['with a fraction', `{'descr': '<f4', 'fortran_order': False, 'shape': (1.5,)}`, 0],
    [
      'with an inexact size',
      `{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740993,)}`,
      0,
    ],
    ['with a text for a bool', `{'descr': '<f4', 'fortran_order': 'no', 'shape': ()}`, 0],
    ['with a tuple for a type', `{'descr': (), 'fortran_order': False, 'shape': ()}`, 0],
  ];
  for (const [title, text, place] of refused) {
    it(`is refused ${title}`, () => {
      expect(() => parseNpyHeader(text, start))
        .to.throw(FormatError)
        .with.property('offset', start + place);
    });
  }
});
