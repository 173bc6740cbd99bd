// mocha's dot reporter, and after it one line that a script can read: "N passed, N failed".
import Mocha from 'mocha';

export default class CountingReporter extends Mocha.reporters.Dot {
  epilogue() {
    super.epilogue();
    console.log(`${this.stats.passes} passed, ${this.stats.failures} failed`);
  }
}
