"""`perfwise complexity`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from perfwise_analyzers.cost.derivation import derivation
from perfwise_analyzers.cost.terms import big_o, class_of
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.metrics import file_metrics, function_metrics
from perfwise_server.checking.errors import internal
from perfwise_server.checking.hints import document_of
from perfwise_server.checking.parallel import each
from perfwise_server.checking.source import UnreadableError
from perfwise_server.checking.walk import File, Skipped, walk
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import print_json, styled
from perfwise_server.configuration import project_settings


class Measured(NamedTuple):
    functions: Sequence[dict[str, Any]] = ()
    file: dict[str, Any] | None = None
    problem: str = ""


def complexity(paths: Sequence[str], exclude: tuple[str, ...], output: str, derived: bool, jobs: int | None) -> int:
    walked = walk(paths, project_settings, exclude)
    functions: list[dict[str, Any]] = []
    files: list[dict[str, Any]] = []
    skipped = walked.skipped
    size = sum(os.stat(file.path).st_size for file in walked.files)
    for file, measured in zip(walked.files, each(measure, walked.files, size, jobs), strict=True):
        if not measured.problem:
            functions += measured.functions
            files.append(measured.file or {})
        elif file.named:
            raise CommandError(f"{file.path}: {measured.problem}")
        else:
            skipped.append(Skipped(file.path, measured.problem))
    if output == "json":
        listed = [each._asdict() for each in sorted(skipped)]
        print_json({"functions": functions, "files": files, "skipped": listed})
    else:
        _print_text(functions, files, skipped, derived)
    return NOTHING_FOUND


def measure(file: File) -> Measured:
    """Never raises."""
    try:
        return _measured(file)
    except UnreadableError as error:
        return Measured(problem=str(error))
    except Exception as error:
        return Measured(problem=internal(error))


def _measured(file: File) -> Measured:
    document, cells = document_of(file)
    functions = []
    costs = {(cost.name_span.start.line, cost.name): cost for cost in Analysis(document).costs()}
    for function in function_metrics(document):
        found = costs.get((function.place.start.line, function.name))
        cost = found.cost if found else None
        place = cells.place(function.place)
        shift = place["line"] - function.place.start.line - 1
        functions.append(
            {
                "path": file.path,
                "name": function.name,
                **{key: value for key, value in place.items() if key in ("cell", "line")},
                "big_o": big_o(cost),
                "class": class_of(cost),
                "derivation": derivation(replace(found, first_line=found.first_line + shift)) if found else [],
                "cyclomatic": function.cyclomatic,
                "cognitive": function.cognitive,
            }
        )
    figures = file_metrics(document)
    return Measured(
        functions,
        {
            "path": file.path,
            "maintainability": figures and figures.maintainability,
            "halstead": figures and figures.halstead._asdict(),
        },
    )


def _print_text(
    functions: Sequence[dict[str, Any]], files: Sequence[dict[str, Any]], skipped: Sequence[Skipped], derived: bool
) -> None:
    widest = max((len(function["big_o"]) for function in functions), default=0)
    print(styled(f"{'cyclomatic':>10} {'cognitive':>10}  {'cost':{widest}}  function", bold=True))
    for function in functions:
        cell = f":cell {function['cell']}" if "cell" in function else ""
        place = f"{function['path']}{cell}:{function['line']}"
        figures = f"{_figure(function['cyclomatic']):>10} {_figure(function['cognitive']):>10}"
        print(f"{figures}  {function['big_o']:{widest}}  {place} {function['name']}")
        for sentence in function["derivation"] if derived else ():
            print(styled(f"{'':{len(figures)}}    {sentence}", dim=True))
    print(styled(f"{'maintainability':>21}  file", bold=True))
    for file in files:
        print(f"{_figure(file['maintainability']):>21}  {file['path']}")
    for path, reason in sorted(skipped):
        print(styled(f"skipped {path}: {reason}", dim=True))


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"
