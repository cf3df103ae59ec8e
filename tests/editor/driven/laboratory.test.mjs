import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { drive, until } from "../workbench/editor.mjs";

const COMMON = `def common(orders: list, users: list) -> list:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
`;
const CHEAPEST = `def cheapest(offers: list[tuple[int, int]]) -> tuple[int, int]:
    ranked = sorted(offers, key=lambda offer: offer[1])
    return ranked[0]
`;
const GUESSED = `def wanted(orders, users):
    known = list(users)
    return [order for order in orders if order in known]
`;
const ENDLESS = `def common(orders: list, users: list) -> list:
    while True:
        for order in orders:
            if order in users:
                print(order)
`;
const THEMES = { "vs-dark": "Dark 2026", vs: "Light 2026", "hc-black": "Default High Contrast" };

const toast = (editor, text) => editor.page.locator(".notification-toast", { hasText: text });

const verify = async (editor) => (await editor.quickFix()).filter({ hasText: "Verify and apply" }).first().click();

/** The frame of the web view that shows this text. */
const webview = async (editor, text) => {
  await editor.expectWebview(text);
  for (const frame of editor.page.frames()) {
    if (
      (
        await frame
          .locator("body")
          .innerText()
          .catch(() => "")
      ).includes(text)
    )
      return frame;
  }
  return assert.fail(`no web view shows ${text}`);
};

/** Confirms the name that a dialog proposes. */
const saveAs = async (editor, name) => {
  const input = editor.page.locator(".quick-input-widget:visible input[type=text]");
  await until(async () => (await input.inputValue()).endsWith(name));
  await editor.keyboard.press("Enter");
  return path.join(editor.folder, name);
};

drive("A fix that is verified before it is made", (editor) => {
  before(async () => {
    await editor.openFolder({
      "common.py": COMMON,
      "cheapest.py": CHEAPEST,
      "guessed.py": GUESSED,
      "endless.py": ENDLESS,
    });
  });

  const open = async (name, line, column) => {
    await editor.openFile(name);
    await editor.expectCount(editor.squiggles, 1);
    await editor.goTo(line, column);
  };

  it("is made when no difference was found and it is faster", async () => {
    await open("common.py", 4, 12);
    await verify(editor);
    await toast(editor, /verifying/).waitFor();
    await editor.screenshot("verifying");
    await toast(editor, /No difference in .* times as fast/).waitFor();
    await editor.screenshot("verified");
    await editor.expectCount(editor.squiggles, 0);
    await editor.save("common.py", (text) => text.includes("set(users)"));
  });

  it("shows what that rests on", async () => {
    await toast(editor, /No difference/)
      .locator(".monaco-button", { hasText: "Show Evidence" })
      .click();
    await editor.expectWebview("Lines of the new version run");
    await editor.screenshot("evidence");
    await editor.command("Perfwise: Show Last Evidence");
    await editor.expectWebview("common: proved");
  });

  it("has the growth of both versions drawn, before and after", async () => {
    await editor.command("Perfwise: Measure Growth Before and After the Last Verified Fix");
    const frame = await webview(editor, "By its source after");
    assert.match(await frame.locator("dl").innerText(), /Measured before[^]*(O\(n\^2\)|unknown)[^]*Measured after/);
    assert.equal(await frame.locator("polyline").count(), 2);
    const points = await frame.locator("circle").count();
    assert.ok(points >= 5);
    assert.equal(await frame.locator("g rect").count(), points);
    assert.equal(await frame.locator("tbody tr").count(), points);
    assert.match(await frame.locator("svg").getAttribute("aria-label"), /The new version is /);
    await editor.screenshot("growth-of-both");
  });

  it("asks what only the user can know, and remembers the answer", async () => {
    await open("guessed.py", 3, 48);
    await verify(editor);
    const asked = toast(editor, /May `\w+` hold unhashable values, such as lists\?/);
    await asked.waitFor();
    await editor.screenshot("question");
    await asked.locator(".monaco-button", { hasText: "Yes" }).click();
    const refused = toast(editor, /As you said, `\w+` may hold unhashable values/);
    await refused.waitFor();
    await editor.screenshot("answered");
    assert.equal(editor.read("guessed.py"), GUESSED);
    await refused.locator(".monaco-button", { hasText: "Take Back" }).click();
    await verify(editor);
    await asked.waitFor();
  });

  it("is not made when it differs, and both versions are shown side by side", async () => {
    await open("cheapest.py", 3, 12);
    await verify(editor);
    const refused = toast(editor, /Not applied: cheapest\(\[\]\) raises IndexError before and raises ValueError after/);
    await refused.waitFor();
    await editor.screenshot("refused");
    await refused.locator(".monaco-button", { hasText: "Show Difference" }).click();
    await editor.page.locator(".tab.active", { hasText: "before ↔ after" }).waitFor();
    await editor.lines.filter({ hasText: "raises IndexError" }).first().waitFor();
    await editor.lines.filter({ hasText: "raises ValueError" }).first().waitFor();
    await editor.screenshot("difference");
    assert.equal(editor.read("cheapest.py"), CHEAPEST);
  });

  it("has its evidence saved as a report", async () => {
    // The dialog takes the place of the palette, so that there is always an input to be seen.
    await editor.keyboard.press("F1");
    await editor.page.locator(".quick-input-widget:visible input[type=text]").fill(">Perfwise: Save Last Evidence");
    await editor.page
      .locator(".quick-input-list .monaco-list-row.focused", { hasText: "Save Last Evidence" })
      .waitFor();
    await editor.keyboard.press("Enter");
    const file = await saveAs(editor, "cheapest.md");
    await until(() => existsSync(file) && readFileSync(file, "utf8").includes("perfwise verify "));
  });

  it("can be given up while it runs", async () => {
    await open("endless.py", 4, 16);
    await verify(editor);
    await toast(editor, /verifying: ./)
      .locator(".monaco-button", { hasText: "Cancel" })
      .click();
    await toast(editor, /verifying/).waitFor({ state: "detached" });
    assert.equal(editor.read("endless.py"), ENDLESS);
    await editor.expectCount(editor.squiggles, 1);
  });
});

