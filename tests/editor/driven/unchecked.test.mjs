import assert from "node:assert/strict";
import { drive } from "../workbench/editor.mjs";

const REPORT = `class Report:
    def __init__(self) -> None:
        self.text = ""

    def add(self, lines: list[str]) -> None:
        for line in lines:
            self.text += line + "\\n"
`;

drive("A fix that needs a run to be sure", (editor) => {
  before(async () => {
    await editor.openFolder({ "report.py": REPORT });
    await editor.openFile("report.py");
    await editor.expectCount(editor.squiggles, 1);
    await editor.goTo(7, 17);
  });

  it("is shown as a preview that says it was not checked, and changes nothing by itself", async () => {
    await (await editor.quickFix()).filter({ hasText: "(not checked)" }).click();
    // VS Code groups a preview by file, where an annotation's label is a change's tooltip.
    await editor.preview.locator("[title^='Not checked by a run']").first().waitFor({ state: "attached" });
    await editor.screenshot("preview");
    assert.equal(editor.read("report.py"), REPORT);
    await editor.expectCount(editor.squiggles, 1);
  });

  it("is applied when it is ticked and confirmed", async () => {
    await editor.confirmPreview();
    await editor.expectCount(editor.squiggles, 0);
    await editor.save("report.py", (text) => text !== REPORT);
  });
});
