import { loops, type Backend } from '@gradus/kernels';
import { reference } from '@gradus/kernels/reference';
import type { EngineName } from './settings';

/** The engine of a name. */
export const engines: Readonly<Record<EngineName, Backend>> = { loops, reference };
