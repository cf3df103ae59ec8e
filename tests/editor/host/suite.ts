import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";

const LOOP = `def known(orders: list[str], users: list[str]) -> list[str]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
`;
const REPORT = `class Report:
    def __init__(self) -> None:
        self.text = ""

    def add(self, lines: list[str]) -> None:
        for line in lines:
            self.text += line
`;
const PATIENCE = 60_000;

function folder(name: string): vscode.WorkspaceFolder {
  const found = vscode.workspace.workspaceFolders?.find((each) => each.name === name);
  assert.ok(found, `the workspace has a folder ${name}`);
  return found;
}

async function open(name: string, text: string, parent = "shop"): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder(parent).uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** The hints of a document, named by code, in the order of their places. */
function hints(uri: vscode.Uri): vscode.Diagnostic[] {
  const ours = vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "perfwise");
  return ours.sort((a, b) => a.range.start.compareTo(b.range.start));
}

function codes(uri: vscode.Uri): unknown[] {
  return hints(uri).map(({ code }) => (typeof code === "object" ? code.value : code));
}

/** Waits until a document's hints have exactly these codes. */
function hinted(uri: vscode.Uri, ...expected: string[]): Promise<void> {
  return until(
    () => codes(uri).join() === expected.join(),
    () => `expected hints ${expected.join()}, found ${codes(uri).join()}`,
    vscode.languages.onDidChangeDiagnostics,
  );
}

async function until(condition: () => boolean, explain: () => string, event: vscode.Event<unknown>): Promise<void> {
  let subscription: vscode.Disposable | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        if (condition()) resolve();
      };
      subscription = event(check);
      timer = setTimeout(() => reject(new Error(explain())), PATIENCE);
      check();
    });
  } finally {
    subscription?.dispose();
    clearTimeout(timer);
  }
}

async function eventually<T>(ask: () => Thenable<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    assert.ok(Date.now() < deadline, `the last answer was ${JSON.stringify(answer)}`);
  }
}

async function actions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range, kind.value, 20);
    } catch (error) {
      // The editor gives up a question when it has one of its own about the same text.
      if (!(error instanceof Error) || error.name !== "Canceled" || Date.now() > deadline) throw error;
    }
  }
}

function whole(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}

function lenses(uri: vscode.Uri): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand("vscode.executeCodeLensProvider", uri, 20);
}

/** Those that name a cost, without the one that measures. */
async function costLenses(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  return (await lenses(uri)).filter((lens) => lens.command?.title.startsWith("O("));
}

function inlays(document: vscode.TextDocument): Thenable<vscode.InlayHint[]> {
  return vscode.commands.executeCommand("vscode.executeInlayHintProvider", document.uri, whole(document));
}

async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("perfwise").update(name, value, vscode.ConfigurationTarget.Workspace);
}

async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit, "there is an action with an edit");
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

