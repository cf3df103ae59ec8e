import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import tseslint from "typescript-eslint";

const wire = "Only server.ts and protocol.ts speak to the server; everything else goes through them.";

export default defineConfig(
  globalIgnores(["dist", "out", "build", "bundled", ".cache", ".venv"]),
  eslint.configs.recommended,
  {
    files: ["client/src/**/*.ts", "tests/editor/host/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["client/src/**/*.ts"],
    ignores: ["client/src/server.ts", "client/src/protocol.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: ["vscode-languageclient*"], message: wire }] }],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["tests/editor/**/*.mjs"],
    languageOptions: { globals: { ...globals.mocha, ...globals.browser } },
  },
);
