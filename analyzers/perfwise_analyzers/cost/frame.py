"""What the parts of the cost model share while they look at one segment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from perfwise_analyzers.cost.terms import Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.facts import Facts
from perfwise_analyzers.finding import Position, Span


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a function's cost: what `node` costs each time, and how often it runs. `line` is 0-based.

    `note` is the whole sentence where it is not that simple; `cost` is None where it is not known.
    """

    line: int
    source: str
    each: Term | None
    times: Term | None
    cost: Term | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FunctionCost:
    """What a call costs, and how long and how great its result is, over the sizes of the parameters.

    `steps` derives the cost, the dominating step first. Lines are those of the segment, which starts at `first_line`.
    `line` and `column` are the place of the name.
    """

    name: str
    line: int
    column: int
    cost: Term | None
    steps: tuple[Step, ...]
    parameters: tuple[n.Parameter, ...] = ()
    is_method: bool = False
    length: Term | None = None
    inner_length: Term | None = None
    value: Term | None = None
    inner_total: Term | None = None
    grows: tuple[str, ...] = ()  # The parameters that it adds to.
    marks: bool = False  # It comes by each thing once, and by none that an earlier call came by.
    first_line: int = 0

    @property
    def name_span(self) -> Span:
        """The place of the name after `def` in the document."""
        line, width = self.first_line + self.line, len(self.name.rpartition(".")[2])
        return Span(Position(line, self.column), Position(line, self.column + width))


Results = Callable[[str], FunctionCost | None]  # By qualified name: None for what is not known, mutual recursion too.


def callee_of(facts: Facts, call: n.Call) -> str:
    """The qualified name of the module's function, or class, that a call calls; "" for any other."""
    inference, func = facts.inference, call.func
    if isinstance(func, n.Name):
        bindings = inference.bindings(func)
        if bindings is None:
            summary = facts.environment.lookup(func.id)
            return func.id if summary is not None and summary.kind in ("function", "class") else ""
        if len(bindings) == 1 and isinstance(bindings[0].value, (n.FunctionDef, n.ClassDef)):
            return facts.qualified(bindings[0].value)
        return ""
    if isinstance(func, n.Attribute):
        key = inference.attribute_key(func)
        if not key and isinstance(func.value, n.Name) and inference.is_free(func.value):
            summary = facts.environment.lookup(func.value.id)
            key = f"{func.value.id}.{func.attr}" if summary is not None and summary.kind == "class" else ""
        if key:
            summary = facts.environment.lookup(key)
            return key if summary is not None and summary.kind == "function" else ""
    return ""


def class_of_call(facts: Facts, call: n.Call) -> bool:
    """Whether a call makes an instance of one of the module's classes."""
    func = call.func
    if not isinstance(func, n.Name):
        return False
    bindings = facts.inference.bindings(func)
    if bindings is None:
        summary = facts.environment.lookup(func.id)
        return summary is not None and summary.kind == "class"
    return len(bindings) == 1 and isinstance(bindings[0].value, n.ClassDef)


def arguments_of(facts: Facts, call: n.Call, function: FunctionCost) -> dict[str, n.Expr | None] | None:
    """The argument of each parameter, None for a default; None where stars hide them."""
    if any(isinstance(argument, n.Starred) for argument in call.args) or any(k.arg is None for k in call.keywords):
        return None
    bound: dict[str, n.Expr | None] = {}
    names = list(function.parameters)
    if function.is_method and names:
        receiver = call.func.value if isinstance(call.func, n.Attribute) else None
        if isinstance(receiver, n.Name) and facts.inference.is_free(receiver):
            summary = facts.environment.lookup(receiver.id)
            if summary is not None and summary.kind == "class" and len(call.args) == len(names):
                receiver = None
        if receiver is not None or class_of_call(facts, call):
            bound[names.pop(0).name] = receiver
    positional = [parameter for parameter in names if parameter.kind == "positional"]
    for parameter, argument in zip(positional, call.args, strict=False):
        bound[parameter.name] = argument
    for keyword in call.keywords:
        bound[keyword.arg or ""] = keyword.value
    for parameter in names:
        bound.setdefault(parameter.name, None)
    return bound
