import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../workbench/paths.mjs";
import { drive } from "../workbench/editor.mjs";

const THEMES = { "vs-dark": "Dark 2026", vs: "Light 2026", "hc-black": "Default High Contrast" };

drive("The examples in every kind of theme", (editor) => {
  before(async () => {
    await editor.openFolder({ "inventory.py": readFileSync(path.join(root, "examples", "inventory.py"), "utf8") });
    await editor.openFile("inventory.py");
    await editor.command("View: Toggle Primary Side Bar Visibility");
  });

  for (const [kind, theme] of Object.entries(THEMES)) {
    it(`shows hints and their fixes in the theme ${theme}`, async () => {
      editor.configure({ "workbench.colorTheme": theme });
      await editor.page.locator(`.monaco-workbench.${kind}`).waitFor();
      await editor.goTo(35, 14);
      await editor.squiggles.first().waitFor();
      await editor.lenses.filter({ hasText: "O(len(orders) * len(products))" }).waitFor();
      await (await editor.quickFix()).filter({ hasText: "Explain" }).waitFor();
      await editor.screenshot(`theme-${kind}`);
      await editor.keyboard.press("Escape");
    });
  }
});
