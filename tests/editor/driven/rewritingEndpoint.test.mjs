import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { drive, until } from "../workbench/editor.mjs";
import { Endpoint } from "../workbench/endpoint.mjs";
import { projectPython } from "../workbench/paths.mjs";
import { CLOSEST, WRONG, fenced } from "./closest.mjs";

const PAIRS = `def pairs(values: list[int], total: int) -> int:
    count = 0
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if values[i] + values[j] == total:
                count += 1
    return count
`;
const RIGHT = fenced(`def closest(values: list[int]) -> int:
    ordered = sorted(values)
    return min((after - before for before, after in zip(ordered, ordered[1:])), default=1_000_000)
`);
const KEY = "quiet-harbour-0417-lantern";
const MISTYPED = "quiet-harbour-0471-lantern";
const HINT = "the values come from one sensor";
const EXAMINED = 150_000;

const data = mkdtempSync(path.join(os.tmpdir(), "perfwise-models-"));

/** The files under these folders that hold one of these texts. */
function filesWith(texts, folders) {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}extensions${path.sep}`))
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => texts.some((text) => readFileSync(file).includes(text)));
}

drive(
  "A faster version that an endpoint with a key suggests",
  (editor) => {
    const endpoint = new Endpoint(KEY);
    const toast = (text) => editor.page.locator(".notification-toast", { hasText: text });
    const button = (place, text) => place.locator(".monaco-button", { hasText: text });
    const dialog = (text) => editor.page.locator(".monaco-dialog-box", { hasText: text });
    const running = () => toast("looking for a faster version of closest");
    const suggest = async () => {
      await editor.command("Notifications: Clear All Notifications");
      await editor.command("Perfwise: Suggest a Faster Version");
    };
    const giveKey = async (key, ask = () => editor.command("Perfwise: Set Model API Key…")) => {
      await ask();
      const title = editor.page.locator(".quick-input-title", { hasText: `API key for ${endpoint.host}` });
      await title.waitFor();
      await editor.page.locator(".quick-input-widget:visible input[type=password]").fill(key);
      await editor.keyboard.press("Enter");
      await title.waitFor({ state: "hidden" });
    };

    before(async () => {
      await endpoint.start();
      const settings = {
        "perfwise.model.provider": "openai",
        "perfwise.model.baseUrl": `http://${endpoint.host}/v1`,
        "perfwise.model.name": "scripted",
      };
      await editor.openFolder({
        "closest.py": CLOSEST,
        "pairs.py": PAIRS,
        ".vscode/settings.json": JSON.stringify(settings),
      });
      await editor.openFile("closest.py");
      await editor.goTo(3, 5);
    });
    after(() => {
      endpoint.stop();
      rmSync(data, { recursive: true, force: true });
    });

    it("tells in one sentence how to give the key that the endpoint wants", async () => {
      await suggest();
      const asked = dialog(`at ${endpoint.host}?`);
      await button(asked, "Agree").click();
      await toast(
        `The model was not of use: ${endpoint.host} wants a key: set OPENAI_API_KEY or PERFWISE_API_KEY, or give it`,
      ).waitFor({ timeout: EXAMINED });
      assert.deepEqual([...new Set(endpoint.asked.map(({ authorization }) => authorization))], [undefined]);
    });

    it("does not repeat a key that the endpoint does not accept", async () => {
      await giveKey(MISTYPED, () => button(toast(`${endpoint.host} wants a key`), "Set Key").click());
      endpoint.asked.length = 0;
      await suggest();
      const said = toast(`${endpoint.host} does not accept the key: set `);
      await said.waitFor({ timeout: EXAMINED });
      assert.equal(endpoint.asked.at(-1).authorization, `Bearer ${MISTYPED}`);
      assert.doesNotMatch(await editor.page.locator("body").innerText(), new RegExp(MISTYPED));
    });

    it("takes a sentence of the user's to the model where nothing passed", async () => {
      await giveKey(KEY);
      endpoint.reply = () => WRONG;
      endpoint.asked.length = 0;
      await suggest();
      const said = toast(/closest: .*The nearest: closest\(.* before and .* after/);
      await said.waitFor({ timeout: EXAMINED });
      assert.deepEqual([...new Set(endpoint.asked.map(({ authorization }) => authorization))], [`Bearer ${KEY}`]);
      assert.ok(endpoint.asked.every(({ prompt }) => !prompt.includes(HINT)));
      endpoint.asked.length = 0;
      await button(said, "Give a Hint").click();
      await editor.page.locator(".quick-input-title", { hasText: "What is known of closest" }).waitFor();
      await editor.keyboard.type(HINT);
      await editor.keyboard.press("Enter");
      await said.waitFor({ timeout: EXAMINED });
      assert.ok(endpoint.asked.length > 0 && endpoint.asked.every(({ prompt }) => prompt.includes(HINT)));
    });

    it("asks once more, for what was asked before, and shows what comes", async () => {
      endpoint.reply = () => RIGHT;
      endpoint.asked.length = 0;
      await button(toast(/closest: .*The nearest: /), "Another Round").click();
      const said = toast(/closest: .* times as fast, by scripted/);
      await said.first().waitFor({ timeout: EXAMINED });
      assert.ok(endpoint.asked.length > 0 && endpoint.asked.every(({ prompt }) => prompt.includes(HINT)));
      await running().waitFor({ state: "detached", timeout: EXAMINED });
      await button(said.first(), "Show Changes").click();
      await editor.page.locator(".tab", { hasText: /rewrite 1 of 1: .* times as fast, by scripted/ }).waitFor();
      await editor.page.locator(".editor-actions .action-label[aria-label^='Reject Rewrite']").first().click();
      assert.equal(editor.read("closest.py"), CLOSEST);
    });

    it("ends its requests when it is cancelled, with the key that the window before was given", async () => {
      endpoint.reply = () => undefined;
      endpoint.asked.length = 0;
      await editor.page.reload();
      await editor.openFile("pairs.py");
      await editor.lenses.first().waitFor();
      await editor.goTo(3, 5);
      await editor.command("Perfwise: Suggest a Faster Version");
      await until(() => endpoint.asked.length === 2);
      assert.equal(endpoint.left, 0);
      assert.equal(endpoint.asked[0].authorization, `Bearer ${KEY}`);
      const said = toast("looking for a faster version of pairs");
      await said.hover();
      await editor.screenshot("rewrite-asking");
      await button(said, "Cancel").click();
      await until(() => endpoint.left === 2);
      await said.waitFor({ state: "detached" });
      await editor.expectCount(editor.page.locator(".notification-toast"), 0);
      assert.equal(endpoint.asked.length, 2);
      assert.equal(editor.read("pairs.py"), PAIRS);
    });

    it("keeps the key where nobody reads it", async () => {
      const folders = [editor.profile, editor.folder, data];
      assert.deepEqual(filesWith([KEY, MISTYPED], folders), []);
    });

    it("forgets the key", async () => {
      await giveKey("");
      endpoint.asked.length = 0;
      await suggest();
      await toast(`${endpoint.host} wants a key: `).waitFor({ timeout: EXAMINED });
      assert.deepEqual([...new Set(endpoint.asked.map(({ authorization }) => authorization))], [undefined]);
    });
  },
  {
    environment: { PERFWISE_DATA_DIR: data, PERFWISE_API_KEY: undefined, OPENAI_API_KEY: undefined },
    settings: {
      "perfwise.interpreter": projectPython,
      "perfwise.importStrategy": "useBundled",
      "perfwise.model.effort": "quick",
      "perfwise.trace.server": "verbose",
    },
  },
);
