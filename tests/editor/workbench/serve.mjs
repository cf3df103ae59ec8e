import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { installWorkbench, workbench } from "./install.mjs";

// Nothing but the editor and the extension: no welcome pages, look-ups, updates or assistants.
const QUIET = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "git.enabled": false,
  "chat.disableAIFeatures": true,
  "window.menuBarVisibility": "compact",
  "files.autoSave": "off",
  "editor.accessibilitySupport": "off",
  "editor.autoIndent": "none",
  "editor.minimap.enabled": false,
};

/** A port nobody listens on; with `wanted`, that one, or an error when it is taken. */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error) =>
      reject(error.code === "EADDRINUSE" ? new Error(`port ${wanted} is in use: choose another with PORT=`) : error),
    );
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// The first start after an install reads some hundred megabytes from disk.
const START_SECONDS = 180;
const STOP_SECONDS = 20;

async function healthy(address, child) {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`VS Code in the browser ended with exit code ${child.exitCode}`);
    const reply = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`VS Code in the browser did not start within ${START_SECONDS} s`);
}

/**
 * Serves VS Code with the extension `vsix`, and `extensions`, installed, from a profile folder of its own.
 * `settings` are laid over the quiet profile, `environment` over the process's own; `flags` go to code-server.
 */
export async function serve({
  vsix,
  extensions = [],
  settings = {},
  environment = {},
  flags = [],
  port,
  log = "ignore",
} = {}) {
  installWorkbench();
  const chosen = await freePort(port);
  const profile = mkdtempSync(path.join(os.tmpdir(), "perfwise-profile-"));
  const user = path.join(profile, "data", "User");
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, "settings.json"), JSON.stringify({ ...QUIET, ...settings }, null, 2));
  const folders = ["--config", "config.yaml", "--user-data-dir", "data", "--extensions-dir", "extensions"].map(
    (word) => (word.startsWith("--") ? word : path.join(profile, word)),
  );
  for (const each of [...(vsix ? [vsix] : []), ...extensions]) {
    execFileSync(workbench.node, [workbench.entry, ...folders, "--install-extension", each], {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: START_SECONDS * 1000,
    });
  }
  const trust = settings["security.workspace.trust.enabled"] ? [] : ["--disable-workspace-trust"];
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  const server = ["--auth", "none", "--bind-addr", `127.0.0.1:${chosen}`, "--reconnection-grace-time", "10"];
  // A process group of its own: ending the group ends the extension hosts, file watchers and language servers too.
  const child = spawn(workbench.node, [workbench.entry, ...folders, ...server, ...quiet, ...trust, ...flags], {
    detached: true,
    // code-server takes PORT for its own, before the address it is told.
    env: { ...process.env, PORT: undefined, ...environment },
    stdio: ["ignore", log, log],
  });
  const address = `http://127.0.0.1:${chosen}`;
  const stop = async () => {
    const ended = child.exitCode === null && new Promise((resolve) => child.once("exit", resolve));
    const kill = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
    };
    kill("SIGTERM");
    const late = setTimeout(kill, STOP_SECONDS * 1000, "SIGKILL");
    await ended;
    clearTimeout(late);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await healthy(address, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, child, profile, stop };
}
