import {
  defineFunction,
  i32,
  increase,
  memory,
  repeat,
  type Body,
  type Local,
  type WasmFunction,
} from '../../wasm';
import { passesOf } from './length';
import { blockPitch } from './spectrum';
import { elementBytes } from './element';
import { transform } from './transform';

/**
 * `forwardColumns(at, from, to, twiddles)`: transforms the columns of a plane whose rows are transformed;
 * rows before `from` and from `to` on count as 0, whatever they hold.
 */
export function forwardColumnsKernel(height: number, width: number): WasmFunction {
  const parameters = { at: 'i32', from: 'i32', to: 'i32', twiddles: 'i32' } as const;
  return defineFunction('forwardColumns', parameters, ({ at, from, to, twiddles }, local) =>
    repeat(local('i32', 'blocks'), width / 4, [
      clearAround(at, height, { from, to }),
      transform(local, { length: height, start: at, twiddles }, 'forward', passesOf(height)),
      increase(at, blockPitch(height)),
    ]),
  );
}

/** `inverseColumns(at, twiddles)`: the way back, to columns `height` times as large. */
export function inverseColumnsKernel(height: number, width: number): WasmFunction {
  const parameters = { at: 'i32', twiddles: 'i32' } as const;
  return defineFunction('inverseColumns', parameters, ({ at, twiddles }, local) =>
    repeat(local('i32', 'blocks'), width / 4, [
      transform(local, { length: height, start: at, twiddles }, 'inverse', passesOf(height)),
      increase(at, blockPitch(height)),
    ]),
  );
}

/** Rows of a spectrum that are not 0. */
export interface Range {
  readonly from: Local<'i32'>;
  readonly to: Local<'i32'>;
}

/** Sets the elements of a block outside a range to 0. */
export function clearAround(block: Local<'i32'>, height: number, { from, to }: Range): Body {
  const after = i32.mul(to, elementBytes);
  return [
    memory.fill(block, 0, i32.mul(from, elementBytes)),
    memory.fill(i32.add(block, after), 0, i32.sub(elementBytes * height, after)),
  ];
}
