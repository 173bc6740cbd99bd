import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeNpy } from '@gradus/io';
import { formatShape, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import { leftovers } from './leftovers';

/** What a program is asked to compute. */
export interface Question {
  /** Such as `conv2d`. */
  readonly operation: string;
  readonly settings: object;
  /** By their names, which are those of the files. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Shapes that the program is told besides those of its inputs. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  readonly result: { readonly dtype: FloatDType; readonly shape: Shape };
}

/** A question as messages name it: `conv2d of x [1, 3, 3, 1] and filter [2, 2, 1, 1]`. */
export function questionInWords({ operation, inputs }: Question): string {
  const parts = Object.entries(inputs).map(([name, { shape }]) => `${name} ${formatShape(shape)}`);
  return `${operation} of ${parts.join(' and ')}`;
}

/**
 * Writes a question into a folder of its own, which is removed once it is answered or not; at the
 * latest when this process ends.
 */
export function withFolder<T>(question: Question, answer: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-port-'));
  // A program that was killed may write until the signal arrives.
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  leftovers.add(remove);
  try {
    writeFileSync(join(folder, 'request.json'), requestInJson(question));
    for (const [name, x] of Object.entries(question.inputs)) {
      writeFileSync(join(folder, `${name}.npy`), encodeNpy(x));
    }
    return answer(folder);
  } finally {
    remove();
    leftovers.delete(remove);
  }
}

function requestInJson({ operation, settings, inputs, shapes, result }: Question): string {
  const ofInputs = Object.entries(inputs).map(([name, { shape }]) => [name, shape] as const);
  const request = {
    operation,
    dtype: result.dtype,
    settings,
    shapes: { ...Object.fromEntries(ofInputs), ...shapes },
  };
  return `${JSON.stringify(request)}\n`;
}
