"""The file system is asked the same, or what it has told already, in each round of a loop.

# What it costs

`os.path.isfile(path)` and its like ask the operating system: microseconds on a local disk, milliseconds on a network's.
`os.listdir` and `glob.glob` read a whole folder. After `os.listdir`, asking for each name whether it is a file asks for what
the folder's listing held.

# The cheaper form

Ask once before the loop; and list a folder by `os.scandir`, whose entries know what they are.

# When it does not pay

Where the answer may change while the loop runs: nothing is said of loops that wait, or that make or remove files.

# Fix safety

Where it is the same question, to be verified: another program may change the answer. Where it is about each name of a
listing, advice only.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.operations.files import changes_files, is_path
from perfwise_analyzers.facts.operations.files import same_file_loops as unchanged
from perfwise_analyzers.facts.sizes import ROUNDS
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW607",
    name="stat-in-loop",
    summary="The file system is asked the same in each round of a loop, or for what a listing held.",
    triggers=("for",),
    severity="hint",
    bad=(
        Bad(
            code="""\
import os


def resolved(folder: str, names: list[str]) -> list[str]:
    found = []
    for name in names:
        found.append(os.path.join(os.path.realpath(folder), name))
    return found
""",
            better="""\
import os


def resolved(folder: str, names: list[str]) -> list[str]:
    found = []
    folder_realpath = os.path.realpath(folder)
    for name in names:
        found.append(os.path.join(folder_realpath, name))
    return found
""",
            call='resolved("/usr/lib", ["a", "b"] * 100)',
            level="verify",
        ),
        Bad(
            code="""\
import os


def files(folder: str) -> list[str]:
    return sorted(name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name)))
""",
            better="""\
import os


def files(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if entry.is_file())
""",
            call="files(os.path.dirname(os.__file__))",
            level="advice",
        ),
    ),
    good=(
        Good(
            "import os\n\ndef f(path):\n    while not os.path.exists(path):\n        print('not yet')\n",
            "It waits for the file.",
        ),
        Good(
            "import os\n\ndef f(paths):\n    return [p for p in paths if os.path.isfile(p)]\n",
            "Each path is asked once.",
        ),
        Good(
            "import os\nimport time\n\ndef f(path, tries):\n    for _ in range(tries):\n        if os.path.exists(path):\n"
            "            return True\n        time.sleep(1)\n    return False\n",
            "It waits for the file to come.",
        ),
        Good(
            "import os\n\ndef f(folder, names):\n    for name in names:\n        if not os.path.exists(folder):\n"
            "            os.makedirs(folder)\n        print(name)\n",
            "The loop changes the answer.",
        ),
        Good(
            "import os\n\ndef f(folder):\n    for name in os.listdir(folder):\n        print(name)\n",
            "The folder is listed once.",
        ),
    ),
)

_ASKING = frozenset(
    f"os.path.{name}"
    for name in (
        "exists",
        "lexists",
        "isfile",
        "isdir",
        "islink",
        "getsize",
        "getmtime",
        "realpath",
        "abspath",
        "expanduser",
    )
) | frozenset(
    {"os.stat", "os.lstat", "os.listdir", "os.scandir", "os.getcwd", "os.access", "glob.glob", "shutil.which"}
)
_METHODS = frozenset(
    {"exists", "is_file", "is_dir", "is_symlink", "stat", "lstat", "resolve", "absolute", "expanduser", "samefile"}
)
_TOLD = frozenset({"os.path.isfile", "os.path.isdir", "os.path.islink"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[Loop] = set()
    for call in facts.structure.all(n.Call):
        callee = facts.inference.callee(call)
        place = facts.place(call)
        asked = _asked(facts, call)
        if asked is None or place.loop is None or any(isinstance(arg, n.Starred) for arg in call.args):
            continue
        operation = Operation("asking", call, asked, place, call=call)
        loops = unchanged(facts, operation)
        if loops and not any(_may_wait(facts, loop) or changes_files(facts, loop) for loop in loops):
            message = f"`{facts.source(call)}` asks the same {facts.each_round(loops)}: ask once before the loop"
            yield facts.finding(rule, call, message, fix=_fix(facts, call, loops))
        elif callee in _TOLD and len(call.args) == 1 and _is_listed(facts, call.args[0], place.loop):
            if place.loop in told:
                continue
            told.add(place.loop)
            message = f"`{callee}` asks for each name what the listing held: the entries of `os.scandir` know it"
            yield facts.finding(rule, call, message)


def _may_wait(facts: Facts, loop: Loop) -> bool:
    """Whether the loop may go on until the answer changes: a `while` that does not count its rounds."""
    return isinstance(loop.node, n.While) and ROUNDS in facts.sizes.loop(loop)


def _asked(facts: Facts, call: n.Call) -> n.Expr | None:
    """What the file system is asked about, where a call asks it."""
    if facts.inference.callee(call) in _ASKING:
        return call.args[0] if call.args else call.func
    match call.func:
        case n.Attribute(value=path, attr=method) if method in _METHODS and is_path(facts, path):
            return path
    return None


def _fix(facts: Facts, call: n.Call, loops: list[Loop]) -> Fix | None:
    outer = loops[-1]
    if isinstance(facts.structure.parent[call], n.ExprStmt) or not all(
        can_hoist(facts, arg, outer) for arg in call.args
    ):
        return None
    draft = Draft(facts)
    assert isinstance(call.func, (n.Name, n.Attribute))
    name = draft.fresh(f"{base_name(call.args[0] if call.args else call.func)}_{base_name(call.func)}")
    draft.before(outer.stmt, f"{name} = {facts.source(call)}")
    draft.replace(call, name)
    title = f"Ask `{facts.source(call)}` once before the loop"
    return draft.fix("verify", title, "Another program, or code called in the loop, might change the answer.")


def _is_listed(facts: Facts, path: n.Expr, loop: Loop) -> bool:
    """Whether a path is made of a folder and the variable of the loop over that folder's listing."""
    if isinstance(path, n.Name):
        bindings = facts.inference.bindings(path)
        if bindings and len(bindings) == 1 and isinstance(bindings[0].value, n.Expr) and bindings[0].kind == "assign":
            path = bindings[0].value
    listing = loop.iter
    if isinstance(listing, n.Call) and facts.inference.callee(listing) == "builtins.sorted" and listing.args:
        listing = listing.args[0]
    match listing, path, loop.target:
        case n.Call(args=[folder]), n.Call(args=[base, n.Name(id=name)]), n.Name(id=target):
            return (
                facts.inference.callee(listing) == "os.listdir"
                and facts.inference.callee(path) == "os.path.join"
                and facts.effects.same(folder, base)
                and name == target
            )
    return False
