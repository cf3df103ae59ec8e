"""Functions that call themselves, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


@dataclass(eq=False, slots=True)
class SelfCall:
    """A call of a function in its own body. `arguments` are those given, by the parameters' names."""

    facts: Facts
    function: n.FunctionDef
    node: n.Call
    arguments: dict[str, n.Expr]

    def is_cut(self, argument: n.Expr, parameter: str) -> bool:
        """Whether an argument is its parameter without some items at an end, their number fixed by the source."""
        match argument:
            case n.Subscript(value=n.Name(id=name), index=n.Slice(lower=lower, upper=upper, step=None)):
                first = isinstance(lower, n.Constant) and isinstance(lower.value, int) and lower.value >= 1
                last = isinstance(upper, n.UnaryOp) and isinstance(upper.operand, n.Constant)
                return name == parameter and (
                    (first and (upper is None or last)) or (last and (lower is None or is_int(lower, 0)))
                )
            case n.Name():
                return argument.id != parameter and self._is_rest(argument, parameter)
        return False

    def _is_rest(self, name: n.Name, parameter: str) -> bool:
        """`rest = xs[1:]` or `first, *rest = xs`, as far as the call sees."""
        bindings = self.facts.inference.bindings(name) or []
        if len(bindings) != 1 or bindings[0].kind not in ("assign", "unpack"):
            return False
        binding = bindings[0]
        if isinstance(binding.target, n.Tuple):
            last = binding.target.elts[-1]
            if isinstance(last, n.Starred) and last.value is binding.node:
                return isinstance(binding.value, n.Name) and binding.value.id == parameter
            if isinstance(binding.value, n.Tuple) and len(binding.value.elts) == len(binding.target.elts):
                at = next((i for i, elt in enumerate(binding.target.elts) if elt is binding.node), None)
                return at is not None and self._is_slice(binding.value.elts[at], parameter)
            return False
        return isinstance(binding.value, n.Expr) and self._is_slice(binding.value, parameter)

    def _is_slice(self, value: n.Expr, parameter: str) -> bool:
        return isinstance(value, n.Subscript) and self.is_cut(value, parameter)

    def is_step(self, argument: n.Expr, parameter: str) -> bool:
        """Whether an argument is its parameter and a little more or less: `n - 1`, `i + 1`, `left - weights[i]`."""
        match argument:
            case n.BinOp(left=n.Name(id=name), op=("+" | "-"), right=right):
                return name == parameter and not isinstance(right, (n.List, n.Tuple, n.JoinedStr))
            case n.BinOp(left=left, op="+", right=n.Name(id=name)):
                return name == parameter and isinstance(left, n.Constant) and left.kind == "int"
        return False


def self_calls(facts: Facts) -> Iterator[SelfCall]:
    """The calls that functions make of themselves, by name or through `self`, `cls` or the class."""
    for call in facts.structure.all(n.Call):
        scope = facts.function_at(call)
        if scope is None or not isinstance(scope.node, n.FunctionDef):
            continue
        function = scope.node
        params = [parameter for parameter in function.params if parameter.kind == "positional"]
        match call.func:
            case n.Name(id=name) if name == function.name:
                if function.name in scope.bindings or _is_member(facts, function):
                    continue
            case n.Attribute(value=n.Name(id=receiver), attr=name) if name == function.name:
                if not _is_member(facts, function):
                    continue
                if params and receiver == params[0].name and not _is_static(function):
                    params = params[1:]
                elif not _is_static(function) or receiver != _class_name(facts, function):
                    continue
            case _:
                continue
        if any(isinstance(argument, n.Starred) for argument in call.args) or len(call.args) > len(params):
            continue
        arguments = {parameter.name: argument for parameter, argument in zip(params, call.args, strict=False)}
        arguments.update({keyword.arg: keyword.value for keyword in call.keywords if keyword.arg})
        yield SelfCall(facts, function, call, arguments)


def branching_calls(facts: Facts, calls: list[SelfCall]) -> list[SelfCall]:
    """The calls of one function beside which a run of it may make another, or which a loop repeats."""
    return [
        call
        for call in calls
        if facts.place(call.node).loop is not None
        or any(
            other is not call
            and not _excludes(
                facts, *((call.node, other.node) if call.node.start < other.node.start else (other.node, call.node))
            )
            for other in calls
        )
    ]


def _excludes(facts: Facts, first: n.Node, second: n.Node) -> bool:
    """Whether the calls stand in branches of which only one is taken."""
    inner = first
    for around in facts.structure.ancestors(first):
        match around:
            case n.If(body=body, orelse=orelse):
                for branch, other in ((body, orelse), (orelse, body)):
                    if inner in branch:
                        leaves = isinstance(branch[-1], (n.Return, n.Raise))
                        if _holds(other, second) or (
                            leaves and not _holds(branch, second) and second.start > around.end
                        ):
                            return True
            case n.IfExp(body=body_expr, orelse=orelse_expr):
                if (inner is body_expr and _holds([orelse_expr], second)) or (
                    inner is orelse_expr and _holds([body_expr], second)
                ):
                    return True
            case n.Return() if second.start > around.end:
                block = facts.structure.parent.get(around)
                if isinstance(block, n.FunctionDef):
                    return True
            case n.FunctionDef():
                break
        inner = around
    return False


def _holds(nodes: list[n.Stmt] | list[n.Expr], inner: n.Node) -> bool:
    return any(node.start <= inner.start and inner.end <= node.end for node in nodes)


def _is_member(facts: Facts, function: n.FunctionDef) -> bool:
    parent = facts.structure.scope_of[function].parent
    return parent is not None and (parent.kind == "class" or (parent.kind == "module" and bool(facts.owner)))


def _class_name(facts: Facts, function: n.FunctionDef) -> str:
    parent = facts.structure.scope_of[function].parent
    qualified = parent.name if parent is not None and parent.kind == "class" else facts.owner
    return qualified.rpartition(".")[2]


def _is_static(function: n.FunctionDef) -> bool:
    return any(isinstance(decorator, n.Name) and decorator.id == "staticmethod" for decorator in function.decorators)
