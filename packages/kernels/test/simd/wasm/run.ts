import {
  defineFunction,
  encodeModule,
  makeLocals,
  set,
  v128,
  type Body,
  type Expression,
  type WasmFunction,
} from '../../../src/simd/wasm';

/** One page, not shared. */
export const onePage = { minimumPages: 1, maximumPages: 1, shared: false } as const;

/** A compiled function and the memory on which it works. */
export interface Program {
  readonly run: (...args: readonly number[]) => void;
  readonly bytes: Uint8Array;
  readonly ints: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

/** Compiles a function together with new memory of 64 KiB. */
export function compile(definition: WasmFunction): Program {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: false });
  const module = new WebAssembly.Module(encodeModule([definition], onePage));
  const instance = new WebAssembly.Instance(module, { host: { memory } });
  return {
    run: instance.exports[definition.name] as Program['run'],
    bytes: new Uint8Array(memory.buffer),
    ints: new Int32Array(memory.buffer),
    floats: new Float32Array(memory.buffer),
    doubles: new Float64Array(memory.buffer),
  };
}

/** Runs statements once, on a memory whose first bytes are given, and returns the memory. */
export function runBody(body: Body, bytes: ArrayLike<number> = []): Program {
  const program = compile(defineFunction('f', {}, () => body));
  program.bytes.set(bytes);
  program.run();
  return program;
}

/** Evaluates an expression of vectors of 16 bytes; the result is an array like `like`. */
export function evaluate<A extends Float32Array | Int32Array | Float64Array>(
  write: (operands: readonly Expression<'v128'>[]) => Expression<'v128'>,
  operands: readonly (Float32Array | Int32Array | Float64Array)[],
  like: A,
): number[] {
  const program = compile(
    defineFunction('f', {}, (_, local) => {
      const values = makeLocals(local, 'v128', 'operand', operands.length);
      const loads = values.map((value, i) => set(value, v128.load(0, 16 * i)));
      return [loads, v128.store(0, write(values), 256)];
    }),
  );
  operands.forEach(({ buffer, byteOffset }, i) =>
    program.bytes.set(new Uint8Array(buffer, byteOffset, 16), 16 * i),
  );
  program.run();
  const result = program.bytes.slice(256, 272).buffer;
  const make = like.constructor as new (buffer: ArrayBuffer) => A;
  return [...new make(result)];
}
