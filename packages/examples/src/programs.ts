import type { Program } from './program';

/** The programs by their names. */
export const programs: Readonly<Record<string, Program>> = {};
