import type { Backend } from '@gradus/autodiff';
import type { Subject } from '@gradus/tensor/testing';
import type fc from 'fast-check';
import type { LayerCase } from '../../generators';

/** Layers as laws see them: one, or many that are drawn, and the engine that computes them. */
export interface LayerImplementation extends Subject {
  /** See `layerCase`; `fc.constant` of one is a layer by itself. */
  readonly cases: fc.Arbitrary<LayerCase>;
  readonly engine: Backend;
}

/** Layers on an engine as laws see them. */
export function layersOn(
  engine: Backend,
  name: string,
  cases: fc.Arbitrary<LayerCase>,
): LayerImplementation {
  return { name: `${name} on ${engine.name}`, engine, cases };
}
