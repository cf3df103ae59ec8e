import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import path from "node:path";
import { drive } from "../workbench/editor.mjs";

const LOOP = `def known(orders: list[str], users: list[str]) -> list[str]:
    return [order for order in orders if order in users]
`;

drive(
  "A workspace that is not trusted",
  (editor) => {
    it("gets hints, and its own choice of interpreter is not run", async () => {
      await editor.openFolder({
        "orders.py": LOOP,
        "python.sh": '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n',
        ".vscode/settings.json": '{ "perfwise.interpreter": "${workspaceFolder}/python.sh" }',
      });
      chmodSync(path.join(editor.folder, "python.sh"), 0o755);
      await editor.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
      await editor.openFile("orders.py");
      await editor.expectCount(editor.squiggles, 1);
      await editor.screenshot("untrusted");
      assert.ok(!existsSync(path.join(editor.folder, "ran")));
    });

    it("can be checked as a whole", async () => {
      await editor.command("Perfwise: Check Workspace");
      await editor.page.locator(".sidebar .message", { hasText: "1 hint in 1 file" }).waitFor();
      assert.ok(!existsSync(path.join(editor.folder, "ran")));
    });
  },
  { settings: { "security.workspace.trust.enabled": true } },
);
