"""What one segment tells the rest of the module of a name it binds."""

from __future__ import annotations

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.awaits import READS, only_reads
from perfwise_analyzers.facts.comparing import compares_by_key
from perfwise_analyzers.facts.environment import CALLS, USES, Summary
from perfwise_analyzers.facts.facts import Facts
from perfwise_analyzers.facts.inference import import_origin
from perfwise_analyzers.facts.operations.helpers import scans_in
from perfwise_analyzers.facts.sizes import changes
from perfwise_analyzers.facts.structure import Binding, ScopeInfo
from perfwise_analyzers.facts.types import UNKNOWN, Type, join

Part = tuple[Summary | None, bool]  # What the segment binds the name to, and whether it changes its value in place.


def part_of(facts: Facts, key: str) -> Part:
    """One segment's part in the summary of `key`, a name of the module, "Class.attribute", or "uses:" of either."""
    if key.startswith(CALLS):
        is_repeated = _calls_repeatedly(facts, key.removeprefix(CALLS))
        return Summary("variable", uses=frozenset({"repeated"} if is_repeated else ())), False
    if key.startswith(USES):
        uses = frozenset(use for _, use in facts.uses.everywhere(key.removeprefix(USES)))
        return Summary("variable", uses=uses), False
    owner, _, name = key.rpartition(".")
    if owner:
        return _attribute(facts, owner, name), _changes_attribute(facts, key, name)
    return _module_name(facts, name), _changes_name(facts, name)


def merged(parts: list[Part]) -> Summary | None:
    """The summary that all segments together give."""
    mutated = any(changed for _, changed in parts)
    bound = [summary for summary, _ in parts if summary is not None]
    if not bound:
        return None
    first = bound[0]
    if any((other.kind, other.origin) != (first.kind, first.origin) for other in bound):
        return Summary("variable", UNKNOWN, mutated=mutated)
    if first.kind in ("function", "class") and len(bound) > 1 and any(other != first for other in bound):
        return Summary(first.kind, UNKNOWN, mutated=mutated)
    kind: Type | None = None
    for summary in bound:
        if not summary.type.known:
            kind = UNKNOWN
            break
        kind = join(kind, summary.type)
    uses = first.uses.union(*(summary.uses for summary in bound[1:]))
    return Summary(first.kind, kind or UNKNOWN, first.origin, first.scans, mutated, first.by_key, uses)


def _module_name(facts: Facts, name: str) -> Summary | None:
    if facts.owner:
        return None
    bindings = [b for b in facts.structure.module.bindings.get(name, ()) if b.region is None]
    for scope in facts.structure.scopes:
        if name in scope.globals and scope.kind == "function":
            bindings += scope.bindings.get(name, [])
    return _bound(facts, bindings)


def _bound(facts: Facts, bindings: list[Binding]) -> Summary | None:
    if not bindings:
        return None
    last = bindings[-1]
    if len({binding.kind for binding in bindings}) == 1:
        if last.kind == "import" and len(bindings) == 1:
            return Summary("import", origin=import_origin(last))
        if last.kind == "function" and isinstance(last.value, n.FunctionDef):
            return _function(facts, last.value)
        if last.kind == "class":
            return Summary("class")
    elif all(binding.kind in ("import", "except", "assign") for binding in bindings) and last.kind == "import":
        return Summary("variable")
    telling = [
        binding
        for binding in bindings
        if not (
            isinstance(binding.value, n.Expr)
            and isinstance(binding.node, n.Name)
            and binding.kind == "assign"
            and _is_more_of(facts, binding.value, binding.node)
        )
    ]
    return Summary("variable", facts.inference.bound_type(telling)) if telling else None


def _function(facts: Facts, function: n.FunctionDef) -> Summary:
    decorated = bool(function.decorators)
    plain = not decorated or all(
        isinstance(d, n.Name) and d.id in ("staticmethod", "classmethod", "property") for d in function.decorators
    )
    if any(isinstance(d, n.Name) and d.id == "property" for d in function.decorators):
        return Summary("variable", facts.inference.returned(function))
    returned = facts.inference.returned(function) if plain else UNKNOWN
    scans = scans_in(facts, function) if plain else ()
    if plain and function.is_async and only_reads(facts, function):
        scans = (*scans, READS)
    return Summary("function", returned, scans=scans, by_key=plain and compares_by_key(facts, function))