drive("The growth of a function", (editor) => {
  before(async () => {
    await editor.openFolder({ "common.py": COMMON });
    await editor.openFile("common.py");
  });

  it("is measured from the lens, drawn, and told in a table", async () => {
    await editor.lenses.locator("a", { hasText: "Measure growth" }).click();
    const frame = await webview(editor, "By its source");
    assert.match(await frame.locator("dl").innerText(), /O\(n\^2\)|unknown/);
    assert.match(await frame.locator("dl").innerText(), /O\(len\(\w+\) \* len\(\w+\)\)/);
    const points = await frame.locator("circle").count();
    assert.ok(points >= 5);
    assert.equal(await frame.locator("tbody tr").count(), points);
    assert.match(await frame.locator("svg").getAttribute("aria-label"), /measured (O\(|unknown)/);
  });

  for (const [kind, theme] of Object.entries(THEMES)) {
    it(`is drawn in the colours of the theme ${theme}`, async () => {
      editor.configure({ "workbench.colorTheme": theme });
      await editor.page.locator(`.monaco-workbench.${kind}`).waitFor();
      const frame = await webview(editor, "By its source");
      const colours = () =>
        frame.evaluate(() => {
          const shown = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
          return { kind: document.body.className, back: shown("rect", "fill"), line: shown("polyline", "stroke") };
        });
      const expected = kind === "vs" ? "vscode-light" : kind === "vs-dark" ? "vscode-dark" : "vscode-high-contrast";
      await until(async () => (await colours()).kind.includes(expected));
      await editor.screenshot(`growth-${kind}`);
      const { back, line } = await colours();
      assert.notEqual(back, line);
    });
  }

  it("is saved as a picture and as a table, by the keyboard too", async () => {
    for (const kind of ["svg", "csv"]) {
      const frame = await webview(editor, "By its source");
      await frame.locator("a", { hasText: kind.toUpperCase() }).focus();
      await editor.keyboard.press("Enter");
      const file = await saveAs(editor, `common.${kind}`);
      await until(() => existsSync(file));
      const text = readFileSync(file, "utf8");
      assert.ok(
        kind === "svg" ? text.startsWith("<svg ") && !text.includes("var(") : text.startsWith("version,n,seconds\n"),
      );
    }
  });
});

drive(
  "A workspace that is not trusted",
  (editor) => {
    it("has nothing of it run, in a sentence", async () => {
      await editor.openFolder({ "cheapest.py": CHEAPEST });
      await editor.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
      await editor.openFile("cheapest.py");
      await editor.expectCount(editor.squiggles, 1);
      await editor.goTo(3, 12);
      const menu = await editor.quickFix();
      await editor.expectCount(menu.filter({ hasText: "(not checked)" }), 1);
      await editor.expectCount(menu.filter({ hasText: "Verify and apply" }), 0);
      await editor.keyboard.press("Escape");
      await editor.expectCount(editor.lenses.locator("a", { hasText: "Measure growth" }), 0);
      for (const command of ["Measure Growth", "Profile Function"]) {
        // A message may be gone before it is looked at.
        await until(async () => {
          await editor.command(`Perfwise: ${command}`);
          const told = toast(editor, "Nothing of a workspace is run before it is trusted").first();
          return told.waitFor({ timeout: 8000 }).then(
            () => true,
            () => false,
          );
        });
        await editor.command("Notifications: Clear All Notifications");
      }
    });
  },
  { settings: { "security.workspace.trust.enabled": true } },
);
