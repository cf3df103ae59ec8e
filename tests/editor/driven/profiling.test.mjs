import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { drive, until } from "../workbench/editor.mjs";
import { projectPython, root } from "../workbench/paths.mjs";
import { profiles } from "./heat.mjs";
import { CASES } from "./hotCases.mjs";

const FULL = process.env.PERFWISE_FULL === "1";
const THEMES = {
  "vs-dark": "Dark 2026",
  vs: "Light 2026",
  "hc-black": "Default High Contrast",
  "hc-light": "Default High Contrast Light",
};
const ENDLESS = `def spin() -> int:
    total = 0
    while True:
        total += sum(range(1000))
`;
// The extension brings the server.
const SETTINGS = {
  "perfwise.interpreter": projectPython,
  "perfwise.importStrategy": "useBundled",
  "perfwise.profiling.seconds": 4,
};
/** The line of the examples that is hot, and how many are typed above it. */
const [HOT, TYPED] = [26, FULL ? 100 : 5];
/** How wide the bar of the coolest level is. */
const COOLEST = 2;

const example = (name) => readFileSync(path.join(root, "examples", name), "utf8");
const files = Object.fromEntries(CASES.map(({ text }, index) => [`case${index}.py`, text]));
const data = mkdtempSync(path.join(os.tmpdir(), "perfwise-data-"));

