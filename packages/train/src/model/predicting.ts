import { tensorsOf, valueOf, type Value } from '@gradus/layers';
import {
  copyInto,
  newTypedArray,
  tensor,
  zeros,
  type FloatDType,
  type Shape,
} from '@gradus/tensor';
import { inputsOf, type InputBatches } from '../loop/batch';
import { batchesOnce } from '../loop/datasetSource';
import { nextTurn } from '../loop/nextTurn';
import { countSamples, inBatches } from '../loop/samples';
import { checkInput } from './checkData';
import type { Network } from './network';

/** The results for all samples, computed batch by batch. */
export function predictSamples<In extends Value, Out extends Value>(
  network: Network<In, Out>,
  x: In,
  batchSize: number,
): Out {
  checkInput(network, 'predict', x);
  const samples = countSamples(x);
  const result = valueOf<Out>(network.outputShape, (shape) =>
    zeros([samples, ...shape], network.dtype),
  );
  const whole = tensorsOf(result).map(([, part]) => part.data);
  let filled = 0;
  for (const batch of inBatches<In, []>({ x, y: [] }, { batchSize })) {
    network.compute(() => {
      tensorsOf(network.forward(batch.x)).forEach(([, y], i) => {
        const row = whole[i]!.length / samples;
        copyInto(y, whole[i]!.subarray(filled * row, filled * row + y.size));
      });
    });
    filled += countSamples(batch.x);
  }
  return result;
}

/** The results for all batches of a dataset, put together; events get their turn after each. */
export async function predictBatches<In extends Value, Out extends Value>(
  network: Network<In, Out>,
  dataset: InputBatches<In>,
): Promise<Out> {
  const { name, dtype, outputShape } = network;
  const op = `${name}.predict`;
  const read = (batch: unknown, number: number): In => {
    const x = inputsOf(op, batch);
    checkInput(network, `predict batch ${number}`, x);
    return x as In;
  };
  /** For each output, the results of the batches. */
  const parts: Float[][] = [];
  for await (const x of batchesOnce(op, dataset, read)) {
    network.compute(() => {
      tensorsOf(network.forward(x)).forEach(([, y], i) => {
        const part = newTypedArray(dtype, y.size);
        copyInto(y, part);
        (parts[i] ??= []).push(part);
      });
    });
    await nextTurn();
  }
  return valueOf<Out>(outputShape, (shape, i) => joined(parts[i]!, shape, dtype));
}

type Float = Float32Array | Float64Array;

/** Batches [samples, ...shape] one after the other. */
function joined(parts: readonly Float[], shape: Shape, dtype: FloatDType) {
  const whole = newTypedArray(
    dtype,
    parts.reduce((size, part) => size + part.length, 0),
  );
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
  }
  const row = shape.reduce((size, length) => size * length, 1);
  return tensor(whole, [whole.length / row, ...shape]);
}
