import Mocha from "mocha";

/**
 * Mocha's own report, closed by one line of counts. A step that something else on the machine held up is tried once
 * more; it is named then.
 */
export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Mocha.Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      console.log(`    tried again: ${test.title}: ${error.message.split("\n")[0]}`);
    });
  }

  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`editor: ${passes} passed, ${failures} failed, ${pending} skipped`);
  }
}
