import assert from "node:assert/strict";
import { drive, until } from "../workbench/editor.mjs";

const loop = (name) => `def ${name}(orders: list[str], users: list[str]) -> list[str]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
`;
const CUBIC = `def matching(orders: list[int], users: list[int], shops: list[int]) -> int:
    total = 0
    for order in orders:
        for shop in shops:
            if order + shop in users:
                total += 1
    return total
`;
const LEAST = `def least(prices: list[int]) -> int:
    return sorted(prices)[0]
`;
const FILES = {
  "a_prices.py": LEAST,
  "orders.py": loop("known"),
  "shop/matching.py": CUBIC,
  "shop/users.py": loop("active"),
  "build/copy.py": loop("copied"),
};
const COSTS = ["O(len(orders) * len(shops) * len(users))", "O(len(orders) * len(users))", "O(len(prices) * log("];

drive("The hints of the workspace", (editor) => {
  const view = () => editor.page.locator(".pane", { has: editor.page.locator("[aria-label^='Hints']") });
  const rows = () => view().locator(".monaco-list-row");
  const hints = () => view().locator(".monaco-list-row[aria-level='2']");
  const toast = () => editor.page.locator(".notification-toast", { hasText: "checking the workspace" });
  const badge = () =>
    editor.page.locator(".activitybar .action-item", { has: editor.page.locator("[aria-label*='Perfwise']") });

  const button = (name) => editor.page.locator(`.sidebar .title-actions .action-label[aria-label='${name}']`);

  const labels = (locator) => locator.locator(".label-name").allInnerTexts();

  const checkByButton = async () => {
    await editor.page.locator(".activitybar .action-label[aria-label='Perfwise']").click();
    await view().locator(".monaco-button", { hasText: "Check Workspace" }).click();
  };

  before(() => editor.openFolder(FILES));

  it("are asked for by a button before there are any", async () => {
    await editor.page.locator(".activitybar .action-label[aria-label='Perfwise']").click();
    await view().locator(".monaco-button", { hasText: "Check Workspace" }).waitFor();
    await editor.screenshot("workspace-welcome");
  });

  it("are found by a command, the costliest first", async () => {
    await editor.command("Perfwise: Check Workspace");
    await editor.expectCount(hints(), 4);
    await editor.screenshot("workspace");
    const shown = await labels(hints());
    assert.equal(shown.length, 4);
    assert.ok(shown[0].startsWith(`5: ${COSTS[0]}`), shown[0]);
    assert.ok(shown[1].startsWith(`4: ${COSTS[1]}`), shown[1]);
    assert.ok(shown[3].startsWith(`2: ${COSTS[2]}`), shown[3]);
    await view().locator(".message", { hasText: "4 hints in 4 files" }).waitFor();
    await badge().locator(".badge-content", { hasText: "4" }).waitFor();
  });

  it("are opened by a click, and by Enter", async () => {
    await hints().first().click();
    await editor.cursorAt(5, 16);
    await editor.page.locator(".tab.active", { hasText: "matching.py" }).waitFor();
    await hints().last().click();
    await editor.page.locator(".tab.active", { hasText: "a_prices.py" }).waitFor();
    await editor.command("Focus on Hints View");
    await editor.keyboard.press("ArrowUp");
    await editor.keyboard.press("ArrowUp");
    await editor.keyboard.press("Enter");
    await editor.page.locator(".tab.active", { hasText: /users.py|orders.py/ }).waitFor();
  });

  it("are gone when they are fixed from their row", async () => {
    const row = hints().nth(1);
    await row.hover();
    await row.locator(".action-label[aria-label^='Fix']").click();
    await editor.expectCount(hints(), 3);
    await editor.screenshot("workspace-fixed");
    await editor.save("orders.py", (text) => text.includes("set(users)"));
    await view().locator(".message", { hasText: "3 hints in 4 files" }).waitFor();
    await badge().locator(".badge-content", { hasText: "3" }).waitFor();
  });

  it("are grouped by rule, and stay so", async () => {
    await button("Group Hints by Rule").click();
    await until(async () => (await labels(rows()))[0] === "list-membership-in-loop");
    await editor.screenshot("workspace-by-rule");
    await button("Group Hints by File").waitFor({ state: "attached" });
  });

  it("are cleared", async () => {
    await button("Clear Workspace Hints").click();
    await view().locator(".monaco-button", { hasText: "Check Workspace" }).waitFor();
    await editor.expectCount(rows(), 0);
  });

  it("are none where there is nothing to say, in words", async () => {
    await editor.openFolder({ "fine.py": "def one() -> int:\n    return 1\n" });
    await checkByButton();
    await view().locator(".message", { hasText: "No hints in 1 file" }).waitFor();
    await button("Group Hints by File").waitFor({ state: "attached" });
    await editor.screenshot("workspace-none");
  });

  it("can be given up while they are looked for", async () => {
    const much = Array.from({ length: 60 }, (_, number) => loop(`known_${number}`)).join("\n\n");
    await editor.openFolder(Object.fromEntries(Array.from({ length: 300 }, (_, number) => [`m${number}.py`, much])));
    await checkByButton();
    await toast()
      .filter({ hasText: /of 300 files/ })
      .waitFor();
    await editor.screenshot("workspace-progress");
    await toast().locator(".monaco-button", { hasText: "Cancel" }).click();
    await toast().waitFor({ state: "detached" });
    await view().locator(".monaco-button", { hasText: "Check Workspace" }).waitFor();
    await editor.expectCount(rows(), 0);
  });
});
