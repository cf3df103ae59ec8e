import assert from "node:assert/strict";
import { drive } from "../workbench/editor.mjs";

const PROGRAM = [
  "def known(orders: list[str], users: list[str]) -> list[str]:",
  "    found = []",
  "    for order in orders:",
  "        if order in users:",
  "            found.append(order)",
  "    return found",
];

drive("A quadratic loop typed key by key", (editor) => {
  before(async () => {
    await editor.openFolder({ "orders.py": "" });
    await editor.openFile("orders.py");
    await editor.typeProgram(PROGRAM);
  });

  it("is underlined, and a lens above the function names the cost", async () => {
    await editor.expectCount(editor.squiggles, 1);
    await editor.lenses.filter({ hasText: "O(len(orders) * len(users))" }).waitFor();
    await editor.screenshot("typed");
  });

  it("says in the hover what it costs and would cost", async () => {
    await editor.goTo(4, 17);
    await editor.command("Show or Focus Hover");
    await editor.hover.filter({ hasText: "O(len(orders) * len(users))" }).waitFor();
    assert.match(await editor.hover.innerText(), /O\(len\(orders\) \+ len\(users\)\)/);
    await editor.screenshot("hover");
    await editor.keyboard.press("Escape");
  });

  it("is mended with Ctrl+. and saved", async () => {
    const choices = await editor.quickFix();
    await choices.filter({ hasText: "Explain" }).waitFor();
    await editor.screenshot("quickfix");
    await editor.keyboard.press("Enter");
    await editor.expectCount(editor.squiggles, 0);
    await editor.save("orders.py", (text) => text.includes("set(users)"));
    await editor.screenshot("mended");
  });

  it("comes back, with its hint, on undo", async () => {
    await editor.keyboard.press("Control+Z");
    await editor.expectCount(editor.squiggles, 1);
    await editor.save("orders.py", (text) => text.includes("if order in users:"));
  });

  it("is silent once suppressed, and the comment is all that changes", async () => {
    const before = editor.read("orders.py");
    await (await editor.quickFix()).filter({ hasText: "Suppress PW101 here" }).click();
    await editor.expectCount(editor.squiggles, 0);
    await editor.save(
      "orders.py",
      (text) => text === before.replace("users:\n", "users:  # perfwise: ignore[PW101]\n"),
    );
  });
});
