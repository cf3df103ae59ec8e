import Mocha from "mocha";

/** Mocha's own report, closed by one line of counts. */
export default class Reporter extends Mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`editor: ${passes} passed, ${failures} failed, ${pending} skipped`);
  }
}
