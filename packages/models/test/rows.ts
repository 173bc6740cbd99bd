import type { Shape } from '@gradus/tensor';
import { summaryOf, type ModelDescription, type SummaryOptions } from '@gradus/train';

/** Of each layer its name without its place, what comes out, and how many weights it has. */
export function rowsOf(
  description: ModelDescription,
  options?: SummaryOptions,
): [name: string, output: Shape, parameters: number][] {
  return summaryOf(description, options).rows.map(({ name, outputShapes, parameters }) => [
    name.replace(/^\d+_/, ''),
    outputShapes[0]!,
    parameters,
  ]);
}

/** The rows of layers that have weights. */
export function weightedRowsOf(description: ModelDescription): ReturnType<typeof rowsOf> {
  return rowsOf(description).filter(([, , parameters]) => parameters > 0);
}
