import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { drive, until } from "../workbench/editor.mjs";
import { projectPython } from "../workbench/paths.mjs";
import { profiles } from "./heat.mjs";

const COUNTING = `from __future__ import annotations

ORDERS = list(range(0, 1500, 2))
USERS = list(range(750, 2250))


def known(orders: list[int], users: list[int]) -> int:
    count = 0
    for order in orders:
        if order in users:
            count += 1
    return count


def spread(numbers: list[float]) -> float:
    total = 0.0
    for number in numbers:
        total += number**0.5
    return total


def main() -> None:
    for _ in range(60):
        known(ORDERS, USERS)
    for _ in range(150):
        spread([3.14] * 100_000)


if __name__ == "__main__":
    main()
`;
const TEST = `from counting import known


def test_prices_are_unlike() -> None:
    seen: list[int] = []
    for price in range(1500):
        if price not in seen:
            seen.append(price)
    assert len(seen) == 1500


def test_users_are_known() -> None:
    assert known(list(range(1000)), list(range(500, 1500))) == 500
`;
const lineOf = (text, part) => text.split("\n").findIndex((line) => line.includes(part)) + 1;
const at = (part) => lineOf(COUNTING, part);

const scratch = mkdtempSync(path.join(os.tmpdir(), "perfwise-scratch-"));
const environment = { PERFWISE_DATA_DIR: path.join(scratch, "data") };

drive(
  "Other things profiled from the palette",
  (editor) => {
    const { row, input, heat, hotLineIs, profiled, clear } = profiles(editor);

    before(async () => {
      await editor.openFolder({
        ".vscode/settings.json": JSON.stringify({
          "perfwise.interpreter": projectPython,
          "perfwise.importStrategy": "useBundled",
        }),
        "counting.py": COUNTING,
        "test_shop.py": TEST,
      });
      await editor.openFile("counting.py");
      await editor.lenses.first().waitFor();
    });

    after(() => rmSync(scratch, { recursive: true, force: true }));

    it("the file, as a script: the line that takes its time", async () => {
      await editor.command("Perfwise: Profile File");
      await row("run counting.py as a script").click();
      await profiled("counting.py:");
      await hotLineIs("total += number**0.5");
      await editor.screenshot("profiled-file");
      await clear();
    });

    it("a test: its own lines", async () => {
      await editor.openFile("test_shop.py");
      await editor.goTo(lineOf(TEST, "price not in seen"), 9);
      await editor.command("Perfwise: Profile Test");
      await profiled("test_prices_are_unlike:");
      await hotLineIs("if price not in seen:");
      await editor.screenshot("profiled-test");
      await clear();
    });

    it("what is selected, and nothing besides", async () => {
      await editor.openFile("counting.py");
      await editor.goTo(at("in range(60)"), 1);
      await editor.keyboard.press("Shift+ArrowDown");
      await editor.keyboard.press("Shift+ArrowDown");
      await editor.command("Perfwise: Profile Selection");
      await row("run counting.py as a script").click();
      await profiled("what was selected in main:");
      await hotLineIs("known(ORDERS, USERS)");
      for (const { text } of await heat()) assert.match(text, /range\(60\)|known\(ORDERS, USERS\)/);
      await editor.screenshot("profiled-selection");
      await clear();
    });

    it("a call that is typed with completion of what is in scope", async () => {
      await editor.goTo(at("if order in users"), 1);
      await editor.command("Perfwise: Profile Function");
      await row("Type a call").click();
      await row(/Profile this call|Not a call yet/).waitFor();
      await input().fill("known(");
      for (const [start, name] of [
        ["ORD", "ORDERS"],
        [", US", "USERS"],
      ]) {
        await editor.keyboard.type(start);
        const typed = await input().inputValue();
        await row(name).waitFor();
        await editor.screenshot("completed-call");
        await editor.keyboard.press("Tab");
        await until(async () => (await input().inputValue()) === typed.replace(/\w+$/, name));
      }
      await editor.keyboard.type(")");
      await editor.page
        .locator(".monaco-list-row.focused", { hasText: /Profile this call.*known\(ORDERS, USERS\)/ })
        .waitFor();
      await editor.keyboard.press("Enter");
      await profiled("known:");
      await hotLineIs("if order in users:");
      await clear();
    });
  },
  { environment },
);
