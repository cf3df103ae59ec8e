import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { out } from "./paths.mjs";
import { findBrowser } from "./system.mjs";

/** How long anything on screen may take: a cold workbench, extension host and language server on a busy machine. */
export const PATIENCE = 60_000;

/** Starts a headless browser with a profile of its own; `close` ends it and removes the profile. */
export async function launchBrowser() {
  mkdirSync(out, { recursive: true });
  const profile = mkdtempSync(path.join(os.tmpdir(), "perfwise-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    headless: true,
    viewport: { width: 1180, height: 720 },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  context.setDefaultTimeout(PATIENCE);
  const close = async () => {
    await Promise.race([context.close(), new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { context, page: context.pages()[0] ?? (await context.newPage()), close };
}
