import { hasSimd, loops, simd, type Backend } from 'gradus';
import type { Task } from '../cases/task';
import { explainSimd } from './explainSimd';

/** An engine of Gradus, as the benchmark runs it. */
export interface Engine {
  /** Made when it is wanted. */
  backend(): Backend;
  /** Which algorithm it takes for a task, and why. */
  explain?(task: Task): string | undefined;
}

/** The engines by name, the default first; the one place to add another. */
export const engines: Readonly<Record<string, Engine>> = {
  ...(hasSimd() ? { simd: { backend: () => simd, explain: explainSimd } } : {}),
  loops: { backend: () => loops },
};

/** The names of the engines. */
export const engineNames = Object.keys(engines);
