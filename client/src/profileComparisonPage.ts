import { escaped, htmlPage } from "./html";
import type { ComparedLine, CompareReply, KeptProfile } from "./protocol";

const STYLE = `body { padding: 0 1.5rem 2rem; }
dl { margin-block: 1rem; }
th, td { text-align: end; padding: .1rem 1rem .1rem 0; white-space: nowrap; }
th:last-child, td:last-child { text-align: start; }
thead th, tfoot { border-block: 1px solid var(--vscode-editorRuler-foreground, currentColor); }
pre { margin: 0; font-family: var(--vscode-editor-font-family, monospace); font-size: var(--vscode-editor-font-size); }
.added td { background: var(--vscode-diffEditor-insertedLineBackground); }
.removed td { background: var(--vscode-diffEditor-removedLineBackground); }
.vscode-high-contrast .added pre, .vscode-high-contrast .removed pre { font-weight: bold; }`;

/** Both profiles in total and line by line, as a table that is read like a diff. */
export function page(reply: CompareReply): string {
  // With too few samples on one side, nothing is known of the change.
  const isTold = reply.beforeMs !== null && reply.afterMs !== null;
  const body = `<p><strong>${escaped(reply.message)}</strong></p>
<dl>
<dt>Before</dt><dd>${profile(reply.before)}</dd>
<dt>After</dt><dd>${profile(reply.after)}</dd>
</dl>
<table>
<caption>Milliseconds a call; + is a line that was added, − one that was removed</caption>
<thead><tr>${["Before", "After", "Change", "Line"].map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>
<tbody>${reply.lines.map((line) => row(line, isTold)).join("\n")}</tbody>
<tfoot><tr>${cells(reply.beforeMs, reply.afterMs, isTold)}<th scope="row">In total</th></tr></tfoot>
</table>`;
  return htmlPage(`${reply.function || "Profile"}: before and after`, STYLE, body);
}

function row({ before, after, text, beforeMs, afterMs }: ComparedLine, isTold: boolean): string {
  const [kind, mark] = before === null ? ["added", "+"] : after === null ? ["removed", "−"] : ["kept", " "];
  return `<tr class="${kind}">${cells(beforeMs, afterMs, isTold)}<td><pre>${mark} ${escaped(text)}</pre></td></tr>`;
}

function cells(before: number | null, after: number | null, isTold: boolean): string {
  const change = isTold && (before !== null || after !== null) ? (after ?? 0) - (before ?? 0) : null;
  const sign = change === null || change === 0 ? "" : change > 0 ? "+" : "−";
  const shown = [shownMs(before), shownMs(after), change === null ? "" : sign + shownMs(Math.abs(change))];
  return shown.map((each) => `<td>${each}</td>`).join("");
}

function shownMs(value: number | null): string {
  return value === null ? "" : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function profile({ when, driver, calls, samples, confidence }: KeptProfile): string {
  const made = new Date(when).toLocaleString("en");
  const counted = `${calls.toLocaleString("en")} calls, ${samples.toLocaleString("en")} samples`;
  const sure = confidence === "none" ? "too few to tell" : `${confidence} confidence`;
  return escaped(`${made}, ${driver}: ${counted}, ${sure}`);
}
