const vscode = require("vscode");
const replies = require("./replies.json");

/** The next reply for the function that a question is about. */
function replyTo(messages) {
  const asked = messages
    .flatMap(({ content }) => content)
    .map((part) => part.value ?? "")
    .join("\n");
  const texts = replies.find(({ about }) => asked.includes(about))?.texts ?? ["I know nothing of it."];
  texts.push(texts.shift());
  return texts.at(-1);
}

exports.activate = (context) => {
  const model = {
    id: "parrot",
    name: "Parrot",
    family: "scripted",
    version: "1",
    maxInputTokens: 100_000,
    maxOutputTokens: 10_000,
    isUserSelectable: true,
    capabilities: {},
  };
  const provider = {
    provideLanguageModelChatInformation: () => [model],
    provideLanguageModelChatResponse: async (_model, messages, _options, progress) => {
      for (const piece of replyTo(messages).match(/[^]{1,40}/g))
        progress.report(new vscode.LanguageModelTextPart(piece));
    },
    provideTokenCount: () => 10,
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider("scripted", provider));
};
