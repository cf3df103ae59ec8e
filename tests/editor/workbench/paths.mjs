import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const cache = path.join(root, ".cache");
export const out = path.join(root, "out", "editor");

/** The Python with the project's own tools, Scalene among them. */
export const projectPython = path.join(
  root,
  ".venv",
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);

/** The full path of the first of these programs that PATH holds, or undefined. */
export function onPath(...programs) {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return programs
    .flatMap((program) => folders.flatMap((folder) => endings.map((ending) => path.join(folder, program + ending))))
    .find((candidate) => existsSync(candidate));
}

/** The packaged extension for this machine, the newest one by name. */
export function packagedExtension() {
  const ending = `${process.platform}-${process.arch}`;
  const names = readdirSync(root).filter((name) => name.endsWith(".vsix") && name.includes(ending));
  if (names.length === 0) throw new Error(`no .vsix for ${ending}: run "make package" first`);
  return path.join(root, names.sort().at(-1));
}
