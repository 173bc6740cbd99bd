import { Option } from 'commander';
import { reference } from '@gradus/kernels/reference';
import { currentBackend, loops, simd, type Backend } from 'gradus';

/** The engines one can choose. */
export type EngineName = 'simd' | 'loops' | 'reference';

/** The engine of a name. */
export const engines: Readonly<Record<EngineName, Backend>> = { simd, loops, reference };

/** `--engine`, which says what computes. */
export function engineOption(): Option {
  return new Option('--engine <name>', 'what computes')
    .choices(Object.keys(engines))
    .default(currentBackend().name);
}
