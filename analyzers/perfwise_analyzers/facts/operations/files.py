"""Files opened, and what else is asked of the file system."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import is_changed, is_handling, waits
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

_OPENERS = frozenset({"builtins.open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open"}) | frozenset(
    {"gzip.GzipFile", "bz2.BZ2File", "lzma.LZMAFile"}
)
_METHODS = frozenset({"open", "read_text", "read_bytes"})
_PATHS = frozenset({"pathlib.Path", "pathlib.PurePath"})
_CHANGING = frozenset(
    f"os.{name}" for name in ("mkdir", "makedirs", "remove", "unlink", "rename", "replace", "rmdir", "symlink", "link")
)
_CHANGING_METHODS = frozenset(
    {"mkdir", "touch", "unlink", "rename", "write_text", "write_bytes", "rmdir", "symlink_to"}
)


def opening(facts: Facts) -> Iterator[Operation]:
    """`open(path)`, `gzip.open(path)`, `path.open()`, `path.read_text()`: `container` is the path.

    `spelling` is the mode, "r" where none is given; nothing where it is not a literal.
    """
    for call in facts.structure.all(n.Call):
        callee = facts.inference.callee(call)
        if callee in _OPENERS and call.args:
            path, modes = call.args[0], call.args[1:2]
        elif isinstance(call.func, n.Attribute) and call.func.attr in _METHODS and is_path(facts, call.func.value):
            path, modes = call.func.value, call.args[:1]
            if call.func.attr != "open":
                yield Operation("opening", call, path, facts.place(call), spelling="r", call=call)
                continue
        else:
            continue
        modes += [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
        mode = modes[0].value if modes and isinstance(modes[0], n.Constant) else None if modes else "r"
        if isinstance(mode, str):
            yield Operation("opening", call, path, facts.place(call), spelling=mode, call=call)


def is_path(facts: Facts, expr: n.Expr) -> bool:
    return facts.type_of(expr).name == "path"


def same_file_loops(facts: Facts, operation: Operation) -> list[Loop]:
    """The loops in which an operation meets the same path each time, innermost first.

    Those that wait in each round, as for a file to come, do not count.
    """
    found: list[Loop] = []
    call, place = operation.call, operation.place
    loop = place.loop
    if isinstance(place.stmt, n.With) and place.stmt.body:
        place = facts.place(place.stmt.body[0])  # What the body does tells whether the loop goes on.
    while loop is not None and call is not None and not is_handling(facts, call, loop):
        parts = [*call.args, *(keyword.value for keyword in call.keywords), operation.container]
        if waits(facts, loop) or any(
            _is_other(facts, node, loop, call) for part in parts for node in n.descendants(part)
        ):
            break
        if not facts.is_short(loop) and not facts.runs_once(place, loop):
            found.append(loop)
        loop = loop.parent
    return found


def _is_other(facts: Facts, node: n.Node, loop: Loop, call: n.Call) -> bool:
    """Whether a part of a path may be another in the next round. Paths never change, but names may be bound anew."""
    if isinstance(node, n.Name):
        return facts.varies(node, loop)
    if isinstance(node, (n.Attribute, n.Subscript)):
        return not facts.inference.origin(node) and is_changed(facts, node, loop, call)
    if isinstance(node, n.Call):
        return facts.effects.is_opaque(node) and facts.inference.callee(node) not in _PATHS
    return False


def changes_files(facts: Facts, loop: Loop) -> bool:
    """Whether a loop makes, removes or writes files, so that what is asked of them may have another answer later."""
    for node in facts.effects.inside(loop):
        if not isinstance(node, n.Call):
            continue
        callee = facts.inference.callee(node)
        if callee in _CHANGING or callee.startswith(("shutil.", "subprocess.", "tempfile.", "os.system")):
            return True
        if isinstance(node.func, n.Attribute) and node.func.attr in _CHANGING_METHODS:
            return True
    return any(
        operation.spelling[:1] in ("a", "w", "x") and loop.encloses(operation.node)
        for operation in facts.operations("opening")
    )


_HANDING_ON = frozenset({"builtins.enumerate", "builtins.iter", "csv.reader", "csv.DictReader"})


def gone_through(facts: Facts, made: n.Expr) -> Loop | None:
    """The loop that goes through the lines an expression gives, where nothing else does: by itself, numbered, read as
    CSV, or by a name that is used for nothing else."""
    around = facts.structure.parent.get(made)
    match around:
        case n.Call(args=[first, *_]) if first is made and facts.inference.callee(around) in _HANDING_ON:
            return gone_through(facts, around)
        case n.Assign(targets=[n.Name()], value=value) if value is made:
            use = only_use(facts, around)
            is_iterator = isinstance(made, n.Call) and facts.inference.callee(made) == "builtins.iter"
            if use is None or not (is_iterator or facts.place(use).loop is facts.place(made).loop):
                return None
            if _is_written_meanwhile(facts, use):
                return None
            return gone_through(facts, use)
        case n.Call(args=[first, *_]) if first is made and facts.inference.callee(around) == "builtins.next":
            return facts.place(around).loop
    return next((loop for loop in facts.structure.loops if loop.iter is made and loop.kind != "callback"), None)


def _is_written_meanwhile(facts: Facts, use: n.Expr) -> bool:
    """Whether a file is open for writing where the lines are gone through: it may be the one they came from."""
    opened = [
        item.context
        for around in facts.structure.ancestors(use)
        if isinstance(around, n.With)
        for item in around.items
        if isinstance(item.context, n.Call) and facts.type_of(item.context).name == "file"
    ]
    modes = [
        part.value if isinstance(part, n.Keyword) else part for call in opened for part in (*call.args, *call.keywords)
    ]
    return any(
        isinstance(mode, n.Constant) and set(str(mode.value)) & set("wax+") and len(str(mode.value)) < 4
        for mode in modes
    )


def only_use(facts: Facts, assign: n.Assign) -> n.Name | None:
    """The one place that reads the name an assignment binds, in the same function and under no other value."""
    match assign.targets:
        case [n.Name(id=name)]:
            scope = facts.place(assign).scope
            uses = [use for other in facts.structure.scopes for use in other.uses.get(name, ())]
            is_single = scope.kind == "function" and len(scope.bindings[name]) == 1 and len(uses) == 1
            return uses[0] if is_single and name not in scope.globals | scope.nonlocals else None
    return None


def is_used_in(facts: Facts, file: n.Expr, loop: Loop) -> bool:
    """Whether a loop does anything else with a file than to go through it."""
    return any(
        isinstance(node, type(file)) and node is not file and facts.effects.same(node, file)
        for node in facts.effects.inside(loop)
    )