describe("In the extension host", () => {
  afterEach(async () => {
    for (const name of ["enable", "ignore", "codeLens", "inlayHints", "run"]) await setting(name, undefined);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("a hint has a code, a page, a severity and a place", async () => {
    const document = await open("hint.py", LOOP);
    await hinted(document.uri, "PW101");
    const [hint] = hints(document.uri);
    assert.ok(hint);
    assert.equal(hint.severity, vscode.DiagnosticSeverity.Information);
    assert.match(document.getText(hint.range), /users/);
    assert.equal(hint.range.start.line, 3);
    assert.match(hint.message, /O\(len\(orders\) \* len\(users\)\)/);
    const target = typeof hint.code === "object" ? hint.code.target : undefined;
    assert.ok(target, "the code links to its page");
    const page = await vscode.workspace.openTextDocument(target);
    assert.match(page.getText(), /list-membership-in-loop/);
  });

  it("a safe fix is preferred, and applying it leaves nothing to hint at", async () => {
    const document = await open("safe.py", LOOP);
    await hinted(document.uri, "PW101");
    const offered = await actions(document.uri, whole(document), vscode.CodeActionKind.QuickFix);
    const preferred = offered.filter((action) => action.isPreferred);
    assert.equal(preferred.length, 1);
    await apply(preferred[0]);
    await hinted(document.uri);
    assert.match(document.getText(), /set\(users\)/);
  });

  it("a fix that was not checked is neither preferred nor in fix-all", async () => {
    const document = await open("unchecked.py", REPORT);
    await hinted(document.uri, "PW111");
    const [hint] = hints(document.uri);
    assert.ok(hint);
    const offered = await actions(document.uri, hint.range, vscode.CodeActionKind.QuickFix);
    const unchecked = offered.filter((action) => action.title.endsWith("(not checked)"));
    assert.equal(unchecked.length, 1);
    assert.ok(!unchecked[0]?.isPreferred);
    const all = await actions(document.uri, whole(document), vscode.CodeActionKind.SourceFixAll);
    assert.equal(all.filter((action) => action.edit).length, 0);
  });

  it("source.fixAll.perfwise mends every safe hint at once", async () => {
    const document = await open(
      "all.py",
      LOOP + "\n\n" + LOOP.replaceAll("known", "paid").replaceAll("users", "invoices"),
    );
    await hinted(document.uri, "PW101", "PW101");
    const kind = vscode.CodeActionKind.SourceFixAll.append("perfwise");
    const [action] = await actions(document.uri, whole(document), kind);
    await apply(action);
    await hinted(document.uri);
  });

  it("fixes on save when the editor is told to", async () => {
    const editor = vscode.workspace.getConfiguration("editor");
    await editor.update(
      "codeActionsOnSave",
      { "source.fixAll.perfwise": "explicit" },
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      const document = await open("onsave.py", LOOP);
      await hinted(document.uri, "PW101");
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "# A comment makes the file one to save.\n");
      await vscode.workspace.applyEdit(edit);
      await document.save();
      assert.match(document.getText(), /set\(users\)/);
      assert.ok(!document.isDirty);
    } finally {
      await editor.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it("a lens names the cost and the cheaper one, and its command exists", async () => {
    const document = await open("lens.py", LOOP);
    await hinted(document.uri, "PW101");
    const [lens] = await eventually(
      () => costLenses(document.uri),
      (found) => found.length === 1,
    );
    assert.match(lens?.command?.title ?? "", /O\(len\(orders\) \* len\(users\)\).*O\(len\(orders\) \+ len\(users\)\)/);
    assert.ok((await vscode.commands.getCommands()).includes(lens?.command?.command ?? ""));
  });

  it("an inlay hint stands at the end of the line", async () => {
    const document = await open("inlay.py", LOOP);
    await hinted(document.uri, "PW101");
    const [inlay] = await eventually(
      () => inlays(document),
      (found) => found.length === 1,
    );
    assert.ok(inlay);
    assert.ok(inlay.position.isEqual(document.lineAt(3).range.end));
    const label = typeof inlay.label === "string" ? inlay.label : inlay.label.map((part) => part.value).join("");
    assert.match(label, /O\(len\(orders\) \* len\(users\)\)/);
  });

  it("a hover says what it costs", async () => {
    const document = await open("hover.py", LOOP);
    await hinted(document.uri, "PW101");
    const place = hints(document.uri)[0]?.range.start;
    const hovers: vscode.Hover[] = await vscode.commands.executeCommand(
      "vscode.executeHoverProvider",
      document.uri,
      place,
    );
    const text = hovers.flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value));
    assert.match(text.join("\n"), /O\(len\(orders\) \+ len\(users\)\)/);
  });

  it("columns are right behind characters outside the basic plane", async () => {
    const line =
      'def known(orders: list[str], users: list[str]) -> None:\n    for o in orders:\n        print("🐍🐍", o in users)\n';
    const document = await open("emoji.py", line);
    await hinted(document.uri, "PW101");
    assert.equal(document.getText(hints(document.uri)[0]?.range).trim(), "o in users");
  });

  it("settings take effect without a restart", async () => {
    const document = await open("settings.py", LOOP);
    await hinted(document.uri, "PW101");
    await setting("ignore", ["PW101"]);
    await hinted(document.uri);
    await setting("ignore", undefined);
    await hinted(document.uri, "PW101");
    await setting("codeLens", false);
    await eventually(
      () => lenses(document.uri),
      (found) => found.length === 0,
    );
    await setting("inlayHints", false);
    await eventually(
      () => inlays(document),
      (found) => found.length === 0,
    );
    await setting("enable", false);
    await hinted(document.uri);
  });

  it("with run set to onSave, hints wait for the save", async () => {
    await setting("run", "onSave");
    const document = await open("run.py", LOOP);
    await hinted(document.uri, "PW101");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(document.lineCount, 0), "\n\n" + LOOP.replace("known", "again"));
    await vscode.workspace.applyEdit(edit);
    const other = await open("other.py", LOOP);
    await hinted(other.uri, "PW101");
    assert.deepEqual(codes(document.uri), ["PW101"]);
    await document.save();
    await hinted(document.uri, "PW101", "PW101");
  });

  it("an untitled document has hints and fixes", async () => {
    const document = await vscode.workspace.openTextDocument({ language: "python", content: LOOP });
    await vscode.window.showTextDocument(document);
    await hinted(document.uri, "PW101");
    const offered = await actions(document.uri, whole(document), vscode.CodeActionKind.QuickFix);
    await apply(offered.find((action) => action.isPreferred));
    await hinted(document.uri);
  });

  it("each folder of the workspace follows its own pyproject.toml, also when it changes", async () => {
    const quiet = folder("quiet");
    const project = vscode.Uri.joinPath(quiet.uri, "pyproject.toml").fsPath;
    await writeFile(project, '[tool.perfwise]\nignore = ["PW101"]\n');
    const silent = await open("silent.py", LOOP, "quiet");
    const loud = await open("loud.py", LOOP, "shop");
    await hinted(loud.uri, "PW101");
    assert.deepEqual(codes(silent.uri), []);
    await rm(project);
    await vscode.window.showTextDocument(silent);
    await hinted(silent.uri, "PW101");
  });

  it("a document of another scheme is left alone", async () => {
    const provider = { provideTextDocumentContent: () => LOOP };
    const registration = vscode.workspace.registerTextDocumentContentProvider("git", provider);
    const uri = vscode.Uri.joinPath(folder("shop").uri, "old.py").with({ scheme: "git", authority: "" });
    const old = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(old, "python");
    await vscode.window.showTextDocument(old);
    const other = await open("beside.py", LOOP);
    await hinted(other.uri, "PW101");
    assert.deepEqual(codes(uri), []);
    assert.deepEqual(await lenses(uri), []);
    registration.dispose();
  });

  it("a notebook's cells share one scope", async () => {
    const cell = (text: string) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python");
    const data = new vscode.NotebookData([
      cell("names = [f'user-{n}' for n in range(900)]\nusers = names[::3]\n"),
      cell("for name in names:\n    print(name in users)\n"),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
    await vscode.window.showNotebookDocument(notebook);
    const [bound, using] = notebook.getCells();
    assert.ok(bound && using);
    await hinted(using.document.uri, "PW101");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      bound.document.uri,
      whole(bound.document),
      "names = [f'user-{n}' for n in range(900)]\nusers = set(names)\n",
    );
    await vscode.workspace.applyEdit(edit);
    await hinted(using.document.uri);
  });

  it("a restart brings every hint back", async () => {
    const document = await open("restart.py", LOOP);
    await hinted(document.uri, "PW101");
    await vscode.commands.executeCommand("perfwise.restart");
    await hinted(document.uri, "PW101");
    await eventually(
      () => costLenses(document.uri),
      (found) => found.length === 1,
    );
  });
});
