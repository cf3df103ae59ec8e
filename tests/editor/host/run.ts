import path from "node:path";

/** What the extension host calls: runs the suite beside this file and leaves mocha's report as report.json. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const output = path.join(__dirname, "report.json");
  const reporterOptions = { output };
  const mocha = new Mocha({ timeout: 180_000, retries: 1, reporter: "json", reporterOptions, forbidPending: true });
  mocha.addFile(path.join(__dirname, "suite.js"));
  await new Promise<void>((resolve) => mocha.run(() => resolve()));
}
