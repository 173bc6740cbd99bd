import { expect } from 'chai';
import {
  block,
  branch,
  branchIf,
  defineFunction,
  i32,
  increase,
  loop,
  makeLocals,
  repeat,
  repeatWhile,
  set,
  when,
  type Body,
  type Local,
} from '../../../src/simd/wasm';
import { compile } from './run';

/** What is written to memory by a function of n that counts in `total`. */
function results(
  write: (n: Local<'i32'>, total: Local<'i32'>, i: Local<'i32'>) => Body,
  arguments_: readonly number[],
): number[] {
  const program = compile(
    defineFunction('f', { n: 'i32' }, ({ n }, local) => {
      const [total, i] = [local('i32', 'total'), local('i32', 'i')];
      return [write(n, total, i), i32.store(0, total)];
    }),
  );
  return arguments_.map((n) => {
    program.run(n);
    return program.ints[0]!;
  });
}

describe('The control of programs', () => {
  it('does statements one after the other, lists within lists too', () => {
    const write = (_: Local<'i32'>, total: Local<'i32'>): Body => [
      set(total, 1),
      [[], [increase(total, 10), [increase(total, 100)]]],
    ];
    expect(results(write, [0])).to.deep.equal([111]);
  });

  it('leaves a block by a branch to its label', () => {
    const write = (n: Local<'i32'>, total: Local<'i32'>): Body => [
      block('end', (end) => [increase(total, 1), branchIf(end, n), increase(total, 10)]),
      increase(total, 100),
    ];
    expect(results(write, [0, 1])).to.deep.equal([111, 101]);
  });

  it('leaves a block by a branch that is always taken', () => {
    const write = (_: Local<'i32'>, total: Local<'i32'>): Body =>
      block('end', (end) => [increase(total, 1), branch(end), increase(total, 10)]);
    expect(results(write, [0])).to.deep.equal([1]);
  });

  it('begins a loop again by a branch to its label, and else goes on', () => {
    const write = (n: Local<'i32'>, total: Local<'i32'>): Body =>
      loop('again', (again) => [
        increase(total, n),
        increase(n, -1),
        branchIf(again, i32.gtS(n, 0)),
      ]);
    expect(results(write, [4, 1, 0, -3])).to.deep.equal([10, 1, 0, -3]);
  });

  it('chooses between two bodies', () => {
    const write = (n: Local<'i32'>, total: Local<'i32'>): Body =>
      when(n, set(total, 5), set(total, 6));
    expect(results(write, [1, -1, 0])).to.deep.equal([5, 5, 6]);
  });

  it('does a body or not, without another one', () => {
    const write = (n: Local<'i32'>, total: Local<'i32'>): Body => when(n, set(total, 5));
    expect(results(write, [1, 0])).to.deep.equal([5, 0]);
  });

  it('does nothing or another body', () => {
    const write = (n: Local<'i32'>, total: Local<'i32'>): Body => when(n, [], set(total, 6));
    expect(results(write, [1, 0])).to.deep.equal([0, 6]);
  });

  it('branches out of several blocks, loops and both sides of a condition', () => {
    // The sum of 1, 2, ... up to n, but 3 is left out, and 6 ends it with 1000 more.
    const write = (n: Local<'i32'>, total: Local<'i32'>, i: Local<'i32'>): Body =>
      block('out', (out) => [
        block('six', (six) =>
          loop('next', (next) => [
            branchIf(out, i32.geS(i, n)),
            increase(i, 1),
            when(
              i32.eq(i, 3),
              branch(next),
              when(
                i32.eq(i, 6),
                block('inner', () => branch(six)),
                [increase(total, i), branch(next)],
              ),
            ),
          ]),
        ),
        increase(total, 1000),
      ]);
    expect(results(write, [0, 1, 2, 3, 4, 5, 6, 9])).to.deep.equal([0, 1, 3, 3, 7, 12, 1012, 1012]);
  });

  it('repeats a body so many times, counting down to 1', () => {
    const write = (n: Local<'i32'>, total: Local<'i32'>, i: Local<'i32'>): Body =>
      repeat(i, n, increase(total, i32.mul(i, i)));
    expect(results(write, [1, 2, 3])).to.deep.equal([1, 5, 14]);
  });

  it('repeats a body whose number of times is a constant', () => {
    const write = (_: Local<'i32'>, total: Local<'i32'>, i: Local<'i32'>): Body =>
      repeat(i, 7, increase(total, 1));
    expect(results(write, [0])).to.deep.equal([7]);
  });

  it('repeats a body while a condition holds, perhaps never', () => {
    const write = (n: Local<'i32'>, total: Local<'i32'>): Body =>
      repeatWhile(i32.gtS(n, 0), [increase(total, 1), increase(n, -2)]);
    expect(results(write, [0, -1, 1, 2, 7])).to.deep.equal([0, 0, 1, 1, 4]);
  });

  it('keeps parameters and locals of every type apart', () => {
    const program = compile(
      defineFunction('f', { a: 'i32', b: 'i32' }, ({ a, b }, local) => {
        const [x, y, z] = makeLocals(local, 'i32', 'x', 3) as [
          Local<'i32'>,
          Local<'i32'>,
          Local<'i32'>,
        ];
        local('v128', 'between');
        const last = local('i32', 'last');
        const all = [a, b, x, y, z, last];
        return [
          [set(x, 3), set(y, 4), set(z, 5), set(last, 6)],
          all.map((value, i) => i32.store(0, value, 4 * i)),
        ];
      }),
    );
    program.run(1, 2);
    expect([...program.ints.subarray(0, 6)]).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });
});
