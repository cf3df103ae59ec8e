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
  const dialog = () => editor.page.locator(".monaco-dialog-box");

  before(async () => {
    await editor.openFolder({ "report.py": REPORT });
    await editor.openFile("report.py");
    await editor.expectCount(editor.squiggles, 1);
    await editor.goTo(7, 17);
  });

  it("says so, and why, before anything is changed", async () => {
    await (await editor.quickFix()).filter({ hasText: "(not checked)" }).click();
    await dialog().filter({ hasText: "This fix was not checked by a run." }).waitFor();
    await editor.screenshot("unchecked");
    assert.match(await dialog().locator(".dialog-message-detail").innerText(), /by a run\. \S.*\.$/);
    assert.equal(editor.read("report.py"), REPORT);
  });

  it("is shown as changes, which change nothing by themselves", async () => {
    await dialog().locator(".monaco-button", { hasText: "Show Changes" }).click();
    await editor.preview.locator(".edit-checkbox").first().waitFor({ state: "attached" });
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
