import { escaped, htmlPage } from "./html";
import type { GrowthReply } from "./protocol";

const [WIDTH, HEIGHT] = [680, 400];
const [LEFT, RIGHT, TOP, BOTTOM] = [84, 16, 16, 56];
const UNITS = ["ns", "µs", "ms", "s"];

/** The colours of the editor's theme, each with the one that a file has. */
const COLOURS = {
  back: ["--vscode-editor-background", "#ffffff"],
  text: ["--vscode-editor-foreground", "#1f1f1f"],
  grid: ["--vscode-editorRuler-foreground", "#d0d0d0"],
  line: ["--vscode-textLink-foreground", "#0b57d0"],
} as const;

const STYLE = `body { max-width: 44rem; padding: 0 1.5rem 2rem; }
svg { width: 100%; border: 1px solid var(--vscode-contrastBorder, transparent); }
caption { white-space: nowrap; }
th, td { text-align: end; padding: .15rem 1.5rem .15rem 0; }
a { margin-inline-end: 1.5rem; }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); }`;

/** The measured points as a curve, both axes logarithmic. */
export function picture({ summary, points }: GrowthReply, place: "editor" | "file"): string {
  const colour = (name: keyof typeof COLOURS): string => {
    const [variable, fallback] = COLOURS[name];
    return place === "file" ? fallback : `var(${variable}, ${fallback})`;
  };
  const sizes = points.map(({ n }) => Math.log10(n));
  const times = points.map(({ seconds }) => Math.log10(seconds));
  const x = scale(sizes, LEFT, WIDTH - RIGHT);
  const y = scale(times, HEIGHT - BOTTOM, TOP);
  const marks = points.map(({ n, seconds, shown }) => {
    const [cx, cy] = [x(Math.log10(n)), y(Math.log10(seconds))];
    return {
      at: `${cx},${cy}`,
      circle: `<circle cx="${cx}" cy="${cy}" r="4"><title>n = ${n}: ${shown}</title></circle>`,
    };
  });
  const columns = decades(sizes).map((power) => {
    const at = x(power);
    const line = `<line x1="${at}" x2="${at}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>`;
    return { line, text: `<text x="${at}" y="${HEIGHT - BOTTOM + 22}" text-anchor="middle">${size(power)}</text>` };
  });
  const rows = decades(times).map((power) => {
    const at = y(power);
    const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/>`;
    return { line, text: `<text x="${LEFT - 8}" y="${at + 5}" text-anchor="end">${time(power)}</text>` };
  });
  const grid = [...columns, ...rows];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(summary)}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${colour("back")}"/>
<g stroke="${colour("grid")}">${grid.map(({ line }) => line).join("")}</g>
<g fill="${colour("text")}" font-family="sans-serif" font-size="16">${grid.map(({ text }) => text).join("")}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">n</text></g>
<polyline points="${marks.map(({ at }) => at).join(" ")}" fill="none" stroke="${colour("line")}" stroke-width="2"/>
<g fill="${colour("line")}">${marks.map(({ circle }) => circle).join("")}</g>
</svg>`;
}

/** The picture, what it says in words, and the same points as a table. */
export function page(reply: GrowthReply): string {
  const rows = reply.points.map(({ n, shown }) => `<tr><td>${n.toLocaleString("en")}</td><td>${shown}</td></tr>`);
  const others = reply.others.length > 0 ? `, or ${reply.others.join(" or ")}` : "";
  const body = `<dl>
<dt>Measured</dt><dd><strong>${escaped(reply.measured)}</strong>${escaped(others)}</dd>
<dt>By its source</dt><dd>${escaped(reply.written)}</dd>
<dt>On</dt><dd><code>${escaped(reply.call)}</code></dd>
</dl>
${picture(reply, "editor")}
<p>${link("csv", "Save as CSV")}${link("svg", "Save as SVG")}</p>
<table>
<caption>One call, by the size n of its input</caption>
<thead><tr><th scope="col">n</th><th scope="col">Time</th></tr></thead>
<tbody>${rows.join("")}</tbody>
</table>`;
  return htmlPage(`Growth of ${reply.function}`, STYLE, body);
}

function link(kind: string, text: string): string {
  return `<a href="command:perfwise.saveGrowth?${encodeURIComponent(JSON.stringify([kind]))}">${text}</a>`;
}

function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return (value) => Math.round((from + ((value - least) / (most - least || 1)) * (to - from)) * 10) / 10;
}

/** The powers of ten in the range of the values. */
function decades(values: readonly number[]): number[] {
  const [first, last] = [Math.ceil(Math.min(...values)), Math.floor(Math.max(...values))];
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index);
}

function size(power: number): string {
  return (10 ** power).toLocaleString("en");
}

function time(power: number): string {
  const unit = Math.min(Math.max(Math.floor((power + 9) / 3), 0), UNITS.length - 1);
  return `${10 ** (power + 9 - 3 * unit)} ${UNITS[unit] ?? ""}`;
}
