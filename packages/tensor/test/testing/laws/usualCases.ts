import fc from 'fast-check';

/** Has laws tried at their usual cases in the tests of a suite, also in long runs. */
export function usualCases(): void {
  const before = fc.readConfigureGlobal();
  beforeEach(() => fc.configureGlobal({}));
  afterEach(() => fc.configureGlobal(before));
}
