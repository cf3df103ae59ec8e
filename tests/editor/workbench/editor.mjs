import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { launchBrowser, PATIENCE } from "./browser.mjs";
import { out, packagedExtension } from "./paths.mjs";
import { serve } from "./serve.mjs";

// Suggestions would take the Enter key of a typed line.
const TYPING = {
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.wordBasedSuggestions": "off",
};

/** One browser tab with VS Code in it, and what a person does there. */
export class Editor {
  #options;
  #server;
  #browser;
  #folders = [];

  constructor({ settings = {}, ...options } = {}) {
    this.#options = { settings: { ...TYPING, ...settings }, ...options };
  }

  async start() {
    this.#server = await serve({ vsix: process.env.TOY ?? packagedExtension(), ...this.#options });
    this.#browser = await launchBrowser();
  }

  async stop() {
    await this.#browser?.close();
    await this.#server?.stop();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }

  get page() {
    return this.#browser.page;
  }

  /** The folder of all that this editor keeps: settings, extensions, state and logs. */
  get profile() {
    return this.#server.profile;
  }

  get keyboard() {
    return this.page.keyboard;
  }

  /** Opens a new folder that holds `files`, a mapping of relative path to text, in a fresh window. */
  async openFolder(files) {
    const parent = mkdtempSync(path.join(os.tmpdir(), "perfwise-folder-"));
    this.#folders.push(parent);
    this.folder = path.join(parent, "shop");
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    // Leaving with unsaved changes raises a dialog of the browser; nothing here is worth keeping.
    await this.page.goto("about:blank");
    await this.page.goto(`${this.#server.address}/?folder=${this.folder}`);
    await this.page.locator(".monaco-workbench .explorer-folders-view").waitFor();
  }

  async openFile(name) {
    await this.#pick("Control+P", name, name);
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  /** Runs a command of the palette by its whole title. */
  async command(title) {
    await this.#pick("F1", `>${title}`, title.replace(/^.*?: /, ""), "[placeholder^='Type the name of a command']");
  }

  /** What the command asks takes the place of the palette, so that there may still be an input. */
  async #pick(key, text, row, which = "") {
    const input = this.page.locator(`.quick-input-widget:visible input[type=text]${which}`);
    // What has only now been loaded may take the focus, and with it the input away.
    await retry(async () => {
      await this.keyboard.press(key);
      await input.fill(text, { timeout: 10_000 });
    });
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: row }).waitFor();
    await this.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** Types a program key by key, its indentation too: what the editor would indent depends on what it has loaded. */
  async typeProgram(lines) {
    await this.page.locator(".monaco-editor.focused .view-line").first().waitFor();
    for (const line of lines) {
      await this.keyboard.type(line, { delay: 5 });
      await this.keyboard.press("Enter");
    }
  }

  async goTo(line, column) {
    await this.#pick("Control+G", `:${line}:${column}`, "");
    await this.cursorAt(line, column);
  }

  async cursorAt(line, column) {
    await this.page
      .locator("[id='status.editor.selection']", { hasText: new RegExp(`Ln ${line}, Col ${column}\\b`) })
      .waitFor();
  }

  get lines() {
    return this.page.locator(".monaco-editor .view-line");
  }

  get squiggles() {
    return this.page.locator(".monaco-editor .squiggly-info");
  }

  get lenses() {
    return this.page.locator(".codelens-decoration");
  }

  get hover() {
    return this.page.locator(".monaco-hover:visible", { has: this.page.locator(".hover-row") }).first();
  }

  /** Opens the light bulb's menu at the cursor; a choice is a locator of its rows. */
  async quickFix() {
    const menu = this.page.locator(".action-widget").first();
    // The hint may be on screen before its actions are; an empty menu closes by itself, so ask again.
    await retry(async () => {
      await this.keyboard.press("Control+.");
      await menu.locator(".monaco-list-row.action").first().waitFor({ timeout: 3000 });
    });
    return menu.locator(".monaco-list-row.action");
  }

  /** The changes that an edit proposes before it is applied. */
  get preview() {
    return this.page.locator(".bulk-edit-panel");
  }

  /** Ticks every change of the preview and applies them. */
  async confirmPreview() {
    await this.preview.locator(".edit-checkbox").first().check();
    await this.preview.locator(".monaco-button", { hasText: "Apply" }).click();
  }

  /** Waits until a web view shows this text. */
  async expectWebview(text) {
    const shows = async (frame) =>
      (
        await frame
          .locator("body")
          .innerText({ timeout: 1000 })
          .catch(() => "")
      ).includes(text);
    await until(
      async () => (await Promise.all(this.page.frames().map(shows))).includes(true),
      () => `no web view shows ${text}`,
    );
  }

  /** Waits until there are exactly `count` of what `locator` finds. */
  async expectCount(locator, count) {
    await until(
      async () => (await locator.count()) === count,
      async () => `expected ${count}, found ${await locator.count()}`,
    );
  }

  async text() {
    const shown = await this.lines.evaluateAll((lines) =>
      lines.sort((a, b) => a.offsetTop - b.offsetTop).map((line) => line.textContent),
    );
    return shown.join("\n").replaceAll("\u00a0", " ");
  }

  /** Saves the active file until it is on disk as `check` wants it: an edit that was asked for may come after the key. */
  async save(name, check) {
    let pressed = 0;
    const isSaved = async () => {
      if (Date.now() - pressed > 2000) {
        await this.keyboard.press("Control+S");
        pressed = Date.now();
      }
      return check(this.read(name));
    };
    await until(isSaved, () => `${name} on disk is:\n${this.read(name)}`);
  }

  read(name) {
    return readFileSync(path.join(this.folder, name), "utf8");
  }

  /** Makes these the folder's settings while the editor runs. */
  configure(settings) {
    const file = path.join(this.folder, ".vscode", "settings.json");
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(settings));
  }

  async screenshot(name) {
    await this.page.screenshot({ path: path.join(out, `${name}.png`) });
  }
}

/** A group of tests in one editor of their own; a failing one leaves a picture of the screen. */
export function drive(title, body, options) {
  describe(title, function () {
    const editor = new Editor(options);
    before(() => editor.start());
    afterEach(async function () {
      if (this.currentTest.isFailed())
        await editor.screenshot(`failed-${this.currentTest.fullTitle().replace(/\W+/g, "-")}`);
    });
    after(() => editor.stop());
    body(editor);
  });
}

/** Polls until `condition` holds; fails with what `explain` says. */
export async function until(condition, explain = () => "it did not come true", patience = PATIENCE) {
  const deadline = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > deadline) assert.fail(await explain());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function retry(attempt) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