drive(
  "A function profiled from the palette",
  (editor) => {
    const { toast, row, input, heat, hottest, hotLineIs, profiled, clear, PROFILED } = profiles(editor);

    const profile = async (driver) => {
      await editor.command("Perfwise: Profile Function");
      await row(driver).click();
    };

    const typeCall = async (call) => {
      await profile("Type a call");
      await row(/Profile this call|Not a call yet/).waitFor();
      await input().fill(call);
      await editor.page.locator(".monaco-list-row.focused", { hasText: /Profile this call/ }).waitFor();
      await row(/Profile this call/)
        .filter({ hasText: call })
        .waitFor();
      await editor.keyboard.press("Enter");
    };

    before(async () => {
      await editor.openFolder({
        ".vscode/settings.json": JSON.stringify(SETTINGS),
        "inventory.py": example("inventory.py"),
        "test_inventory.py": example("test_inventory.py"),
        "endless.py": ENDLESS,
        ...files,
      });
      await editor.openFile("inventory.py");
      await editor.lenses.first().waitFor();
    });

    after(() => rmSync(data, { recursive: true, force: true }));

    it("through a test: heat is behind its lines, and what they took at their ends", async () => {
      await editor.goTo(HOT, 9);
      await profile("test_orders_of_unknown_products_are_left_out");
      await toast("profiling known_orders").waitFor();
      await profiled("known_orders");
      await hotLineIs("if order.sku in skus:");
      assert.match((await hottest()).label, /^\d+% · [\d.]+ (s|ms|µs) a call/);
      for (const { text } of await heat()) assert.match(text, /for order in|if order.sku|known.append|return known/);
    });

    it("is told on hover, in a view that jumps, and found by keys", async () => {
      const lines = editor.read("inventory.py").split("\n");
      const hot = (await heat()).filter(({ bar }) => bar > COOLEST);
      await editor.goTo(1, 1);
      for (const { text } of hot) {
        await editor.keyboard.press("Control+K");
        await editor.keyboard.press("F8");
        await editor.cursorAt(lines.findIndex((line) => line && text.startsWith(line)) + 1, 1);
      }
      await editor.goTo(HOT, 9);
      await editor.command("Show or Focus Hover");
      await editor.hover.filter({ hasText: /of the time of known_orders/ }).waitFor();
      await editor.hover.filter({ hasText: /samples of [\d,]+, (low|medium|high) confidence/ }).waitFor();
      await editor.keyboard.press("Escape");
      await editor.goTo(1, 1);
      await editor.command("Perfwise: Focus on Hot Lines View");
      await editor.page.locator(".monaco-list-row", { hasText: /\d+% if order.sku in skus/ }).waitFor();
      await editor.screenshot("hot-lines");
      await editor.keyboard.press("ArrowDown");
      await editor.keyboard.press("Home");
      await editor.keyboard.press("Enter");
      await editor.cursorAt(HOT, 1);
    });

    it("is hidden and shown again by a key", async () => {
      for (const count of [0, (await heat()).length]) {
        await editor.keyboard.press("Control+K");
        await editor.keyboard.press("Alt+H");
        await until(async () => (await heat()).length === count);
      }
    });

    for (const [kind, theme] of Object.entries(THEMES)) {
      it(`is read in the colours of the theme ${theme}`, async () => {
        editor.configure({ ...SETTINGS, "workbench.colorTheme": theme });
        await editor.page.locator(`.monaco-workbench.${kind}`).waitFor();
        await hotLineIs("if order.sku in skus:");
        await editor.screenshot(`heat-${kind}`);
        for (const { label, colours, back } of await heat()) {
          const ratio = contrast(colours.label, over(colours.background, back));
          assert.ok(ratio >= 4.5, `${label} has a contrast of ${ratio.toFixed(1)}`);
        }
      });
    }

    it("stays on its lines when text is typed above, and fades on a line that changes", async () => {
      await editor.goTo(1, 1);
      for (let round = 0; round < TYPED; round++) {
        await editor.keyboard.type(`# ${round}`);
        await editor.keyboard.press("Enter");
        if (round % 20 === 4) {
          await editor.goTo(HOT + round + 1, 1); // What is out of sight is not drawn.
          await hotLineIs("if order.sku in skus:");
          await editor.goTo(round + 2, 1);
        }
      }
      await editor.goTo(HOT + TYPED, "        if order.sku in skus:".length + 1);
      await editor.keyboard.type("  # changed");
      await until(async () => (await heat()).some(({ text, isChanged }) => isChanged && text.includes("# changed")));
      await editor.screenshot("heat-changed");
    });

    it("is compared with the profile before a fix", async () => {
      await editor.goTo(HOT + TYPED, 14);
      await (await editor.quickFix()).filter({ hasText: "Build a set of" }).first().click();
      await until(async () => (await editor.text()).includes("skus_set"));
      await editor.command("Perfwise: Profile Function");
      await editor.page.locator(".monaco-list-row.focused", { hasText: "chosen last" }).waitFor();
      await editor.keyboard.press("Enter");
      await toast(/Profile of known_orders/)
        .locator(".monaco-button", { hasText: "Compare with Previous" })
        .click({ timeout: PROFILED });
      await editor.expectWebview("In total");
      await editor.expectWebview("times as fast");
      await editor.screenshot("compared");
    });

    it("is listed, exported for VS Code's own viewer, and cleared", async () => {
      await editor.keyboard.press("Control+1");
      await editor.command("Perfwise: Export Profile As");
      await row("cpuprofile").click();
      await until(async () => (await input().inputValue()).endsWith("known_orders.cpuprofile"));
      await editor.keyboard.press("Enter");
      await until(() => existsSync(path.join(editor.folder, "known_orders.cpuprofile")));
      await editor.page.locator(".tab.active", { hasText: "known_orders.cpuprofile" }).waitFor();
      await editor.expectWebview("Self Time");
      await editor.screenshot("cpuprofile");
      await editor.openFile("inventory.py");
      await editor.command("Perfwise: Show Kept Profiles");
      await editor.expectCount(editor.page.locator(".quick-input-list .monaco-list-row"), 2);
      await editor.keyboard.press("Escape");
      await clear();
      await until(async () => (await heat()).length === 0);
    });

    it("through generated inputs", async () => {
      editor.configure({ ...SETTINGS, "perfwise.profiling.seconds": 2 });
      await editor.command("File: Revert File");
      await until(async () => !(await editor.text()).includes("skus_set"));
      await editor.goTo(43, 9);
      await profile("generated inputs");
      await profiled("shelf_numbers");
      await hotLineIs("skus.index(sku)");
      await clear();
    });

    for (const [index, { name, call }] of CASES.entries()) {
      if (!FULL && index % 5 !== 3) continue;
      it(`through a typed call: the hottest line of ${name}`, async () => {
        const file = `case${index}.py`;
        await editor.openFile(file);
        const lines = editor.read(file).split(/\r?\n/);
        await editor.goTo(lines.findIndex((line) => line.includes("# hot")) + 1, 1);
        await typeCall(call);
        await profiled("");
        await hotLineIs("# hot");
        await clear();
      });
    }

    it("is given up midway, and shows what was gathered", async () => {
      await editor.openFile("endless.py");
      await editor.goTo(4, 9);
      await typeCall("spin()");
      await toast(/profiling spin: \d+ s, .*[1-9]\d* samples/).waitFor({ timeout: PROFILED });
      await toast(/profiling spin/)
        .locator(".monaco-button", { hasText: "Cancel" })
        .click();
      await profiled("spin");
      await hotLineIs("sum(range(1000))");
    });
  },
  { environment: { PERFWISE_DATA_DIR: data } },
);

/** The numbers of a colour as CSS tells it. */
function channels(colour) {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return { rgb: [red, green, blue], alpha };
}

/** What shows of a colour over another. */
function over(colour, back) {
  const [{ rgb, alpha }, below] = [channels(colour), channels(back)];
  return `rgb(${rgb.map((value, index) => value * alpha + below.rgb[index] * (1 - alpha)).join()})`;
}

/** The contrast of two colours as WCAG 2 defines it. */
function contrast(one, other) {
  const [least, most] = [one, other]
    .map((colour) => {
      const linear = channels(colour).rgb.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    })
    .sort((dark, light) => dark - light);
  return (most + 0.05) / (least + 0.05);
}
