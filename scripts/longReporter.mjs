// What `pnpm test:long` shows: a line for each law as it is tried, whole messages of failures (they
// hold the seed and the smallest case), and a count of cases at the end.
import { createRequire } from 'node:module';
import Mocha from 'mocha';

const { EVENT_RUN_BEGIN, EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_BEGIN } =
  Mocha.Runner.constants;

export default class LongReporter {
  constructor(runner) {
    const cases = countCases();
    const started = performance.now();
    const failed = [];
    let [done, before] = [0, 0];
    const line = (mark, test) => {
      done += 1;
      const place = `${String(done).padStart(String(runner.total).length)}/${runner.total}`;
      const seconds = ((test.duration ?? 0) / 1000).toFixed(1);
      console.log(
        `${place} ${mark} ${titleOf(test)} (${cases.count - before} cases, ${seconds} s)`,
      );
    };
    runner.on(EVENT_RUN_BEGIN, () => console.log(`test: ${runner.total} checks`));
    runner.on(EVENT_TEST_BEGIN, () => (before = cases.count));
    runner.on(EVENT_TEST_PASS, (test) => line('✓', test));
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      failed.push(titleOf(test));
      line('✗', test);
      console.log(`\n${indented(error.message ?? String(error))}\n`);
    });
    runner.on(EVENT_RUN_END, () => {
      const seconds = Math.round((performance.now() - started) / 1000);
      const parts = [`${done - failed.length} passed`, `${failed.length} failed`];
      console.log(
        `\n${parts.join(', ')}; ${cases.count.toLocaleString('en-US')} cases in ${seconds} s, ` +
          `seed ${process.env.GRADUS_SEED}`,
      );
      if (runner.total === 0) console.error('test: no law has this in its title');
      for (const title of failed) console.log(`failed: ${title}`);
    });
  }
}

/** Counts the cases of all properties; fast-check as the specs load it, by require. */
function countCases() {
  const fc = createRequire(import.meta.url)('fast-check');
  const cases = { count: 0 };
  fc.configureGlobal({
    ...fc.readConfigureGlobal(),
    beforeEach: () => {
      cases.count += 1;
    },
  });
  return cases;
}

const titleOf = (test) => test.titlePath().join(': ');
const indented = (text) => text.trimEnd().replace(/^(?=.)/gm, '    ');
