// mocha loads this before the specs: at which cases properties and laws are tried, and how often.
// The cases are the same at every run, so that no run fails by chance, unless the environment says
// otherwise: GRADUS_SEED=7 npm test. `pnpm test:long` looks for new ones.
const fc = require('fast-check');

const seed = wholeNumber('GRADUS_SEED') ?? 0;
const runs = wholeNumber('GRADUS_RUNS');

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed,
  // All cases that were asked for are to be tried, however long that takes.
  ...(runs !== undefined && { numRuns: runs, interruptAfterTimeLimit: 24 * 3600 * 1000 }),
});

function wholeNumber(name) {
  const text = process.env[name];
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Error(`${name}: expected a whole number; received '${text}'.`);
}
