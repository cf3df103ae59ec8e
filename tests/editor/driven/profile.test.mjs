import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { drive } from "../workbench/editor.mjs";

const PROFILES = path.resolve(import.meta.dirname, "../../profiles");
const report = readFileSync(path.join(PROFILES, "report.py"), "utf8");
const profile = readFileSync(path.join(PROFILES, "report.json"), "utf8");
const unused = "def fine(x: int) -> int:\n    return x + 1  # perfwise: ignore[PW101]\n";
const settings = { "perfwise.profile": "report.json", "perfwise.reportUnusedSuppressions": true };

drive("A profile of the folder, and comments that silence nothing", (editor) => {
  before(async () => {
    await editor.openFolder({
      "report.py": report,
      "report.json": profile,
      "unused.py": unused,
      ".vscode/settings.json": JSON.stringify(settings),
    });
  });

  it("puts the seconds before a hint, and tells of small gains on hot lines", async () => {
    await editor.openFile("report.py");
    await editor.expectCount(editor.squiggles, 2);
    await told(26, 20, "0.31 s in the profile: `math.sqrt(number)` is cheaper than a power");
    await editor.screenshot("hot");
  });

  it("says other seconds once the profile was made anew", async () => {
    const content = JSON.parse(profile);
    content.elapsed_time_sec *= 10;
    writeFileSync(path.join(editor.folder, "report.json"), JSON.stringify(content));
    await told(19, 22, "4 s in the profile: `users` is looked through");
  });

  it("greys out a comment without use, and removes it", async () => {
    await editor.openFile("unused.py");
    await editor.page.locator(".squiggly-inline-unnecessary").first().waitFor();
    await editor.screenshot("unused");
    await editor.goTo(2, 25);
    await (await editor.quickFix()).filter({ hasText: "Remove what silences nothing" }).click();
    await editor.save("unused.py", (text) => text === unused.replace(/ {2}#.*/, ""));
  });

  async function told(line, column, text) {
    await editor.goTo(line, column);
    for (let attempt = 0; attempt < 10; attempt++) {
      await editor.command("Show or Focus Hover");
      const hover = editor.hover.filter({ hasText: text });
      const isThere = await hover.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (isThere) return;
      await editor.keyboard.press("Escape");
    }
    assert.fail(`no hover says: ${text}`);
  }
});
