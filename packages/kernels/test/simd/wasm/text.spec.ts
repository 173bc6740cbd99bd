import { expect } from 'chai';
import {
  block,
  branch,
  branchIf,
  defineFunction,
  f32x4,
  functionToText,
  i32,
  increase,
  loop,
  memory,
  repeatWhile,
  set,
  v128,
  when,
} from '../../../src/simd/wasm';

describe('functionToText', () => {
  it('prints a function in the text format', () => {
    const scale = defineFunction('scale', { at: 'i32', count: 'i32' }, ({ at, count }, local) => {
      const x = local('v128', 'x');
      return repeatWhile(i32.gtS(count, 0), [
        set(x, v128.load(at, 16)),
        v128.store(at, f32x4.mul(x, f32x4.const(0.5)), 16),
        increase(at, 16),
        increase(count, -4),
      ]);
    });
    expect(functionToText(scale)).to.equal(
      [
        '(func $scale (param $at i32) (param $count i32)',
        '  (local $x v128)',
        '  (block $done',
        '    (loop $next',
        '      (br_if $done (i32.eqz (i32.gt_s (local.get $count) (i32.const 0))))',
        '      (local.set $x (v128.load offset=16 (local.get $at)))',
        '      (v128.store offset=16',
        '        (local.get $at)',
        '        (f32x4.mul (local.get $x) (v128.const f32x4 0.5 0.5 0.5 0.5)))',
        '      (local.set $at (i32.add (local.get $at) (i32.const 16)))',
        '      (local.set $count (i32.add (local.get $count) (i32.const -4)))',
        '      (br $next)',
        '    )',
        '  )',
        ')',
      ].join('\n'),
    );
  });

  it('prints conditions, and tells labels of one name apart', () => {
    const f = defineFunction('f', { n: 'i32' }, ({ n }) => [
      block('end', (outer) =>
        block('end', (inner) => [
          when(n, branch(outer), [branchIf(inner, 1)]),
          when(n, [], memory.fill(0, n, 8)),
        ]),
      ),
      loop('end', () => when(n, v128.store32Lane(n, f32x4.const(1, -0, NaN, -Infinity), 2, 4))),
    ]);
    expect(functionToText(f)).to.equal(
      [
        '(func $f (param $n i32)',
        '  (block $end',
        '    (block $end_2',
        '      (if (local.get $n)',
        '        (then',
        '          (br $end)',
        '        )',
        '        (else',
        '          (br_if $end_2 (i32.const 1))',
        '        )',
        '      )',
        '      (if (local.get $n)',
        '        (then',
        '        )',
        '        (else',
        '          (memory.fill (i32.const 0) (local.get $n) (i32.const 8))',
        '        )',
        '      )',
        '    )',
        '  )',
        '  (loop $end_3',
        '    (if (local.get $n)',
        '      (then',
        '        (v128.store32_lane offset=4 2 (local.get $n) (v128.const f32x4 1 -0 nan -inf))',
        '      )',
        '    )',
        '  )',
        ')',
      ].join('\n'),
    );
  });

  it('breaks long operands into lines', () => {
    const f = defineFunction('f', { address: 'i32' }, ({ address }) => {
      const product = i32.mul(i32.add(address, 123456789), i32.sub(address, 987654321));
      return when(i32.and(product, product), increase(address, 2 ** 32 - 1));
    });
    const product = [
      '      (i32.add (local.get $address) (i32.const 123456789))',
      '      (i32.sub (local.get $address) (i32.const 987654321)))',
    ];
    expect(functionToText(f).split('\n')).to.deep.equal([
      '(func $f (param $address i32)',
      '  (if',
      '    (i32.and',
      ...['      (i32.mul', ...product.map((line) => `  ${line}`)],
      ...['      (i32.mul', ...product.map((line) => `  ${line}`)].map((line, i) =>
        i === 2 ? `${line})` : line,
      ),
      '    (then',
      '      (local.set $address (i32.add (local.get $address) (i32.const -1)))',
      '    )',
      '  )',
      ')',
    ]);
  });
});
