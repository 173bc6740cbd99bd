export { Dataset } from './dataset';
export type * from './options';
export type { AnyIterable } from './sources';
export type { Batched, Tensors } from './structures';
