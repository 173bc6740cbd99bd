import { reference } from '@gradus/kernels/reference';
import { loops, simd, type Backend } from 'gradus';
import type { EngineName } from './settings';

/** The engine of a name. */
export const engines: Readonly<Record<EngineName, Backend>> = { loops, simd, reference };
