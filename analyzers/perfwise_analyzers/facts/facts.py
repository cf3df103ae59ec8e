"""All that rules may ask about one segment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.bounds import is_capped
from perfwise_analyzers.facts.effects import Effects, Stability
from perfwise_analyzers.facts.environment import CALLS, Environment
from perfwise_analyzers.facts.inference import Inference
from perfwise_analyzers.facts.known import element_of
from perfwise_analyzers.facts.operations import Operation, operations_of
from perfwise_analyzers.facts.positions import Positions
from perfwise_analyzers.facts.scans import Equality, Scans
from perfwise_analyzers.facts.sizes import ROUNDS, Sizes, big_o, product
from perfwise_analyzers.facts.structure import Loop, Place, ScopeInfo, Structure
from perfwise_analyzers.facts.types import UNKNOWN, Type
from perfwise_analyzers.facts.uses import Uses
from perfwise_analyzers.finding import Finding, Fix, Pattern, Span


class Facts:
    """The facts of one segment, as far as its text and the summaries of the names it uses tell.

    `owner` is the class whose member the segment is, or "". Everything is worked out when first asked for.
    """

    def __init__(self, structure: Structure, environment: Environment, owner: str = "") -> None:
        self.structure = structure
        self.environment = environment
        self.owner = owner
        self.text = structure.text
        self.inference = Inference(structure, environment, owner)
        self.effects = Effects(self.inference)
        self.uses = Uses(self.inference, self.effects)
        self.sizes = Sizes(self.inference)
        self.positions = Positions(structure.text)
        self._operations: dict[str, list[Operation]] = {}
        self.direct: dict[str, list[Operation]] = {}  # Kept by `direct_operations`.

    @cached_property
    def scans(self) -> list[Equality]:
        return Scans(self.inference, self.effects).all()

    def operations(self, kind: str) -> Sequence[Operation]:
        """The operations of one kind, in any spelling: "membership", "count", "take-front" and so on."""
        found = self._operations.get(kind)
        if found is None:
            found = self._operations[kind] = list(operations_of(kind, self))
        return found

    def type_of(self, expr: n.Expr) -> Type:
        return self.inference.type_of(expr)

    def is_list(self, expr: n.Expr) -> bool:
        """Whether a value is known to be a list by more than its use."""
        kind = self.type_of(expr)
        return kind.name == "list" and not kind.grown

    def type_of_parameter(self, parameter: n.Parameter) -> Type:
        """The type a parameter has when its function is entered."""
        function = self.structure.parent[parameter]
        if isinstance(function, n.FunctionDef):
            for binding in self.structure.scope_of[function].bindings.get(parameter.name, ()):
                if binding.node is parameter:
                    return self.inference.binding_type(binding) or UNKNOWN
        return UNKNOWN

    def source(self, node: n.Node) -> str:
        return self.structure.source(node)

    def place(self, node: n.Node) -> Place:
        return self.structure.place[node]

    def function_at(self, node: n.Node) -> ScopeInfo | None:
        """The innermost function around a node."""
        place = self.structure.place.get(node)
        scope = place.scope if place is not None else None
        while scope is not None and scope.kind != "function":
            scope = scope.parent
        return scope

    def qualified(self, function: n.FunctionDef | n.ClassDef) -> str:
        """The qualified name of a function of this segment, with the class whose member it is."""
        name = self.structure.scope_of[function].name
        return f"{self.owner}.{name}" if self.owner else name

    def function_name(self, node: n.Node) -> str:
        """The qualified name of the function around a node, with its class; "" at module level."""
        scope = self.function_at(node)
        return self.qualified(scope.node) if scope is not None and isinstance(scope.node, n.FunctionDef) else ""

    def repeats(self, container: n.Expr, place: Place) -> list[Loop]:
        """The loops in which an operation at `place` meets the same container again, innermost first.

        Loops of a constant number of rounds do not count, nor those that the operation's branch leaves at once.
        """
        found: list[Loop] = []
        loop = place.loop
        while loop is not None:
            if self.effects.rebound_in(container, loop):
                break
            if not self.is_short(loop) and not self.runs_once(place, loop):
                found.append(loop)
            loop = loop.parent
        return found

    def is_long(self, container: n.Expr) -> bool:
        """Whether a container may hold many items: its length is not fixed by the source, and nothing holds it down."""
        if self.sizes.constant(container) or is_capped(self.inference, self.effects, container):
            return False
        return not self._is_measured(container)

    def _is_measured(self, container: n.Expr) -> bool:
        """Whether this is reached only where the container was found to have a certain length."""
        match container:
            case n.Call(func=n.Attribute(value=whole, attr=("keys" | "values" | "items"))):
                return self._is_measured(whole)
        inner: n.Node = container
        for around in self.structure.ancestors(container):
            match around:
                case n.If(test=test, body=body) if inner in body and self._measures(test, container):
                    return True
                case n.BoolOp(op="and", values=values) if inner in values:
                    if any(self._measures(value, container) for value in values[: values.index(inner)]):
                        return True
            inner = around
        return False

    def _measures(self, test: n.Expr, container: n.Expr) -> bool:
        match test:
            case n.Compare(left=n.Call(args=[measured]) as length, ops=["=="], comparators=[n.Constant()]):
                return self.inference.callee(length) == "builtins.len" and self.effects.same(measured, container)
            case n.BoolOp(op="and", values=values):
                return any(self._measures(value, container) for value in values)
        return False

    def is_short(self, loop: Loop) -> bool:
        """Whether the source fixes how many rounds the loop makes, or halves what is left in each."""
        if loop.iter is not None:
            return self.sizes.loop(loop) == "1"
        if not isinstance(loop.node, n.While):
            return False
        match loop.node.test:
            case n.Compare(left=n.Call() as length, ops=[("<" | "<=")], comparators=[n.Constant(kind="int")]):
                if self.inference.callee(length) == "builtins.len":
                    return True
        return any(_halves(stmt) for stmt in loop.node.body)

    def is_repeated(self, node: n.Node) -> bool:
        """Whether a node runs many times: in a loop, or in a function that the module calls in one."""
        place = self.place(node)
        loop = place.loop
        while loop is not None:
            if not self.is_short(loop) and not self.runs_once(place, loop):
                return True
            loop = loop.parent
        function = self.function_at(node)
        if function is None or not isinstance(function.node, n.FunctionDef) or function.parent is None:
            return False
        if function.parent.kind == "function":
            return False  # What a function holds inside is called there, or is handed on.
        calls = self.environment.lookup(CALLS + self.qualified(function.node))
        return calls is not None and bool(calls.uses)

    def runs_once(self, place: Place, loop: Loop) -> bool:
        """Whether what stands at `place` runs at most once in a whole run of the loop, because it is on the way out."""
        if loop.body_block < 0:
            return False
        ends = self._ending_flags(loop)
        inner = False
        for number, index in reversed(place.path[len(self.place(loop.stmt).path) :]):
            block = self.structure.blocks[number]
            goes_on = any(isinstance(node, n.Continue) for stmt in block[index:] for node in n.descendants(stmt))
            for later in block[index:] if not goes_on else ():
                if isinstance(later, (n.Return, n.Raise)) or (isinstance(later, n.Break) and not inner):
                    return True
                match later:
                    case n.Assign(targets=[n.Name(id=flag)], value=n.Constant(value=True)) if flag in ends:
                        return True
            if number == loop.body_block:
                return False
            inner = inner or any(other.body_block == number for other in self.structure.loops)
        return False

    def _ending_flags(self, loop: Loop) -> set[str]:
        """The names that end a loop in the round in which they become true: `if done: break`, `while not done`."""
        found: set[str] = set()
        match loop.node:
            case n.While(test=n.UnaryOp(op="not", operand=n.Name(id=flag))):
                found.add(flag)
        for stmt in self.structure.blocks[loop.body_block]:
            match stmt:
                case n.If(test=n.Name(id=flag), body=[*_, n.Break() | n.Return()]):
                    found.add(flag)
        return found

    def compared(self, operation: Operation) -> list[Type]:
        """The types of what a search compares: the container's elements, and what is looked for."""
        kinds = [element_of(self.type_of(operation.container))]
        return kinds if operation.item is None else [*kinds, self.type_of(operation.item)]

    def varies(self, expr: n.Expr, loop: Loop) -> bool:
        """Whether the loop gives the expression another value from round to round."""
        return self.effects.rebound_in(expr, loop)

    def changing_loops(self, operation: Operation) -> list[Loop]:
        """The loops in which an operation changes one and the same container in place, or replaces it by the rest of
        itself, innermost first."""
        container = operation.container
        if not isinstance(container, (n.Name, n.Attribute, n.Subscript)) or isinstance(
            getattr(container, "index", None), n.Slice
        ):
            return []
        loops = self.repeats(container, operation.place)
        if loops or not isinstance(operation.node, n.Assign):
            return loops
        found: list[Loop] = []
        loop = operation.place.loop
        while loop is not None:
            for node in self.effects.inside(loop):
                if isinstance(node, type(container)) and self.effects.same(node, container):
                    binder = self._binder(node)
                    if binder is not None and binder is not operation.node:
                        return found
            if not self.is_short(loop) and not self.runs_once(operation.place, loop):
                found.append(loop)
            loop = loop.parent
        return found

    def growing_loops(self, operation: Operation) -> list[Loop]:
        """The loops in which the container of a concatenation or a merge is only replaced by itself with more,
        innermost first."""
        container = operation.container
        grows = {op.node for op in self.operations(operation.kind) if self.effects.same(op.container, container)}
        root: n.Expr = container
        while isinstance(root, (n.Attribute, n.Subscript)):
            root = root.value
        found: list[Loop] = []
        loop = operation.place.loop
        while loop is not None:
            if root is not container and self.effects.rebound_in(root, loop):
                break
            for node in self.effects.inside(loop):
                if isinstance(node, type(container)) and self.effects.same(node, container) and node is not container:
                    binder = self._binder(node)
                    if binder is not None and binder not in grows:
                        return found
            if loop.target is not None and isinstance(root, n.Name) and root.id in self.effects.names_in(loop.target):
                break
            is_another = isinstance(container, n.Subscript) and self._counts_out(loop, container.index)
            if not is_another and not self.is_short(loop) and not self.runs_once(operation.place, loop):
                found.append(loop)
            loop = loop.parent
        return found

    def _counts_out(self, loop: Loop, index: n.Expr) -> bool:
        """Whether an index is another one in each round: the loop's own number, or the key of an entry."""
        match loop.target, loop.iter:
            case (n.Name() as number, n.Call() as call) if self.inference.callee(call) == "builtins.range":
                return self.effects.same(number, index)
            case (n.Tuple(elts=[n.Name() as number, _]), n.Call() as call):
                is_items = isinstance(call.func, n.Attribute) and call.func.attr == "items"
                is_numbered = self.inference.callee(call) == "builtins.enumerate"
                return (is_items or is_numbered) and self.effects.same(number, index)
        return False

    def _binder(self, node: n.Node) -> n.Node | None:
        """The statement or expression that gives the node a value, if it stands there as a target."""
        parent = self.structure.parent.get(node)
        while isinstance(parent, (n.Tuple, n.List, n.Starred)):
            node, parent = parent, self.structure.parent.get(parent)
        if isinstance(parent, n.Assign):
            return parent if node in parent.targets else None
        if isinstance(parent, (n.AnnAssign, n.AugAssign, n.For, n.NamedExpr, n.WithItem)) and parent.target is node:
            return parent
        return None

    def stable(self, container: n.Expr, loops: Sequence[Loop]) -> Stability:
        """The least that holds of a container over several loops."""
        found = {self.effects.stable(container, loop) for loop in loops}
        return "changed" if "changed" in found else "likely" if "likely" in found else "proved"

    def cost(self, loops: Sequence[Loop], *factors: str) -> str:
        """A product of the loops' rounds, outermost first, and further factors: "len(orders) * len(users)"."""
        return product([*(self.sizes.loop(loop) for loop in reversed(loops)), *factors])

    def each_round(self, loops: Sequence[Loop]) -> str:
        """The words for how often: "in each of len(orders) rounds"."""
        rounds = self.cost(loops)
        return "in each round" if ROUNDS in rounds else f"in each of {rounds} rounds"

    def finding(
        self,
        rule: Pattern,
        node: n.Node,
        message: str,
        cost: str = "",
        better_cost: str = "",
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of a rule at a node. The costs are terms, without the O."""
        return Finding(
            rule.code,
            rule.name,
            message,
            self._shown(node),
            rule.severity,
            big_o(cost) if cost else "",
            big_o(better_cost) if better_cost else "",
            self.function_name(node),
            fix,
        )

    def _shown(self, node: n.Node) -> Span:
        """A compound statement is shown by its header's line, all else whole."""
        if isinstance(node, (n.For, n.While, n.FunctionDef)):
            body = node.body[0].start if node.body else node.end
            header = self.text[node.start : body].rstrip()
            return self.positions.span(node.start, node.start + len(header.split("#")[0].rstrip()))
        return self.positions.of(node)


def _halves(stmt: n.Stmt) -> bool:
    """`n //= 2`, `n >>= 1`, `n, digit = divmod(n, 10)`, `middle = (low + high) // 2` and the like."""
    match stmt:
        case n.AugAssign(op=("//" | ">>")):
            return True
        case n.Assign(value=n.BinOp(op=("//" | ">>"), right=n.Constant())):
            return True
        case n.Assign(targets=[n.Tuple()], value=n.Call(func=n.Name(id="divmod"))):
            return True
        case n.Assign(value=n.BinOp(op="+", right=n.BinOp(op=("//" | ">>"), right=n.Constant()))):
            return True
    return False
