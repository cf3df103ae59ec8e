import { drive } from "../workbench/editor.mjs";

const cell = (source) => ({ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source });
const NOTEBOOK = JSON.stringify({
  cells: [
    cell(["names = [f'user-{n}' for n in range(900)]\n", "users = names[::3]"]),
    cell(["found = []\n", "for name in names:\n", "    if name in users:\n", "        found.append(name)"]),
  ],
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});

drive("A notebook", (editor) => {
  before(async () => {
    await editor.openFolder({ "analysis.ipynb": NOTEBOOK });
    await editor.openFile("analysis.ipynb");
  });

  it("shows the cost of a cell by what another cell binds", async () => {
    await editor.expectCount(editor.squiggles, 1);
    await editor.screenshot("notebook");
  });

  it("mends a cell with Ctrl+.", async () => {
    await editor.squiggles.click({ force: true });
    await (await editor.quickFix()).filter({ hasText: "(not checked)" }).click();
    await editor.page.locator(".monaco-dialog-box .monaco-button", { hasText: "Show Changes" }).click();
    await editor.confirmPreview();
    await editor.expectCount(editor.squiggles, 0);
    await editor.save("analysis.ipynb", (text) => text.includes("set(users)"));
  });
});
