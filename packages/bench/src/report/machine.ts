import { cpus } from 'node:os';

/** What the numbers were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  /** The day, as in 2026-01-31. */
  readonly date: string;
}

/** This machine, today. */
export function machine(): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
  };
}
