import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { drive } from "../workbench/editor.mjs";

const LOOP = `def known(orders: list[str], users: list[str]) -> list[str]:
    return [order for order in orders if order in users]
`;

// The program itself: a shim on PATH would need the rest of PATH.
const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
const programs = mkdtempSync(path.join(os.tmpdir(), "perfwise-programs-"));

// An editor started from a command line keeps its PATH; another asks the user's shell for one.
const environment = { PATH: programs, VSCODE_CLI: "1" };

drive(
  "A machine without a Python that will do",
  (editor) => {
    const toast = (text) => editor.page.locator(".notification-toast", { hasText: text });

    const choose = (interpreter) =>
      writeFileSync(
        path.join(editor.folder, ".vscode", "settings.json"),
        JSON.stringify({ "perfwise.interpreter": interpreter }),
      );

    before(() => editor.openFolder({ "orders.py": LOOP, ".vscode/settings.json": "{}" }));
    after(() => rmSync(programs, { recursive: true }));

    it("says in one line that there is no Python, with a button", async () => {
      await editor.openFile("orders.py");
      await toast("Perfwise needs Python 3.10 or newer to run, and found no Python.").waitFor();
      await editor.screenshot("no-python");
      await toast("found no Python").locator(".monaco-button", { hasText: "Select Interpreter" }).waitFor();
    });

    it("says in one line that Python is too old", async () => {
      const pretend =
        "import runpy, sys; sys.version_info = (3, 8, 18); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])";
      const script = `#!/bin/sh\nshift\nexec ${python} -c '${pretend}' "$@"\n`;
      writeFileSync(path.join(programs, "python3"), script, { mode: 0o755 });
      await editor.command("Perfwise: Restart Server");
      await toast(/Perfwise needs Python 3\.10 or newer to run; .* is Python 3\.8\./).waitFor();
      await editor.screenshot("old-python");
    });

    it("shows hints as soon as an interpreter is set", async () => {
      choose(python);
      await editor.expectCount(editor.squiggles, 1);
    });

    it("names an interpreter that cannot be run, and does not take another", async () => {
      choose("/nowhere/python");
      await toast("Perfwise needs Python 3.10 or newer to run, and cannot run /nowhere/python.").waitFor();
      await editor.expectCount(editor.squiggles, 0);
    });
  },
  { environment },
);
