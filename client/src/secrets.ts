import * as vscode from "vscode";
import { hide } from "./log";
import { say } from "./status";

const MAKERS: Readonly<Record<"openai" | "anthropic", string>> = {
  openai: "api.openai.com",
  anthropic: "api.anthropic.com",
};

/** The keys of model endpoints, one a host, in the editor's secret storage. */
export class Keys {
  constructor(private readonly storage: vscode.SecretStorage) {}

  async get(where: string): Promise<string> {
    const key = (await this.storage.get(nameFor(where))) ?? "";
    hide(key);
    return key;
  }

  /** Asks for the key of a host, and for the host where the settings name none. An empty key removes it. */
  async ask(): Promise<void> {
    const where = hostOfSettings() ?? (await askHost());
    if (where === undefined || where === "") {
      return;
    }
    const key = await vscode.window.showInputBox({
      title: `API key for ${where}`,
      prompt: "It is kept in the editor's secret storage and sent to this host only. Empty removes it.",
      password: true,
      ignoreFocusOut: true,
    });
    if (key === "") {
      await this.storage.delete(nameFor(where));
      say(`the key for ${where} is forgotten`);
    } else if (key !== undefined) {
      hide(key);
      await this.storage.store(nameFor(where), key);
      say(`the key for ${where} is kept in the editor's secret storage`);
    }
  }
}

/** The host that the settings name, as the server calls it. */
function hostOfSettings(): string | undefined {
  const settings = vscode.workspace.getConfiguration("perfwise.model");
  const provider = settings.get<string>("provider");
  if (provider !== "openai" && provider !== "anthropic") {
    return undefined;
  }
  const address = settings.get<string>("baseUrl") ?? "";
  return address === "" ? MAKERS[provider] : URL.canParse(address) ? new URL(address).host : undefined;
}

async function askHost(): Promise<string | undefined> {
  const OTHER = "Another host…";
  const chosen = await vscode.window.showQuickPick([...Object.values(MAKERS), OTHER], { title: "Key for which host?" });
  return chosen === OTHER
    ? vscode.window.showInputBox({ title: "Host of the endpoint", placeHolder: "models.example.org" })
    : chosen;
}

function nameFor(where: string): string {
  return `model-key:${where}`;
}
