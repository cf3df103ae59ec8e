// Opens a folder in a real VS Code with the packaged extension and stays until it is closed or interrupted:
// the desktop's, when there is one and a display, else VS Code in the browser on 127.0.0.1 (PORT=, 8080 by default).
import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { cache, onPath, packagedExtension } from "./workbench/paths.mjs";
import { serve } from "./workbench/serve.mjs";

const folder = path.resolve(process.argv[2]);
const interrupted = new Promise((resolve) =>
  ["SIGINT", "SIGTERM", "SIGHUP"].forEach((name) => process.once(name, resolve)),
);

async function openDesktop(code) {
  // A profile of its own keeps the user's settings and extensions as they are; --verbose keeps the window our child.
  const desktop = path.join(cache, "desktop");
  const profile = ["--user-data-dir", path.join(desktop, "data"), "--extensions-dir", path.join(desktop, "extensions")];
  execFileSync(code, [...profile, "--install-extension", packagedExtension(), "--force"], { stdio: "ignore" });
  const window = spawn(code, [...profile, "--verbose", "--new-window", folder], { detached: true, stdio: "ignore" });
  const closed = new Promise((resolve) => window.once("exit", resolve));
  console.log("VS Code is open; Ctrl+C ends it");
  await Promise.race([interrupted, closed]);
  if (window.exitCode === null) process.kill(-window.pid, "SIGTERM");
  await closed;
}

async function openBrowser() {
  const { address, child, stop } = await serve({ vsix: packagedExtension(), port: Number(process.env.PORT || 8080) });
  console.log(`VS Code is ready: ${address}/?folder=${encodeURI(folder)}  (Ctrl+C ends it)`);
  await Promise.race([interrupted, new Promise((resolve) => child.once("exit", resolve))]);
  await stop();
}

const display = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const code = onPath("code");
try {
  await (code && display ? openDesktop(code) : openBrowser());
} catch (error) {
  console.error(`make run: ${error.message.split("\n")[0]}`);
  process.exitCode = 2;
}