def _attribute(facts: Facts, owner: str, name: str) -> Summary | None:
    scope = _class_scope(facts, owner)
    if scope is None:
        return None
    own = [b for b in scope.bindings.get(name, ()) if b.region is None]
    if own and own[-1].kind in ("function", "class"):
        return _bound(facts, own)
    kinds = [facts.inference.binding_type(b) or UNKNOWN for b in own if b.kind != "augmented"]
    assignments: list[n.Assign | n.AnnAssign] = [*facts.structure.all(n.Assign), *facts.structure.all(n.AnnAssign)]
    for node in assignments:
        targets = node.targets if isinstance(node, n.Assign) else [node.target]
        for target in targets:
            kinds.extend(_assigned(facts, target, node, f"{owner}.{name}", name))
    held: list[n.Expr | None] = [loop.target for loop in facts.structure.all(n.For)]
    held += [item.target for with_ in facts.structure.all(n.With) for item in with_.items]
    if any(target is not None and _is_attribute(facts, target, f"{owner}.{name}", name) for target in held):
        kinds.append(UNKNOWN)
    if not kinds:
        return None
    result: Type | None = None
    for kind in kinds:
        if not kind.known:
            return Summary("variable", UNKNOWN)
        result = join(result, kind)
    return Summary("variable", result or UNKNOWN)


def _class_scope(facts: Facts, owner: str) -> ScopeInfo | None:
    """The scope that stands for the class in this segment: the segment itself for a member, else its class body."""
    if facts.owner == owner:
        return facts.structure.module
    for scope in facts.structure.scopes:
        qualified = f"{facts.owner}.{scope.name}" if facts.owner else scope.name
        if scope.kind == "class" and qualified == owner:
            return scope
    return None


def _assigned(facts: Facts, target: n.Expr, node: n.Node, key: str, name: str) -> list[Type]:
    if isinstance(target, (n.Tuple, n.List)):
        return [UNKNOWN for elt in target.elts if _is_attribute(facts, elt, key, name)]
    if not _is_attribute(facts, target, key, name):
        return []
    if isinstance(node, n.AnnAssign):
        kind = facts.inference.annotated(node.annotation)
        made = facts.type_of(node.value) if node.value is not None else UNKNOWN
        if made.name == kind.name:
            return [Type(made.name, made.element or kind.element, made.value or kind.value, made.items, made.length)]
        return [kind if kind.known else made]
    if not isinstance(node, n.Assign) or _is_more_of(facts, node.value, target):
        return []
    return [facts.type_of(node.value)]


def _is_more_of(facts: Facts, value: n.Expr, target: n.Expr) -> bool:
    """`x + more`, `[*x, more]` or `x[1:]`, assigned to x: that tells nothing of its type."""
    match value:
        case n.BinOp(left=left, op="+", right=right):
            return (
                facts.effects.same(left, target)
                or facts.effects.same(right, target)
                or _is_more_of(facts, left, target)
            )
        case n.List(elts=elts):
            return any(isinstance(elt, n.Starred) and facts.effects.same(elt.value, target) for elt in elts)
        case n.Subscript(value=inner, index=n.Slice()):
            return facts.effects.same(inner, target)
        case n.IfExp(body=body, orelse=orelse):
            return all(facts.effects.same(side, target) or _is_more_of(facts, side, target) for side in (body, orelse))
    return False


def _is_attribute(facts: Facts, expr: n.Expr, key: str, name: str) -> bool:
    return isinstance(expr, n.Attribute) and expr.attr == name and facts.inference.attribute_key(expr) == key


def _calls_repeatedly(facts: Facts, key: str) -> bool:
    """Whether this segment calls a function of the module in a loop, or hands it to what calls it for each item."""
    owner, _, name = key.rpartition(".")
    for call in facts.structure.all(n.Call):
        match call.func:
            case n.Attribute(attr=attr) if owner and attr == name:
                is_meant = facts.inference.attribute_key(call.func) == key
            case n.Name(id=called) if called == name and not owner:
                is_meant = facts.inference.is_free(call.func)
            case _:
                is_meant = False
        if is_meant and facts.is_repeated(call):
            return True
    return not owner and any(
        isinstance(argument, n.Name) and argument.id == name and facts.inference.is_free(argument)
        for call in facts.structure.all(n.Call)
        if facts.inference.callee(call) in ("builtins.map", "builtins.filter") and len(call.args) > 1
        for argument in call.args[:1]
        if facts.is_long(call.args[1])
    )


def _changes_attribute(facts: Facts, key: str, name: str) -> bool:
    return any(
        isinstance(node, n.Attribute)
        and node.attr == name
        and changes(facts.inference, node)
        and facts.inference.attribute_key(node) == key
        for node in facts.structure.all(n.Attribute)
    )


def _changes_name(facts: Facts, name: str) -> bool:
    return any(
        changes(facts.inference, use)
        for scope in facts.structure.scopes
        for use in scope.uses.get(name, ())
        if facts.inference.is_free(use) or (scope is facts.structure.module and not facts.owner)
    )
