import { gradientKind } from './gradient';
import { implementationKinds } from './implementation';
import type { Candidate, Kind } from './kind';
import { layerKind } from './layer';
import { lawsKind } from './laws';
import { lossKind } from './loss';
import { operationKind } from './operation';
import { optimizerKind } from './optimizer';
import { propertyKind } from './property';

export { isRecord, type Candidate, type Check, type Findings, type Kind } from './kind';

/** Everything that can be checked. */
export const kinds: readonly Kind[] = [
  layerKind,
  gradientKind,
  operationKind,
  lawsKind,
  optimizerKind,
  lossKind,
  propertyKind,
  ...implementationKinds,
];

/** What something is that a file exports, if it can be checked; what fits several is the first. */
export function recognise(exported: unknown): Candidate | undefined {
  for (const kind of kinds) {
    const candidate = kind.recognise(exported);
    if (candidate !== undefined) return candidate;
  }
  return undefined;
}
