"""What is done with a list, told as what would become of it were the list a deque."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.effects import Effects
from perfwise_analyzers.facts.inference import Inference, is_int
from perfwise_analyzers.facts.sizes import changes

# "made": a list that nothing else holds is bound; "taken": `pop(0)` or `del xs[0]`; "put": `insert(0, x)`; "alike": a
# deque does just the same; "raising": so it does, but when it fails it says so in other words; "other": no deque.
Use = Literal["made", "taken", "put", "alike", "raising", "other"]

ADAPTED: frozenset[Use] = frozenset({"made", "taken", "put"})  # What has to be written in another way.

_ALIKE = frozenset({"append", "extend", "clear", "count", "reverse"})
_RAISING = frozenset({"remove", "index"})
# What takes all items of an iterable at once and gives back nothing of the container.
_READERS = frozenset(
    f"builtins.{name}"
    for name in ("len", "bool", "sum", "sorted", "list", "tuple", "set", "frozenset", "min", "max", "any", "all")
)


class Uses:
    def __init__(self, inference: Inference, effects: Effects) -> None:
        self._inference = inference
        self._structure = inference.structure
        self._effects = effects

    def of(self, use: n.Expr) -> Use:
        """What one use of a name or attribute does."""
        around = self._structure.parent.get(use)
        match around:
            case n.Attribute(attr=method):
                call = self._structure.parent.get(around)
                return self._called(method, call) if isinstance(call, n.Call) and call.func is around else "other"
            case n.Subscript(value=value, index=index) if value is use:
                return self._indexed(around, index)
            case n.While() | n.If() | n.UnaryOp(op="not") | n.Assert():
                return "alike"
            case n.BoolOp():
                return "alike" if self._is_asked(around) else "other"
            case n.IfExp(test=test) if test is use:
                return "alike"
            case n.Compare(left=left, ops=[op]):
                asked = left is not use if op in ("in", "not in") else op in ("is", "is not")
                return "alike" if asked else "other"
            case n.Call(args=[argument]) if argument is use:
                return "alike" if self._inference.callee(around) in _READERS else "other"
            case n.For(iter=iterated) | n.Generator(iter=iterated) if iterated is use:
                return "alike" if self._stays(use, around) else "other"
            case n.AugAssign(target=target, op="+") if target is use:
                return "alike"
            case n.Assign(targets=[target], value=value) if target is use:
                return "made" if self._is_new_list(value) else "other"
            case n.AnnAssign(target=target, value=n.Expr() as value) if target is use:
                return "made" if self._is_new_list(value) and annotated_list(around) is not None else "other"
        return "other"

    def everywhere(self, key: str) -> Iterator[tuple[n.Expr | None, Use]]:
        """The uses in this segment of "Class.attribute" or of a name of the module.

        Of an attribute of the same name on something unknown the node is None: it may be the one meant, or may not, so
        nothing can be written there.
        """
        if self._structure.suite.broken:
            yield None, "other"
        owner, _, name = key.rpartition(".")
        if not owner:
            yield from ((node, self.of(node)) for node in self._of_module(name))
            return
        if self._is_bound_in_class(owner, name):
            yield None, "other"
        for node in self._structure.all(n.Attribute):
            if node.attr != name:
                continue
            found = self._inference.attribute_key(node)
            if found == key:
                yield node, self.of(node)
            elif not self._is_no_list(found):
                use = self.of(node)
                yield None, "other" if use in ADAPTED else use

    def _of_module(self, name: str) -> Iterator[n.Name]:
        inference, module = self._inference, self._structure.module
        for scope in self._structure.scopes:
            is_own = scope is module and not inference.owner
            for use in scope.uses.get(name, ()):
                if is_own or inference.is_free(use):
                    yield use
            if is_own or name in scope.globals:
                yield from (each.node for each in scope.bindings.get(name, ()) if isinstance(each.node, n.Name))

    def _is_bound_in_class(self, owner: str, name: str) -> bool:
        inference = self._inference
        if inference.owner == owner:
            return name in self._structure.module.bindings
        prefix = f"{inference.owner}." if inference.owner else ""
        return any(
            scope.kind == "class" and prefix + scope.name == owner and name in scope.bindings
            for scope in self._structure.scopes
        )

    def _is_no_list(self, key: str) -> bool:
        """Whether an attribute of a class of the module is bound to something else."""
        summary = self._inference.environment.lookup(key) if key else None
        return summary is not None and (summary.kind != "variable" or summary.type.name not in ("list", "unknown"))

    @staticmethod
    def _called(method: str, call: n.Call) -> Use:
        if call.keywords or any(isinstance(argument, n.Starred) for argument in call.args):
            return "other"
        match method, call.args:
            case "pop", []:
                return "raising"
            case "pop", [first] if is_int(first, 0):
                return "taken"
            case "insert", [first, _] if is_int(first, 0):
                return "put"
        return "alike" if method in _ALIKE else "raising" if method in _RAISING else "other"

    def _indexed(self, part: n.Subscript, index: n.Expr) -> Use:
        around = self._structure.parent.get(part)
        if isinstance(around, n.Delete):
            return "taken" if is_int(index, 0) and len(around.targets) == 1 else "other"
        is_read = not changes(self._inference, part.value)
        return "raising" if is_read and (is_int(index, 0) or is_int(index, -1)) else "other"

    def _is_asked(self, node: n.Expr) -> bool:
        """Whether of a value no more is asked than whether it is true."""
        around = self._structure.parent.get(node)
        if isinstance(around, n.BoolOp):
            return self._is_asked(around)
        return isinstance(around, (n.While, n.If, n.Assert)) or (isinstance(around, n.UnaryOp) and around.op == "not")

    def _stays(self, container: n.Expr, around: n.For | n.Generator) -> bool:
        """Whether a loop over the container leaves it alone: a deque that changes under an iterator stops it."""
        comprehension = self._structure.parent.get(around)
        if isinstance(comprehension, n.Comprehension) and comprehension.kind == "generator":
            reader = self._structure.parent.get(comprehension)
            if not isinstance(reader, n.Call) or self._inference.callee(reader) not in _READERS:
                return False
        loop = next(loop for loop in self._structure.loops if loop.node is around)
        return self._effects.stable(container, loop) == "proved"

    def _is_new_list(self, value: n.Expr) -> bool:
        if isinstance(value, n.Call) and self._inference.callee(value) == "builtins.list":
            return not value.keywords and len(value.args) <= 1
        return self._effects.is_fresh(value) and self._inference.type_of(value).name == "list"


def annotated_list(binding: n.AnnAssign) -> n.Name | None:
    """The name of the list type in `x: list[int] = ...`."""
    annotation = binding.annotation
    base = annotation.value if isinstance(annotation, n.Subscript) else annotation
    return base if isinstance(base, n.Name) and base.id in ("list", "List") else None
