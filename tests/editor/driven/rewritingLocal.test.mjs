import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { drive } from "../workbench/editor.mjs";
import { projectPython, root } from "../workbench/paths.mjs";
import { CLOSEST } from "./closest.mjs";

const EXAMINED = 170_000;

/** A real model, which is small and mostly wrong. */
const weights = () =>
  execFileSync(projectPython, ["-c", "from tests.rewriting.weights import weights; print(weights())"], {
    cwd: root,
    encoding: "utf8",
  }).trim();

// It thinks for the better part of a minute.
if (process.env.PERFWISE_FULL === "1") {
  const data = mkdtempSync(path.join(os.tmpdir(), "perfwise-models-"));
  drive(
    "A faster version that a model on this machine suggests",
    (editor) => {
      const toast = (text) => editor.page.locator(".notification-toast", { hasText: text });
      const button = (place, text) => place.locator(".monaco-button", { hasText: text });

      before(async () => {
        const settings = { "perfwise.model.provider": "local", "perfwise.model.name": weights() };
        await editor.openFolder({ "closest.py": CLOSEST, ".vscode/settings.json": JSON.stringify(settings) });
      });
      after(() => rmSync(data, { recursive: true, force: true }));

      it("is not there when nothing passes, which is said with the nearest miss", async () => {
        await editor.openFile("closest.py");
        await editor.goTo(3, 5);
        await editor.command("Perfwise: Suggest a Faster Version");
        const asked = editor.page.locator(".monaco-dialog-box", { hasText: "on this machine?" });
        await button(asked, "Agree").click();
        const said = toast(/closest: (none|the one) .*The nearest: /);
        await said.waitFor({ timeout: EXAMINED });
        await button(said, "Another Round").waitFor();
        await button(said, "Show Evidence").click();
        await editor.expectWebview("closest: nothing passed");
        await editor.expectWebview("The nearest miss, by SmolLM2");
        await editor.screenshot("rewrite-local-nothing-passed");
        assert.equal(editor.read("closest.py"), CLOSEST);
      });
    },
    {
      environment: { PERFWISE_DATA_DIR: data },
      settings: {
        "perfwise.interpreter": projectPython,
        "perfwise.importStrategy": "useBundled",
        "perfwise.model.effort": "quick",
      },
    },
  );
}
