"""Where Scalene and line_profiler see the time of twenty functions of installed packages: the ranks of their lines.

    python -m benchmarks.line_ranking [--only NAME] [--seconds S] [--save]

line_profiler times every line that runs and slows each down by about the same, so that lines which run often seem to
take longer than they do; it is installed into a temporary folder. Both see the same calls, in a process of their own,
one after the other. Scalene's shares are of the CPU's time.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

from perfwise_server.profiling.drivers import Driver, prepared
from perfwise_server.profiling.running import Job, profile

RESULTS = Path(__file__).parent / "results" / f"{datetime.date.today()}-line-ranking.json"
TOP = 3
LEAST = 0.02  # Of the time by one of the two, for a line to be ranked.
APART = 0.1  # Shares that differ by more are a disagreement.
_ROOT = Path(__file__).parents[1]
_GENERATED = Driver("inputs", "", "generated inputs")
# Made once: it takes longer than the functions, which leave it as it is.
_GRAPH = "(globals().get('_graph') or globals().setdefault('_graph', nx.gnm_random_graph(300, 1500, seed=1)))"
_INSTANCE = (
    "(globals().get('_instance') or globals().setdefault('_instance', __import__('attr').make_class("
    "'Row', [f'x{n}' for n in range(200)])(*range(200))))"
)


class Target(NamedTuple):
    """`call` is empty where inputs are to be found."""

    module: str
    function: str
    call: str = ""


TARGETS = (
    Target(
        "networkx.algorithms.shortest_paths.weighted",
        "_dijkstra_multisource",
        f"_dijkstra_multisource({_GRAPH}, [0], lambda u, v, d: 1 + (u * v) % 7)",
    ),
    Target(
        "networkx.algorithms.link_analysis.pagerank_alg",
        "_pagerank_python",
        "_pagerank_python(nx.gnm_random_graph(300, 1500, seed=1, directed=True))",
    ),
    Target("networkx.algorithms.components.connected", "_plain_bfs", f"_plain_bfs({_GRAPH}, 300, 0)"),
    Target(
        "networkx.algorithms.centrality.betweenness",
        "_single_source_shortest_path_basic",
        f"_single_source_shortest_path_basic({_GRAPH}, 0)",
    ),
    Target("rich._wrap", "divide_line"),
    Target("rich.markup", "render", "render('[bold]one[/bold] and [red]two[/red] ' * 200)"),
    Target(
        "rich.text",
        "Text.wrap",
        "Text('lorem ipsum dolor sit amet ' * 100).wrap(__import__('rich.console').console.Console(), 40)",
    ),
    Target(
        "yaml.emitter",
        "Emitter.analyze_scalar",
        "Emitter(None).analyze_scalar('some plain text: with # marks\\n' * 100)",
    ),
    Target(
        "jinja2.lexer",
        "Lexer.tokeniter",
        "Lexer(__import__('jinja2').Environment())"
        ".tokeniter('{% for a in b %}{{ a.c | upper }} text{% endfor %}\\n' * 60, None)",
    ),
    Target(
        "jinja2.utils",
        "urlize",
        "urlize('see https://example.org/a and www.example.com or mail a@b.example now ' * 60)",
    ),
    Target(
        "packaging.specifiers",
        "SpecifierSet.filter",
        "SpecifierSet('>=1.0,<2,!=1.5').filter([f'1.{minor}' for minor in range(200)])",
    ),
    Target("httpx._urlparse", "normalize_path", "normalize_path('/a/b/../c/./d/' * 200)"),
    Target("httpx._urlparse", "urlparse", "urlparse('https://me:pw@example.org:8080/a/../b c?x=1&y=2#part')"),
    Target("attr._funcs", "asdict", f"asdict({_INSTANCE})"),
    Target("idna.core", "encode", "encode('b\\u00fccher.example.\\u4f8b\\u3048.test')"),
    Target(
        "sqlalchemy.util.topological",
        "sort_as_subsets",
        "sort_as_subsets([(n, n + 1) for n in range(150)], range(150))",
    ),
    Target("radon.raw", "analyze", "analyze('def f(a):\\n    # a note\\n    return a + 1\\n\\n' * 40)"),
    Target("urllib3.util.url", "parse_url", "parse_url('https://me@example.org:80/a/b/../c d?e=f#g')"),
    Target("mdurl._encode", "encode"),
    Target("jsonschema._utils", "uniq", "uniq([{'a': n, 'b': [n]} for n in range(120)])"),
)


@dataclass(frozen=True)
class Line:
    line: int
    text: str
    sampled: float  # Shares, 0 to 1.
    timed: float
    hits: float  # A call.
    tracing: float  # The part of the line's time that was about the cost of timing it, and is not left out.


@dataclass(frozen=True)
class Ranking:
    function: str
    driver: str
    calls: int
    samples: int
    milliseconds: float  # A call, by Scalene.
    same_first: bool
    shared: int  # Of the first three.
    correlation: float | None  # Of ranks, Spearman's; None where there is one line.
    apart: float  # The greatest difference of shares.
    lines: tuple[Line, ...]


async def ranking(target: Target, seconds: float, libraries: str) -> Ranking:
    spec = importlib.util.find_spec(target.module)
    assert spec is not None
    assert spec.origin is not None
    text = Path(spec.origin).read_text("utf-8")
    job = Job(spec.origin, text, target.function, seconds=seconds, python=sys.executable)
    driver = Driver("call", target.call, "a given call") if target.call else _GENERATED
    job = await prepared(job, driver, lambda _: None)
    report = await profile(job, lambda _: None)
    if report.confidence in ("none", "low"):  # The machine was busy with something else.
        report = await profile(replace(job, seconds=3 * seconds), lambda _: None)
    timed = _timed(target, job.calls, seconds, libraries)
    floor = timed["floor"]
    own = {int(line): taken for line, (_, taken) in timed["lines"].items()}
    whole = sum(own.values())
    # What a busy machine does meanwhile goes to any line.
    ran = sum(line.python + line.native for line in report.lines)
    if not ran:
        raise SystemExit(f"{target.module}.{target.function}: {report.reason}")
    sampled = {line.line: (line.python + line.native) / ran for line in report.lines}
    texts = text.splitlines()
    rows = []
    for number in sorted({*sampled, *own}):
        share = own.get(number, 0.0) / whole
        if max(share, sampled.get(number, 0.0)) >= LEAST:
            hits, taken = timed["lines"].get(str(number), (0, 0.0))
            tracing = min(hits * floor / taken, 1.0) if taken else 0.0
            hits /= timed["calls"]
            rows.append(Line(number, texts[number - 1].strip(), sampled.get(number, 0.0), share, hits, tracing))
    by_sampling = sorted(rows, key=lambda row: -row.sampled)
    by_timing = sorted(rows, key=lambda row: -row.timed)
    return Ranking(
        f"{target.module}.{target.function}",
        job.driver,
        report.calls,
        report.samples,
        1000 * report.seconds / max(report.calls, 1),
        by_sampling[0] == by_timing[0],
        len({row.line for row in by_sampling[:TOP]} & {row.line for row in by_timing[:TOP]}),
        _spearman([by_sampling.index(row) for row in rows], [by_timing.index(row) for row in rows]),
        max(abs(row.sampled - row.timed) for row in rows),
        tuple(by_timing),
    )


def _timed(target: Target, calls: tuple[str, ...], seconds: float, libraries: str) -> dict[str, object]:
    asked = {"module": target.module, "function": target.function, "calls": calls, "seconds": seconds}
    paths = [libraries, str(_ROOT), str(_ROOT / "server")]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.line_timing"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=seconds * 10 + 60,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _spearman(first: list[int], second: list[int]) -> float | None:
    """Of ranks without ties."""
    count = len(first)
    if count < 2:
        return None
    return 1 - 6 * sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / (count * (count**2 - 1))


def _print(found: Ranking) -> None:
    correlation = "" if found.correlation is None else f"{found.correlation:.2f}"
    print(
        f"{found.function:72} {found.samples:6} samples, first line {'same' if found.same_first else 'DIFFERS'}, "
        f"{found.shared} of {min(TOP, len(found.lines))} first, ranks {correlation}, apart by {found.apart:.0%}"
    )
    if found.same_first and found.apart <= APART:
        return
    for row in found.lines:
        mark = "*" if abs(row.sampled - row.timed) > APART else " "
        print(
            f"   {mark} {row.line:5} sampled {row.sampled:4.0%}, timed {row.timed:4.0%} (of it {row.tracing:4.0%} "
            f"for timing), {row.hits:8.1f} times: {row.text[:70]}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="functions whose name holds this text")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each is measured, by each of the two")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    given = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as libraries:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", libraries, "line_profiler"]
        subprocess.run(command, check=True, capture_output=True)
        for target in TARGETS:
            if given.only in f"{target.module}.{target.function}":
                found.append(asyncio.run(ranking(target, given.seconds, libraries)))
                _print(found[-1])
    same = sum(each.same_first for each in found)
    close = sum(each.apart <= APART for each in found)
    print(f"{same} of {len(found)} have the same first line; in {close} no share differs by more than {APART:.0%}")
    if given.save:
        RESULTS.write_text(json.dumps([asdict(each) for each in found], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
