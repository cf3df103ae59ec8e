// Runs host/suite.ts inside the real extension host, with the extension installed from its package, and reports each test.
import { build } from "esbuild";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { launchBrowser } from "./workbench/browser.mjs";
import { out, packagedExtension, root } from "./workbench/paths.mjs";
import { serve } from "./workbench/serve.mjs";

const LONGEST = 600_000;
const built = path.join(out, "host");
const report = path.join(built, "report.json");

async function buildSuite() {
  rmSync(built, { recursive: true, force: true });
  await build({
    entryPoints: ["run", "suite"].map((name) => path.join(root, "tests", "editor", "host", `${name}.ts`)),
    outdir: built,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
  });
}

function writeWorkspace(parent) {
  const folders = ["shop", "quiet"];
  for (const name of folders) mkdirSync(path.join(parent, name));
  const file = path.join(parent, "two.code-workspace");
  writeFileSync(file, JSON.stringify({ folders: folders.map((name) => ({ path: name })) }));
  return file;
}

async function runSuite(address, extension, workspace) {
  const browser = await launchBrowser();
  try {
    const { page } = browser;
    let ended;
    const finished = new Promise((resolve) => (ended = resolve));
    await page.exposeFunction("codeAutomationLog", () => undefined);
    await page.exposeFunction("codeAutomationExit", ended);
    const remote = (file) => `vscode-remote://${new URL(address).host}${file}`;
    const payload = [
      ["extensionDevelopmentPath", remote(extension)],
      ["extensionTestsPath", remote(path.join(built, "run.js"))],
    ];
    await page.goto(`${address}/?workspace=${workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, LONGEST, "late")));
    if ((await Promise.race([finished, late])) === "late") {
      await page.screenshot({ path: path.join(out, "failed-host.png") });
      throw new Error("the suite in the extension host did not end");
    }
    clearTimeout(timer);
  } finally {
    await browser.close();
  }
}

async function results() {
  const parent = mkdtempSync(path.join(os.tmpdir(), "perfwise-workspace-"));
  await buildSuite();
  // A built workbench runs tests only with this switch, which also hides notifications; hence a server of its own.
  const server = await serve({ vsix: packagedExtension(), flags: ["--vscode-option", "enable-smoke-test-driver"] });
  try {
    const extensions = path.join(server.profile, "extensions");
    const [installed] = readdirSync(extensions).filter((name) => name.startsWith("perfwise.perfwise"));
    await runSuite(server.address, path.join(extensions, installed), writeWorkspace(parent));
    return JSON.parse(readFileSync(report, "utf8")).tests;
  } finally {
    await server.stop();
    rmSync(parent, { recursive: true, force: true });
  }
}

const tests = await results();

describe("The extension host's own suite", () => {
  for (const { fullTitle, err, currentRetry } of tests) {
    it(fullTitle, function () {
      if (err.message) throw Object.assign(new Error(err.message), { stack: err.stack });
      // What passed at its second try is named as what is tried again here.
      if (currentRetry > 0 && this.test.currentRetry() === 0) throw new Error("it failed at first in the host");
    });
  }
});
