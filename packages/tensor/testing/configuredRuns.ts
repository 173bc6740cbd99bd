import fc from 'fast-check';

/**
 * How many cases of a property to try: as many as `fc.configureGlobal` asks of all, which a long run
 * does; otherwise `usual`.
 */
export function configuredRuns(usual: number): number {
  return fc.readConfigureGlobal().numRuns ?? usual;
}
