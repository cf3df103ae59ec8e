import { until } from "../workbench/editor.mjs";

/** How long a profile may take on a busy machine. */
const PROFILED = 90_000;

/** What a person does with profiles in an editor, and sees of them. */
export function profiles(editor) {
  const toast = (text) => editor.page.locator(".notification-toast", { hasText: text });
  const row = (text) => editor.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  const input = () => editor.page.locator(".quick-input-widget:visible input[type=text]");
  const status = (text) => editor.page.locator(".statusbar-item", { hasText: text });

  /** What the editor shows of heat: the lines with a label, how wide their bars are, and their colours. */
  const heat = () =>
    editor.page.evaluate(() => {
      const pane = document.querySelector(".editor-group-container.active .monaco-editor");
      const overlays = [...pane.querySelectorAll(".view-overlays > div")];
      const lines = [...pane.querySelectorAll(".view-lines > .view-line")].flatMap((line) => {
        const labels = [...line.querySelectorAll("span")].map((span) => getComputedStyle(span, "::after"));
        const label = labels.find(({ content }) => content.includes("%") || content.includes("sample"));
        const marks =
          overlays
            .find(({ style }) => style.top === line.style.top)
            ?.querySelectorAll("[class*=TextEditorDecorationType]") ?? [];
        const [mark] = [...marks]
          .map((each) => getComputedStyle(each))
          .filter((each) => each.borderLeftWidth !== "0px");
        if (!label && !mark) return [];
        return {
          text: line.textContent.replaceAll("\u00a0", " "),
          label: label?.content.slice(1, -1) ?? "",
          share: Number(/^"([\d.]+)%/.exec(label?.content ?? "")?.[1] ?? 0),
          isChanged: label?.fontStyle === "italic",
          bar: Number.parseFloat(mark?.borderLeftWidth ?? 0),
          colours: { label: label?.color, background: mark?.backgroundColor },
          top: line.offsetTop,
        };
      });
      const back = getComputedStyle(pane.querySelector(".monaco-editor-background") ?? pane).backgroundColor;
      return lines.sort((one, other) => one.top - other.top).map((line) => ({ ...line, back }));
    });

  const hottest = async () => (await heat()).reduce((one, other) => (other.share > one.share ? other : one));

  /** Waits until the line with the greatest share is this one, and no other has a wider bar. */
  const hotLineIs = async (text) => {
    const isSo = async () => {
      const shown = await heat();
      const widest = Math.max(...shown.map(({ bar }) => bar));
      return shown.length > 0 && (await hottest()).text.includes(text) && (await hottest()).bar === widest;
    };
    await until(isSo, async () => `not the hottest: ${text}\n${JSON.stringify(await heat(), null, 1)}`);
  };

  const profiled = (text) => status(`Profile of ${text}`).first().waitFor({ timeout: PROFILED });

  const clear = async () => {
    await editor.command("Perfwise: Clear Profile");
    await editor.expectCount(status("Profile of"), 0);
  };

  return { PROFILED, toast, row, input, status, heat, hottest, hotLineIs, profiled, clear };
}
