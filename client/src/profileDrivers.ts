import * as vscode from "vscode";
import type { CallInput } from "./profileCall";
import type { Driver, DriversReply } from "./protocol";

const TYPE = "Type a call…";
const ICONS = {
  test: "beaker",
  call: "edit",
  inputs: "symbol-array",
  doctest: "book",
  script: "play",
  recorded: "history",
} as const;

/** Asks what is to drive a profile; the best guess, or what was chosen last, comes first. */
export async function chooseDriver(
  calls: CallInput,
  uri: vscode.Uri,
  place: string | number,
  { function: name, what, drivers, last }: DriversReply,
): Promise<Driver | undefined> {
  const items: (vscode.QuickPickItem & { readonly driver?: Driver })[] = drivers.map((driver, index) => ({
    label: `$(${ICONS[driver.kind]}) ${driver.label}`,
    ...(index === last ? { description: "chosen last" } : {}),
    detail: driver.detail,
    driver,
  }));
  if (what === "function") {
    items.push({ label: `$(edit) ${TYPE}`, detail: `With what is in scope, such as ${name}(…)` });
  }
  if (items.length < 2) {
    return items[0]?.driver;
  }
  const options = { title: `What should run ${name || "it"}?`, matchOnDetail: true };
  const chosen = await vscode.window.showQuickPick(items, options);
  if (!chosen || chosen.driver) {
    return chosen?.driver;
  }
  const typed = drivers.find(({ kind }) => kind === "call")?.value ?? "";
  const value = await calls.ask(uri, place, name, typed);
  return value === undefined ? undefined : { kind: "call", value, label: value, detail: "" };
}
