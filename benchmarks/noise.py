"""Every hint in whole packages with the lines around it, to be read one by one: each wrong one is a bug to mend."""

from __future__ import annotations

import argparse
import ast
import time
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.edits import apply


def sources(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            try:
                with tokenize.open(file) as stream:
                    yield file, stream.read()
            except (SyntaxError, UnicodeDecodeError):
                print(f"{file}: not read")


def excerpt(document: Document, finding: Finding, around: int) -> str:
    first, last = finding.span.start.line, finding.span.end.line
    lines = range(max(first - around, 0), min(last + around + 1, document.line_count))
    return "\n".join(f"  {'>' if first <= line <= last else ' '} {document.line(line)}" for line in lines)


def fixed(analysis: Analysis, text: str, finding: Finding) -> str:
    """What the fix is, and whether what it makes still parses."""
    if finding.fix is None:
        return "no fix"
    try:
        ast.parse(apply(text, analysis.edits_of(finding.fix)))
    except (SyntaxError, ValueError) as error:
        return f"BROKEN FIX ({finding.fix.level}): {error}"
    return f"{finding.fix.level}: {finding.fix.title}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="files and folders of Python")
    parser.add_argument("--around", type=int, default=6, metavar="LINES", help="lines shown before and after each hint")
    parser.add_argument("--quiet", action="store_true", help="only count")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    files = lines = 0
    seconds = 0.0
    for file, text in sources(given.paths):
        started = time.perf_counter()
        document = Document(text)
        analysis = Analysis(document)
        findings = analysis.findings()
        seconds += time.perf_counter() - started
        files += 1
        lines += document.line_count
        for finding in findings:
            counts[f"{finding.code} {finding.name}"] += 1
            fix = fixed(analysis, text, finding)
            counts["broken fixes"] += fix.startswith("BROKEN")
            if not given.quiet:
                print(f"{file}:{finding.span.start.line + 1} {finding.code} {finding.message} [{fix}]")
                print(excerpt(document, finding, given.around), end="\n\n")
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    hints = counts.total() - counts["broken fixes"]
    density = hints / max(lines, 1) * 1000
    print(f"{hints} hints in {files} files, {seconds:.1f} s: {density:.2f} per 1,000 of {lines:,} lines")


if __name__ == "__main__":
    main()
