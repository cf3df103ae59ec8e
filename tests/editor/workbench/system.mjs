// Sees to the programs that come from the system's package manager: `node system.mjs chromium nvim valgrind`.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onPath } from "./paths.mjs";

const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const PROGRAMS = {
  chromium: { package: "chromium", find: findBrowser },
  valgrind: { package: "valgrind", find: () => onPath("valgrind") },
  nvim: { package: "neovim", find: () => onPath("nvim") },
};

export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return (
    onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable") ??
    (existsSync(MAC_CHROME) ? MAC_CHROME : undefined)
  );
}

function install(packages) {
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = onPath("apt-get");
  if (!apt || (asRoot.length > 0 && !onPath("sudo"))) {
    throw new Error(`install ${packages.join(" and ")} with your system's package manager, then run this again`);
  }
  const run = (...args) => {
    const [program, ...rest] = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", ...args];
    execFileSync(program, rest, { stdio: ["ignore", "ignore", "inherit"] });
  };
  console.log(`Installing ${packages.join(" and ")} with apt-get`);
  run("update");
  run("install", "--yes", "--no-install-recommends", ...packages);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = process.argv.slice(2).filter((name) => !PROGRAMS[name].find());
  try {
    if (missing.length > 0) install(missing.map((name) => PROGRAMS[name].package));
  } catch (error) {
    console.error(`setup: ${error.message.split("\n")[0]}`);
    process.exitCode = 2;
  }
}
