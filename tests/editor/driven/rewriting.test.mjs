import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import vsce from "@vscode/vsce";
import { drive, until } from "../workbench/editor.mjs";
import { projectPython, root } from "../workbench/paths.mjs";
import { CLOSEST, WRONG, fenced } from "./closest.mjs";

const COMMON = `def common(orders: list[int], users: list[int]) -> list[int]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
`;
// Given in turn for the function that the question is about.
const REPLIES = [
  {
    about: "def common(",
    texts: [
      fenced(`from itertools import compress


def common(orders: list[int], users: list[int]) -> list[int]:
    known = set(users)
    return list(compress(orders, map(known.__contains__, orders)))
`),
      fenced(`def common(orders: list[int], users: list[int]) -> list[int]:
    return list(filter(frozenset(users).__contains__, orders))
`),
    ],
  },
  {
    about: "def closest(",
    texts: [WRONG],
  },
];
// What draws inputs is among the project's own tools; the extension brings the server.
const EXAMINED = 150_000;

/** The package of an extension that brings a model which replies so. */
async function modelProvider(folder) {
  const source = path.join(folder, "source");
  cpSync(path.join(root, "tests", "editor", "modelProvider"), source, { recursive: true });
  writeFileSync(path.join(source, "replies.json"), JSON.stringify(REPLIES));
  const packagePath = path.join(folder, "models.vsix");
  const options = { dependencies: false, allowMissingRepository: true, skipLicense: true, allowStarActivation: true };
  await vsce.createVSIX({ cwd: source, packagePath, ...options });
  return packagePath;
}

const folder = mkdtempSync(path.join(os.tmpdir(), "perfwise-models-"));
const extensions = [];

describe("Models of the editor", () => {
  before(async () => extensions.push(await modelProvider(folder)));
  after(() => rmSync(folder, { recursive: true, force: true }));

  drive(
    "A faster version that a model of the editor suggests",
    (editor) => {
      const toast = (text) => editor.page.locator(".notification-toast", { hasText: text });
      const button = (place, text) => place.locator(".monaco-button", { hasText: text });
      const dialog = (text) => editor.page.locator(".monaco-dialog-box", { hasText: text });
      const action = (name) => editor.page.locator(`.editor-actions .action-label[aria-label^='${name}']`).first();
      const status = () => editor.page.locator(".statusbar-item", { hasText: /common: \d+ faster/ });
      const tab = (text) => editor.page.locator(".tab", { hasText: text });

      before(async () => {
        await editor.openFolder({ "common.py": COMMON, "closest.py": CLOSEST });
      });

      it("is asked for only once the user has read what is sent and agreed", async () => {
        await editor.openFile("common.py");
        await editor.lenses.locator("a", { hasText: "Suggest a faster version" }).click();
        const asked = dialog("Send common, and what it uses of its module, to the editor's models");
        await asked.waitFor();
        await editor.screenshot("rewrite-consent");
        await button(asked, "Show What Is Sent").click();
        await editor.lines.filter({ hasText: "def common(orders: list[int]" }).first().waitFor();
        await button(toast("Send common"), "Agree").click();
        await toast("looking for a faster version of common").waitFor();
      });

      it("is looked for in the background, and takes no focus", async () => {
        await editor.openFile("common.py");
        await editor.goTo(2, 5);
        await status()
          .filter({ hasText: /[2-9] faster/ })
          .waitFor({ timeout: EXAMINED });
        await toast("looking for a faster version").waitFor({ state: "detached", timeout: EXAMINED });
        await editor.cursorAt(2, 5);
        await editor.keyboard.type("  ");
        await editor.expectCount(tab(/rewrite/), 0);
        await editor.keyboard.press("Control+Z");
      });

      it("is shown as changes beside what they rest on", async () => {
        await editor.command("Notifications: Clear All Notifications");
        await editor.keyboard.press("Control+B");
        await status().click();
        await tab(/rewrite 1 of \d: .* times as fast/).waitFor();
        await editor.expectWebview("Inputs tried");
        await editor.expectWebview("The other rewrites");
        await editor.page.locator(".monaco-diff-editor .line-insert").first().waitFor();
        await editor.screenshot("rewrite");
        await editor.keyboard.press("Control+1");
        await editor.command("Perfwise: Next Rewrite");
        await tab(/rewrite 2 of \d: .* times as fast/).waitFor();
        await action("Reject Rewrite").click();
        await tab(/rewrite 1 of \d: .* times as fast/).waitFor();
      });

      it("is accepted in one step that one undo takes back", async () => {
        await action("Accept Rewrite").click();
        await editor.page.locator(".tab.active", { hasText: "common.py" }).waitFor();
        await editor.expectCount(tab(/rewrite|Evidence/), 0);
        await until(async () => (await editor.text()).includes("set(users)"));
        await editor.keyboard.press("Control+Z");
        await until(async () => {
          const text = await editor.text();
          return text.includes("found.append(order)") && !text.includes("set(users)") && !text.includes("import");
        });
      });

      it("is not there when nothing passes, which is said with the nearest miss", async () => {
        await editor.openFile("closest.py");
        await editor.goTo(3, 5);
        await editor.command("Perfwise: Suggest a Faster Version");
        const thorough = dialog("Ask the editor's models thoroughly?");
        await thorough.filter({ hasText: "tokens in" }).waitFor();
        await button(thorough, "Ask It").click();
        const said = toast(/closest: .*The nearest: closest\(.* before and .* after/);
        await said.waitFor({ timeout: EXAMINED });
        await button(said, "Another Round").waitFor();
        await button(said, "Give a Hint").waitFor();
        await button(said, "Show Evidence").click();
        await editor.expectWebview("closest: nothing passed");
        await editor.expectWebview("The difference");
        await editor.screenshot("rewrite-nothing-passed");
        assert.equal(editor.read("closest.py"), CLOSEST);
      });

      it("is never asked for again once the consent is taken back", async () => {
        await editor.command("Perfwise: Model Consent and Spending");
        await editor.page
          .locator(".quick-input-list .monaco-list-row", { hasText: "Revoke: the editor's models" })
          .click();
        await toast("before you agree again").waitFor();
        await editor.command("View: Focus First Editor Group");
        await editor.goTo(3, 5);
        await editor.command("Perfwise: Suggest a Faster Version");
        await dialog("Send closest").waitFor();
        await button(dialog("Send closest"), "Not Now").click();
        await toast("there is no rewrite to check").waitFor({ timeout: EXAMINED });
      });

      it("can be asked of whatever is found", async () => {
        await editor.command("Perfwise: Choose Model");
        for (const name of ["The rules only", "Parrot", "Another endpoint", "A GGUF file"]) {
          await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).waitFor();
        }
        await editor.keyboard.press("Escape");
      });
    },
    {
      extensions,
      environment: { PERFWISE_DATA_DIR: path.join(folder, "data") },
      settings: {
        "chat.disableAIFeatures": false,
        "perfwise.interpreter": projectPython,
        "perfwise.importStrategy": "useBundled",
        "perfwise.model.provider": "editor",
        "perfwise.model.effort": "thorough",
      },
    },
  );
});
