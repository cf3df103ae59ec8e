import { escaped, htmlPage } from "./html";
import type { GrowthCurve, GrowthReply } from "./protocol";

const [WIDTH, HEIGHT] = [680, 400];
const [LEFT, RIGHT, TOP, BOTTOM] = [84, 16, 16, 56];
const UNITS = ["ns", "µs", "ms", "s"];

/** The colours of the editor's theme, each with the one that a file has. */
const COLOURS = {
  back: ["--vscode-editor-background", "#ffffff"],
  text: ["--vscode-editor-foreground", "#1f1f1f"],
  grid: ["--vscode-editorRuler-foreground", "#d0d0d0"],
  line: ["--vscode-textLink-foreground", "#0b57d0"],
  old: ["--vscode-charts-orange", "#b35900"],
} as const;

const STYLE = `body { max-width: 44rem; padding: 0 1.5rem 2rem; }
svg { width: 100%; border: 1px solid var(--vscode-contrastBorder, transparent); }
caption { white-space: nowrap; }
th, td { text-align: end; padding: .15rem 1.5rem .15rem 0; }
a { margin-inline-end: 1.5rem; }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); }`;

type Place = "editor" | "file";
type Scale = (value: number) => number;

/** The measured points as curves, both axes logarithmic. Of two, the one before is dashed and has squares for marks. */
export function picture({ summary, curves, crossing }: GrowthReply, place: Place): string {
  const points = curves.flatMap((each) => each.points);
  const sizes = points.map(({ n }) => Math.log10(n));
  const times = points.map(({ seconds }) => Math.log10(seconds));
  const x = scale(sizes, LEFT, WIDTH - RIGHT);
  const y = scale(times, HEIGHT - BOTTOM, TOP);
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
  const isPair = curves.length > 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(summary)}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${colour("back", place)}"/>
<g stroke="${colour("grid", place)}">${grid.map(({ line }) => line).join("")}</g>
<g fill="${colour("text", place)}" font-family="sans-serif" font-size="16">${grid.map(({ text }) => text).join("")}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">n</text></g>
${crossing === null ? "" : crossed(crossing, x, place)}
${curves.map((each) => curve(each, x, y, isPair, place)).join("\n")}
</svg>`;
}

function curve({ version, points }: GrowthCurve, x: Scale, y: Scale, isPair: boolean, place: Place): string {
  const isOld = isPair && version === "before";
  const stroke = colour(isOld ? "old" : "line", place);
  const marks = points.map(({ n, seconds, shown }) => {
    const [cx, cy] = [x(Math.log10(n)), y(Math.log10(seconds))];
    const title = `<title>${isPair ? `${version}, ` : ""}n = ${n}: ${shown}</title>`;
    const mark = isOld
      ? `<rect x="${cx - 3.5}" y="${cy - 3.5}" width="7" height="7">${title}</rect>`
      : `<circle cx="${cx}" cy="${cy}" r="4">${title}</circle>`;
    return { at: `${cx},${cy}`, mark, cx, cy };
  });
  const dashes = isOld ? ' stroke-dasharray="7 5"' : "";
  const last = marks.at(-1);
  const name =
    isPair && last
      ? `<text x="${last.cx - 10}" y="${Math.max(last.cy - 10, TOP + 5)}" text-anchor="end" font-family="sans-serif" font-size="16">${version}</text>`
      : "";
  return `<polyline points="${marks.map(({ at }) => at).join(" ")}" fill="none" stroke="${stroke}" stroke-width="2"${dashes}/>
<g fill="${stroke}">${marks.map(({ mark }) => mark).join("")}${name}</g>`;
}

/** The size from which on the version after is the faster one. */
function crossed(n: number, x: Scale, place: Place): string {
  const at = x(Math.log10(n));
  const side = at > WIDTH / 2 ? { x: at - 6, anchor: "end" } : { x: at + 6, anchor: "start" };
  const text = `faster from n ≈ ${Math.round(n).toLocaleString("en")}`;
  return `<g class="crossing" fill="${colour("text", place)}" font-family="sans-serif" font-size="16">
<line x1="${at}" x2="${at}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="${colour("text", place)}" stroke-dasharray="2 4"/>
<text x="${side.x}" y="${TOP + 14}" text-anchor="${side.anchor}">${text}</text></g>`;
}

function colour(name: keyof typeof COLOURS, place: Place): string {
  const [variable, fallback] = COLOURS[name];
  return place === "file" ? fallback : `var(${variable}, ${fallback})`;
}

/** The picture, what it says in words, and the same points as a table. */
export function page(reply: GrowthReply): string {
  const { curves } = reply;
  const isPair = curves.length > 1;
  const said = curves.map(({ version, measured, others, written }) => {
    const other = others.length > 0 ? `, or ${others.join(" or ")}` : "";
    const of = isPair ? ` ${version}` : "";
    return `<dt>Measured${of}</dt><dd><strong>${escaped(measured)}</strong>${escaped(other)}</dd>
<dt>By its source${of}</dt><dd>${escaped(written)}</dd>`;
  });
  const sizes = [...new Set(curves.flatMap(({ points }) => points.map(({ n }) => n)))].sort((a, b) => a - b);
  const rows = sizes.map((n) => {
    const times = curves.map(({ points }) => points.find((point) => point.n === n)?.shown ?? "");
    return `<tr>${[n.toLocaleString("en"), ...times].map((each) => `<td>${each}</td>`).join("")}</tr>`;
  });
  const heads = ["n", ...(isPair ? curves.map(({ version }) => version) : ["Time"])];
  const body = `${reply.compared ? `<p><strong>${escaped(reply.compared)}</strong></p>` : ""}<dl>
${said.join("\n")}
<dt>On</dt><dd><code>${escaped(reply.call)}</code></dd>
</dl>
${picture(reply, "editor")}
<p>${link("csv", "Save as CSV")}${link("svg", "Save as SVG")}</p>
<table>
<caption>One call, by the size n of its input</caption>
<thead><tr>${heads.map((each) => `<th scope="col">${each}</th>`).join("")}</tr></thead>
<tbody>${rows.join("")}</tbody>
</table>`;
  return htmlPage(`Growth of ${reply.function}`, STYLE, body);
}

function link(kind: string, text: string): string {
  return `<a href="command:perfwise.saveGrowth?${encodeURIComponent(JSON.stringify([kind]))}">${text}</a>`;
}

function scale(values: readonly number[], from: number, to: number): Scale {
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
