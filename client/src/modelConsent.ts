import * as vscode from "vscode";
import type { ModelPlan } from "./protocol";
import type { Server } from "./server";

const AGREE = "Agree";
const ASK = "Ask It";
const SHOW = "Show What Is Sent";
const NOT_NOW = { title: "Not Now", isCloseAffordance: true };
const RULES = "Ask the Rules Only";
const KEY = "Set Key…";
const CHOOSE = "Choose Model…";

/** Whether a model may be asked, or the rules only; undefined where the user would rather have neither now. */
export async function mayAsk(
  server: Server,
  uri: vscode.Uri,
  plan: ModelPlan,
  promptPage: vscode.Uri,
): Promise<boolean | undefined> {
  if (plan.problem !== "") {
    return withoutModel(plan);
  }
  if (plan.provider === "") {
    return false;
  }
  if (plan.agreed && !plan.thorough) {
    return true;
  }
  const to = [plan.model, plan.provider].filter((each) => each !== "").join(", ") + placeOf(plan);
  const question = plan.agreed
    ? `Ask ${to} thoroughly?`
    : `Send ${plan.function}, and what it uses of its module, to ${to}?`;
  const yes = plan.agreed ? ASK : AGREE;
  const chosen = await ask(question, { modal: true, detail: detailOf(plan) }, yes, promptPage);
  if (chosen === yes && !plan.agreed && !(await server.agreeToModel(uri, plan.provider, plan.where))) {
    return undefined;
  }
  return chosen === yes;
}

/** What is sent can be read before it is answered. */
async function ask(
  question: string,
  options: vscode.MessageOptions,
  yes: string,
  promptPage: vscode.Uri,
): Promise<string | undefined> {
  const items = [{ title: yes }, { title: SHOW }, NOT_NOW];
  const chosen = await vscode.window.showInformationMessage(question, options, ...items);
  if (chosen?.title !== SHOW) {
    return chosen?.title;
  }
  await vscode.window.showTextDocument(promptPage, { preview: true });
  return ask(question, {}, yes, promptPage);
}

/** The editor's own models and a model on this machine are at no host. */
function placeOf({ where }: ModelPlan): string {
  return where === "the editor" ? "" : where === "this machine" ? " on this machine" : ` at ${where}`;
}

function detailOf(plan: ModelPlan): string {
  const count = (number: number): string => number.toLocaleString("en");
  return [
    `${plan.requests} requests, about ${count(plan.tokensIn)} tokens in and ${count(plan.tokensOut)} out; ` +
      `${plan.price}. Repairs of what fails come on top.`,
    "What looks like a secret is masked. What comes back is run only in the laboratory, and your file changes only " +
      "when you accept a rewrite.",
    ...(plan.agreed ? [] : ["You are asked once for this place; Perfwise: Model Consent and Spending takes it back."]),
  ].join("\n\n");
}

/** Why a model is of no use, with the ways out; the text of the button that was chosen. */
export async function tellProblem(problem: string, ...buttons: string[]): Promise<string | undefined> {
  const chosen = await vscode.window.showWarningMessage(problem, ...buttons, KEY, CHOOSE);
  if (chosen === KEY) {
    await vscode.commands.executeCommand("perfwise.setModelKey");
  } else if (chosen === CHOOSE) {
    await vscode.commands.executeCommand("perfwise.chooseModel");
  }
  return chosen;
}

async function withoutModel({ problem }: ModelPlan): Promise<boolean | undefined> {
  const chosen = await tellProblem(`The model cannot be asked: ${problem}.`, RULES);
  return chosen === RULES ? false : undefined;
}
