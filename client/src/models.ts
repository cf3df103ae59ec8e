import * as vscode from "vscode";
import type { ModelReply, ModelRequest } from "./protocol";
import type { Server } from "./server";
import { say } from "./status";

const LONGEST = 1_000_000;
const JUSTIFICATION = "Perfwise asks for a faster version of a function because you told it to.";

interface Choice extends vscode.QuickPickItem {
  readonly settings?: { readonly provider: string; readonly baseUrl?: string; readonly name?: string };
  readonly ask?: () => Promise<Choice["settings"]>;
}

/** Asks one of the editor's own models. What goes wrong is a sentence for the user. */
export async function askEditorModel(
  { model: wanted, messages }: ModelRequest,
  cancellation: vscode.CancellationToken,
): Promise<ModelReply> {
  const model = (await editorModels()).find((each) => wanted === "" || nameOf(each) === wanted);
  if (!model) {
    const missing = wanted === "" ? "this editor has no models" : `this editor has no model ${wanted}`;
    return failed(`${missing}: install an extension that brings one, or choose another provider`);
  }
  // There is no role for what a system says.
  const asked = messages.map(({ role, content }) =>
    role === "assistant"
      ? vscode.LanguageModelChatMessage.Assistant(content)
      : vscode.LanguageModelChatMessage.User(content),
  );
  try {
    const response = await model.sendRequest(asked, { justification: JUSTIFICATION }, cancellation);
    let text = "";
    for await (const part of response.text) {
      text += part;
      if (text.length > LONGEST) {
        return failed(`the reply of ${model.name} is too long: try again, or choose another`);
      }
    }
    return { text, model: model.name, inputTokens: null, outputTokens: null, error: "" };
  } catch (error) {
    return failed(`${model.name} gave no reply (${reasonOf(error)}): try again, or choose another model`);
  }
}

/** Offers what can be asked, that which runs on this machine included, and sets what is chosen for this user. */
export async function chooseModel(server: Server): Promise<void> {
  const here = vscode.window.setStatusBarMessage("Perfwise: looking for models on this machine…");
  const [{ found }, own] = await Promise.all([server.models(), editorModels()]).finally(() => void here.dispose());
  const items: Choice[] = [
    { label: "$(checklist) The rules only", description: "nothing is sent", settings: { provider: "built-in" } },
    ...found.flatMap(({ name, baseUrl, models }) =>
      models.map((model) => ({
        label: `$(vm) ${model}`,
        description: `${name} on this machine`,
        settings: { provider: "openai", baseUrl, name: model },
      })),
    ),
    ...own.map((model) => ({
      label: `$(sparkle) ${model.name}`,
      description: `of this editor, by ${model.vendor}`,
      settings: { provider: "editor", name: nameOf(model) },
    })),
    { label: "$(cloud) OpenAI…", description: "wants a key", ask: () => askName("openai", "") },
    { label: "$(cloud) Anthropic…", description: "wants a key", ask: () => askName("anthropic", "") },
    { label: "$(globe) Another endpoint…", description: "that speaks as OpenAI's does", ask: askEndpoint },
    { label: "$(file-binary) A GGUF file…", description: "run on this machine", ask: askFile },
  ];
  const title = "Model that is asked for rewrites";
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  const settings = chosen?.settings ?? (await chosen?.ask?.());
  if (settings) {
    const { provider, baseUrl = "", name = "" } = settings;
    const model = vscode.workspace.getConfiguration("perfwise.model");
    for (const [key, value] of Object.entries({ provider, baseUrl, name })) {
      await model.update(key, value === "" ? undefined : value, vscode.ConfigurationTarget.Global);
    }
    say(`rewrites are asked of ${provider === "built-in" ? "the rules only" : name || provider}`);
  }
}

/** Shows to whom the user has agreed, and what was spent today; what is chosen is revoked. */
export async function reviewConsent(server: Server): Promise<void> {
  const { consents, spent } = await server.models();
  if (consents.length === 0) {
    void vscode.window.showInformationMessage(`You have not agreed to any model. ${spent}`);
    return;
  }
  const items = consents.map(({ provider, where, when }) => ({
    label: `$(trash) Revoke: ${provider}`,
    description: where,
    detail: `agreed ${when}`,
    where,
  }));
  const options = { title: "Models that may be sent code", placeHolder: spent, canPickMany: false as const };
  const chosen = await vscode.window.showQuickPick(items, options);
  if (chosen) {
    await server.revokeModel(chosen.where);
    void vscode.window.showInformationMessage(`Nothing is sent to ${chosen.where} before you agree again.`);
  }
}

/** Editors that are no VS Code may lack the interface. */
async function editorModels(): Promise<readonly vscode.LanguageModelChat[]> {
  const models = (vscode as { readonly lm?: typeof vscode.lm }).lm;
  return models ? models.selectChatModels() : [];
}

function nameOf({ vendor, id }: vscode.LanguageModelChat): string {
  return `${vendor}/${id}`;
}

function failed(error: string): ModelReply {
  return { text: "", model: "", inputTokens: null, outputTokens: null, error };
}

function reasonOf(error: unknown): string {
  if (error instanceof vscode.LanguageModelError) {
    const reasons: Record<string, string> = {
      [vscode.LanguageModelError.NoPermissions().code]: "you did not allow it",
      [vscode.LanguageModelError.Blocked().code]: "it is blocked, by its quota perhaps",
      [vscode.LanguageModelError.NotFound().code]: "it is not there any more",
    };
    return reasons[error.code] ?? error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

async function askName(provider: string, baseUrl: string): Promise<Choice["settings"]> {
  const name = await vscode.window.showInputBox({ title: "Name of the model", ignoreFocusOut: true });
  return name === undefined ? undefined : { provider, baseUrl, name: name.trim() };
}

async function askEndpoint(): Promise<Choice["settings"]> {
  const baseUrl = await vscode.window.showInputBox({
    title: "Address of the endpoint, with /v1",
    placeHolder: "https://models.example.org/v1",
    ignoreFocusOut: true,
    validateInput: (text) => (/^https?:\/\/[^\s/]+/.test(text.trim()) ? undefined : "like https://HOST/v1"),
  });
  return baseUrl === undefined ? undefined : askName("openai", baseUrl.trim());
}

async function askFile(): Promise<Choice["settings"]> {
  const [file] = (await vscode.window.showOpenDialog({ title: "A GGUF file", filters: { GGUF: ["gguf"] } })) ?? [];
  return file && { provider: "local", name: file.fsPath };
}
