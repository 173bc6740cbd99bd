import { loops, simd, type Backend } from '../src/index';
import { reference } from '../src/reference/index';

/** Every engine. A suite runs over all of them; `reference` comes first, being the definition. */
export const engines: readonly Backend[] = [reference, loops, simd];
