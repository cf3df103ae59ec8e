"""`python -m docs.pages`: writes the page of every rule, the tables in the README and the schema of the settings.

Whatever is said of a rule is said in its file; pages and tables are made from that, and a test keeps them fresh.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from docs import schema
from perfwise_analyzers.gains import COUNTS, SIZES
from perfwise_analyzers.measured import gain_of, times, worded
from perfwise_analyzers.rule import Rule
from perfwise_server.configuration import all_rules, project_settings
from perfwise_server.pages import FOLDER

ROOT = Path(__file__).parents[1]
QUOTED = {"PW101": "O(len(orders) + len(skus))", "PW112": "O(sqrt(number))"}  # Ends of hints in the README.
FIXES = {"safe": "safe", "verify": "not checked", "advice": "none"}


def page(rule: Rule) -> str:
    """A rule's page: its doc, its first example, what it gains and how to silence it."""
    parts = [f"# {rule.name} ({rule.code})", re.sub(r"(?m)^# ", "## ", rule.doc.strip())]
    if rule.bad:
        bad = rule.bad[0]
        verb = "costs less as" if rule.pays > 1 else "becomes"
        parts += ["## Example", f"```python\n{bad.code}```", verb, f"```python\n{bad.better}```"]
    if rule.code in COUNTS:
        counted = f"Counted on the example, called as\n\n```python\n{rule.bad[0].call}\n```"
        parts += ["## What it gains", counted, f"{COUNTS[rule.code]}. It grows with your data."]
    elif rule.gain:
        gains = ", ".join(f"{times(gain)} times faster on Python {version}" for version, gain in rule.gain.items())
        size = f", with {SIZES[rule.code]}" if rule.code in SIZES else ""
        parts += [
            "## What it gains",
            f"Measured on the example, called as\n\n```python\n{rule.bad[0].call}\n```",
            f"so{size}: {gains}. The two forms took turns in one process. The gain on your data is "
            "another one: where costs grow apart, it grows with the data.",
        ]
    parts += [
        "## Silence it",
        f"`# perfwise: ignore[{rule.code}]` on the line, or on the `def` for the whole function. For a project, in "
        f'`pyproject.toml`:\n\n```toml\n[tool.perfwise]\nignore = ["{rule.code}"]\n```',
    ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """The text of every page by the name of its file."""
    return {f"{rule.name}.md": page(rule) for rule in all_rules()}


def rules_table() -> str:
    rows = ["| Code | Name | What it finds | Saves | Fix |", "| --- | --- | --- | --- | --- |"]
    for rule in all_rules():
        levels = dict.fromkeys(FIXES[bad.level] for bad in rule.bad)
        link = f"[{rule.name}]({FOLDER.relative_to(ROOT).as_posix()}/{rule.name}.md)"
        saves = "time" if rule.unit == "seconds" else rule.unit
        rows.append(f"| {rule.code} | {link} | {rule.summary} | {saves} | {' or '.join(levels) or 'none'} |")
    return "\n".join(rows)


def settings_table() -> str:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    rows = ["| Setting | Default | Meaning |", "| --- | --- | --- |"]
    for name, setting in manifest["contributes"]["configuration"]["properties"].items():
        meaning = setting.get("markdownDescription") or setting["description"]
        if choices := setting.get("enum"):
            meaning += " One of " + ", ".join(f"`{choice}`" for choice in choices) + "."
        meaning = re.sub(r"`#([\w.]+)#`", r"`\1`", meaning)  # The editor's links to other settings.
        rows.append(f"| `{name}` | `{json.dumps(setting['default'])}` | {meaning} |")
    return "\n".join(rows)


def readme(text: str) -> str:
    """The README with its tables made anew, each between a pair of comments that names it, and the figures of the hints
    it quotes."""
    for name, table in (("rules", rules_table()), ("settings", settings_table())):
        text = re.sub(
            rf"(<!-- {name} -->).*?(<!-- /{name} -->)",
            lambda match, table=table: f"{match[1]}\n\n{table}\n\n{match[2]}",
            text,
            flags=re.DOTALL,
        )
    python = project_settings(ROOT).python_version
    for rule in all_rules():
        if (hint := QUOTED.get(rule.code)) and (gain := gain_of(rule, python)):
            text = re.sub(rf"({re.escape(hint)} \(measured: )[^)]*", rf"\g<1>{worded(gain)}", text)
    return text


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for stale in {path.name for path in FOLDER.glob("*.md")} - pages().keys():
        (FOLDER / stale).unlink()
    path = ROOT / "README.md"
    path.write_text(readme(path.read_text(encoding="utf-8")), encoding="utf-8")
    schema.FILE.write_text(schema.text(), encoding="utf-8")


if __name__ == "__main__":
    main()
