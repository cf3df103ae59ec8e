/** Bundles the extension into dist/, and puts the server's launcher where it looks for it. */
import { build, context } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";

const options = {
  entryPoints: ["client/src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
};

await mkdir("bundled", { recursive: true });
await copyFile("packaging/launch.py", "bundled/launch.py");
if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
