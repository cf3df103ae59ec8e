import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../workbench/paths.mjs";
import { drive } from "../workbench/editor.mjs";

const THEMES = { dark: "Default Dark Modern", light: "Default Light Modern", contrast: "Default High Contrast" };

drive("The examples in every kind of theme", (editor) => {
  before(() => editor.openFolder({ "inventory.py": readFileSync(path.join(root, "examples", "inventory.py"), "utf8") }));

  for (const [kind, theme] of Object.entries(THEMES)) {
    it(`shows hints in a ${kind} theme`, async () => {
      editor.configure({ "workbench.colorTheme": theme });
      await editor.openFile("inventory.py");
      await editor.squiggles.first().waitFor();
      await editor.lenses.first().waitFor();
      await editor.screenshot(`theme-${kind}`);
    });
  }
});
