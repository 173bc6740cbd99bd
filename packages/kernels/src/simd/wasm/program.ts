/*
 * Programs as trees. The functions that make their parts check the types of operands; `encode.ts`
 * writes them as bytes, `text.ts` for readers. Instructions, their numbers and names are those of the
 * WebAssembly Core Specification (W3C), chapters 5.4 and 6.5, and of its relaxed SIMD extension.
 */

/** The types of WebAssembly values that kernels use: addresses and counts, numbers, four numbers. */
export type ValueType = 'i32' | 'f32' | 'v128';

/** An instruction with its operands. Its result, if it has one, is of type T. */
export interface Instruction<T extends ValueType | undefined = ValueType | undefined> {
  /** As in the WebAssembly text format, such as `f32x4.add`. */
  readonly name: string;
  readonly result: T;
  readonly opcode: readonly number[];
  readonly operands: readonly Expression[];
  /** What follows the opcode: constants, offsets, lanes. */
  readonly immediates: readonly number[];
  /** The immediates in the text format. */
  readonly immediateText: string;
  /** What stands in its place in a module that may use relaxed SIMD. */
  readonly relaxed?: Instruction<T>;
}

/** A local variable of a function; its parameters come first. As an expression, it is its value. */
export class Local<T extends ValueType = ValueType> {
  constructor(
    readonly result: T,
    readonly name: string,
    readonly index: number,
  ) {}
}

/** Something that has a value. */
export type Expression<T extends ValueType = ValueType> = Instruction<T> | Local<T>;

/** The end of a block, or the beginning of a loop: where a branch goes. */
export class Label {
  constructor(readonly name: string) {}
}

/** Something that is done. */
export type Statement =
  | { readonly kind: 'run'; readonly instruction: Instruction<undefined> }
  | { readonly kind: 'set'; readonly local: Local; readonly value: Expression }
  | { readonly kind: 'block' | 'loop'; readonly label: Label; readonly body: Body }
  | {
      readonly kind: 'if';
      readonly condition: Expression<'i32'>;
      readonly body: Body;
      readonly otherwise: Body;
    }
  | {
      readonly kind: 'branch';
      readonly label: Label;
      /** Without one, the branch is always taken. */
      readonly condition: Expression<'i32'> | undefined;
    };

/** Statements one after the other; lists within the list are joined to it. */
export type Body = Statement | readonly Body[];

/** A function without results, which works on memory. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly Local[];
  /** The other local variables. */
  readonly locals: readonly Local[];
  readonly body: Body;
}

/** What is wrong with a program: it would not be valid WebAssembly. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}
